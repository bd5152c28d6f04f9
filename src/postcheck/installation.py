"""What tells one state of an installation of postcheck from another, in a checkout too.

Every check begins here, so it imports next to nothing: pathlib would take longer than all the rest.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_NO_CODE = {"__pycache__", "rules"}
"""Folders in the package that tell nothing of the code; whether rules are still the same is seen for each check."""


def installation() -> tuple[object, ...]:
    """The Python, the libraries by name and version, and postcheck's own files by name, time and size."""
    python = (sys.version, sys.prefix, sys.getfilesystemencoding(), os.environ.get("PYTHONPATH"))
    libraries = [name for folder in sys.path if folder.endswith("-packages") for name in _distributions(folder)]
    return python, libraries, [*_files(_PACKAGE)]


def _files(folder: str) -> "Iterator[tuple[str, int, int]]":
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir():
                if entry.name not in _NO_CODE:
                    yield from _files(entry.path)
            else:
                state = entry.stat()
                yield entry.path, state.st_mtime_ns, state.st_size


def _distributions(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))
    except OSError:
        return []
