"""Which files are drafts: those that are named, and those in folders that git wouldn't ignore."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postcheck.errors import PostcheckError, Problem
from postcheck.readers import READERS

if TYPE_CHECKING:
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_FOLDERS_BELOW = re.compile(r"/\*\*/$")
"""The end of `a/**/`: git takes it for the folders below `a`, pathspec for `a` too."""


@dataclass(frozen=True, slots=True)
class _Ignores:
    """The patterns of a `.gitignore` file, and the folder it holds for."""

    folder: Path
    patterns: "tuple[GitIgnoreSpecPattern, ...]"


def discover(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to check, sorted, each once.

    A file that is named is taken, whatever it is. In a folder, and the folders below it, files
    with a known suffix are taken, unless a `.gitignore` in that folder, below it, or above it up
    to the root of the git repository excludes them. A named folder that git ignores was named
    on purpose: nothing above it counts. Hidden folders and linked folders are passed over.
    Raises `PostcheckError` where a path doesn't exist or a folder can't be read.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            path.stat()
            for file in _drafts(path) if path.is_dir() else [path]:
                found.setdefault(file.resolve(), file)
        except (FileNotFoundError, NotADirectoryError):
            problems.append(Problem("doesn't exist", str(path), hint="check the spelling and the folder you are in"))
        except OSError as error:
            problems.append(Problem(f"can't be read: {error.strerror}", error.filename or str(path)))
    if problems:
        raise PostcheckError(*problems)
    return tuple(sorted(found.values()))


def searched(paths: Sequence[Path]) -> Iterator[Path]:
    """The folders in which `discover` looks for drafts, as far as they can be read."""
    for path in paths:
        with suppress(OSError):
            yield from (folder for folder, _ in _folders(path)) if path.is_dir() else ()


def _drafts(top: Path) -> Iterator[Path]:
    """The drafts in a folder."""
    for _, drafts in _folders(top):
        yield from drafts


def _folders(top: Path) -> Iterator[tuple[Path, list[Path]]]:
    """A folder and those below, with their drafts. `top` is kept as it was spelled; ignoring goes by real places."""
    real_top = top.resolve()
    waiting = [(top, real_top, _outer(real_top))]
    while waiting:
        folder, real, ignores = waiting.pop()
        drafts: list[Path] = []
        with os.scandir(folder) as entries:
            ignores = (*ignores, *_own(real))
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and entry.name.startswith("."):
                    continue
                wanted = is_folder or (_is_draft(entry.name) and entry.is_file())
                if not wanted or _ignored(real / entry.name, is_folder, ignores):
                    continue
                if is_folder:
                    waiting.append((folder / entry.name, real / entry.name, ignores))
                else:
                    drafts.append(folder / entry.name)
        yield folder, drafts


def _is_draft(name: str) -> bool:
    """Whether a file holds drafts by its name. `~$posts.xlsx` says who has `posts.xlsx` open."""
    return Path(name).suffix.lower() in READERS and not name.startswith("~$")


def _outer(folder: Path) -> tuple[_Ignores, ...]:
    """The `.gitignore` files above a folder, from the root of its repository down."""
    above = [folder, *folder.parents]
    root = next((index for index, each in enumerate(above) if (each / ".git").exists()), 0)
    ignores: tuple[_Ignores, ...] = ()
    for index in range(root, 0, -1):
        ignores = (*ignores, *_own(above[index]))
        if _ignored(above[index - 1], True, ignores):
            return ()
    return ignores


def _own(folder: Path) -> Iterator[_Ignores]:
    """The `.gitignore` of a folder, if it has one. Patterns that git can't use match nothing there either."""
    file = folder / ".gitignore"
    if not file.is_file():
        return
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    patterns = []
    for line in file.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n"):
        try:
            patterns.append(GitIgnoreSpecPattern(_FOLDERS_BELOW.sub("/**/*/", line.removesuffix("\r"))))
        except (ValueError, re.error):
            continue
    yield _Ignores(folder, tuple(patterns))


def _ignored(path: Path, is_folder: bool, ignores: Sequence[_Ignores]) -> bool:
    """Whether the last pattern, of the nearest file, that matches a path excludes it."""
    for each in reversed(ignores):
        name = path.relative_to(each.folder).as_posix()
        for pattern in reversed(each.patterns):
            if pattern.regex and _matches(pattern.regex, name, is_folder):
                return bool(pattern.include)
    return False


def _matches(pattern: re.Pattern[str], name: str, is_folder: bool) -> bool:
    """Whether a pattern matches a path itself.

    In pathspec's expressions a group holds the slash after a folder's name, so that they match
    all that is in the folder too. Here the folders above a path have had their say already.
    """
    itself = pattern.search(name)
    if itself and itself.lastgroup is None:
        return True
    return is_folder and any(m.lastgroup and m.end() > len(name) for m in pattern.finditer(f"{name}/"))
