"""What `requirements.lock` says: the releases for development, each with the hashes of its files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"

_RELEASE = re.compile(r"([a-z0-9-]+)==([^\s;]+)(?: ; ([^\\]+?))? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")
_NOTES = re.compile(r"(?: *#.*\n)*")
_FOR = "postcheck (pyproject.toml"


@dataclass(frozen=True, slots=True)
class Release:
    """A release by its normalized name. `asked` tells whether pyproject.toml names the package itself."""

    name: str
    version: str
    marker: str | None
    sha256: tuple[str, ...]
    asked: bool


def releases(lock: str) -> Iterator[Release]:
    """The releases of a lock file. Raises `ValueError` for anything in it but releases with hashes, and comments."""
    at = _end(_NOTES, lock, 0)
    while at < len(lock):
        read = _RELEASE.match(lock, at)
        if read is None:
            raise ValueError(f"no release with its hashes: {lock[at : at + 80]!r}")
        at = _end(_NOTES, lock, read.end())
        sums = tuple(re.findall("[0-9a-f]{64}", read[4]))
        yield Release(read[1], read[2], read[3], sums, _FOR in lock[read.end() : at])


def _end(expression: re.Pattern[str], text: str, at: int) -> int:
    read = expression.match(text, at)
    return read.end() if read else at
