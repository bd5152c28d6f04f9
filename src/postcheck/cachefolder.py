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
