"""Whether files of a model are those that postcheck was tested with."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def differing(folder: Path, recorded: Mapping[str, Any]) -> str | None:
    """The first file of `recorded["sha256"]` that is missing in `folder` or has another sum, if any."""
    for name, expected in recorded["sha256"].items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            return str(name)
    return None
