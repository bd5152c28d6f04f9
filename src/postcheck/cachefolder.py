"""Where postcheck keeps what it can do without: the user's own cache."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

_Made = TypeVar("_Made")


class Keep(Protocol):
    """Gives what was made before under a name, or makes it."""

    def __call__(self, name: str, make: Callable[[], _Made]) -> _Made: ...


def keep_nothing(name: str, make: Callable[[], _Made]) -> _Made:
    """Make it anew each time."""
    return make()


def cache_folder() -> Path:
    """The folder, be it there or not."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "postcheck"


def make_private(folder: Path) -> None:
    """Make a folder and those that it is in, where they aren't there: nobody else can enter them. Raises `OSError`."""
    for each in reversed((folder, *folder.parents)):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)
