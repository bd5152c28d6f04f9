"""When something is written in some places, as the system tells it. It knows nothing of drafts or rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from postcheck.errors import PostcheckError, Problem

_QUIET = 100
"""Milliseconds in which nothing more is written, so that what was is whole."""


@dataclass(frozen=True, slots=True)
class Places:
    """Files, be they there or not, and folders of which every file counts, but none in the folders below them.

    All are real paths.
    """

    files: frozenset[Path]
    folders: frozenset[Path]


def stirrings(places: Callable[[], Places]) -> Iterator[None]:
    """Yield at first, and again whenever something may have changed in the places since the last time.

    Who looks at them each time misses nothing: watching has begun before. The places are asked for
    anew each time. Raises `PostcheckError` where they can't be watched, `KeyboardInterrupt` at signals.
    """
    while True:
        watched = places()
        there = _there(watched)
        changes = _changes(watched, there)
        try:
            next(changes)
            yield
            now = places()
            if (now, _there(now)) == (watched, there):
                next(each for each in changes if each)
        except FileNotFoundError:  # a folder has gone meanwhile
            continue
        except (OSError, RuntimeError):
            hint = "there may be too many folders for this system: name fewer"
            raise PostcheckError(Problem("the files can't be watched", hint=hint)) from None


def _there(watched: Places) -> frozenset[Path]:
    """The folders that have to be watched, and are there."""
    folders = watched.folders | {file.parent for file in watched.files}
    return frozenset(folder for folder in folders if folder.is_dir())


def _changes(watched: Places, folders: Iterable[Path]) -> Iterator[set[watchfiles.main.FileChange]]:
    """Sets of changes, one about each tenth of a second; most are empty, the first tells that watching has begun."""

    def counts(change: watchfiles.Change, path: str) -> bool:
        return Path(path) in watched.files or Path(path).parent in watched.folders

    return watchfiles.watch(
        *sorted(folders),
        recursive=False,
        watch_filter=counts,
        step=_QUIET,
        rust_timeout=_QUIET,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
