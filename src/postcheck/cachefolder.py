"""Where postcheck keeps what it can do without: the user's own cache."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """The folder, be it there or not."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "postcheck"
