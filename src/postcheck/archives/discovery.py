"""Which files are an archive."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from postcheck.archives import FORMATS
from postcheck.errors import Problem

_HIDDEN = (".", "_")
"""How the names of files begin that belong to a dataset but hold no posts, as `_SUCCESS` does."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of an archive, each once; the others that lie in its folders; and what can't be read."""

    files: tuple[Path, ...]
    others: tuple[Path, ...]
    problems: tuple[Problem, ...]


def archive(paths: Sequence[Path]) -> Archive:
    """The archive at some paths, in their order, the files in a folder sorted.

    Unlike drafts, an archive may be ignored by git: nothing but hidden files is passed over in silence.
    """
    files: dict[Path, Path] = {}
    others: list[Path] = []
    problems: list[Problem] = []
    known = ", ".join(FORMATS)
    for path in paths:
        found = 0
        try:
            path.stat()
            if not path.is_dir() and not _is_known(path):
                problems.append(Problem("is no archive", str(path), hint=f"archives end in {known}"))
                continue
            for file in _within(path) if path.is_dir() else [path]:
                if _is_known(file) and file.is_file():
                    files.setdefault(file.resolve(), file)
                    found += 1
                else:
                    others.append(file)
        except OSError as error:
            problems.append(Problem(f"can't be read: {error.strerror}", error.filename or str(path)))
            continue
        if not found:
            problems.append(Problem("holds no archive", str(path), hint=f"archives end in {known}"))
    return Archive(tuple(files.values()), tuple(others), tuple(problems))


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in FORMATS


def _within(top: Path) -> Iterator[Path]:
    """What a folder and those below it hold, sorted; of a linked folder only the link."""

    def refuse(error: OSError) -> None:
        raise error

    found: list[Path] = []
    for folder, folders, names in os.walk(top, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        found += [Path(folder) / name for name in (*names, *linked) if not name.startswith(_HIDDEN)]
    yield from sorted(found)
