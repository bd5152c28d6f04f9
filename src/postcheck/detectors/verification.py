"""The files of models, if they are those that postcheck was tested with."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from postcheck.errors import PostcheckError, Problem

RECORDS = Path(__file__).parent / "data"
"""Where the SHA-256 sums of each model's files are recorded."""


def verified(folder: Path, record: Path, message: str, way_out: str) -> Mapping[str, bytes]:
    """The contents of the files in `folder` that `record` gives sums of, by their names.

    Each is read once, so that what is used is what was verified. Raises `PostcheckError` with
    `message`, which names the first file that is missing or altered.
    """
    contents: dict[str, bytes] = {}
    name = record.name
    try:
        for name, expected in json.loads(record.read_bytes())["sha256"].items():
            contents[name] = _read(folder / name, expected)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise PostcheckError(Problem(message, name, hint=way_out)) from None
    return contents


def _read(path: Path, expected: str) -> bytes:
    """The content of a file. Raises `ValueError` if it has another sum, `OSError` if it can't be read."""
    content = path.read_bytes()
    if sha256(content).hexdigest() != expected:
        raise ValueError(expected)
    return content
