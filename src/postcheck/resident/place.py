"""Where a resident listens, whom its clients trust there, and when its answer is theirs.

Every check begins here, so it imports next to nothing: pathlib would take longer than all the rest.
"""

import os
import stat

from postcheck.installation import installation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE = "POSTCHECK_SOCKET"
"""The environment variable that names the socket. Empty, it says that there is to be none."""

ACCEPTED = b"+"
USED = b"\xff"
"""What a client is told before its exit code, each one byte."""


def possible() -> bool:
    """Whether this system has what a resident needs."""
    return hasattr(os, "fork")


def socket_path() -> str | None:
    """The socket of this user's resident, be it there or not; `None` if there is to be none, or no place for it."""
    asked = os.environ.get(VARIABLE)
    if asked is not None:
        return os.path.abspath(asked) if asked else None
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return os.path.join(runtime, "postcheck.sock")
    from postcheck.cachefolder import cache_folder

    try:
        return str(cache_folder() / "resident" / "postcheck.sock")
    except RuntimeError:  # there is no home
        return None


def trusted(path: str) -> bool:
    """Whether it's a socket of this user that nobody else can reach or replace."""
    try:
        return private(os.path.dirname(path), stat.S_ISDIR) and private(path, stat.S_ISSOCK)
    except OSError:
        return False


def private(path: str, kind: "Callable[[int], bool]") -> bool:
    """Whether it's of that kind, this user's and closed to all others. Raises `OSError` if it isn't there."""
    state = os.lstat(path)
    return kind(state.st_mode) and state.st_uid == os.geteuid() and not state.st_mode & 0o077


def likeness() -> bytes:
    """What must be the same in two processes so that they check alike: the code, who runs it, what they see.

    The installation; the user with the groups; the root and the mounts of the file system.
    """
    root = os.stat("/")
    user = (os.geteuid(), os.getegid(), sorted(os.getgroups()))
    seen = (root.st_dev, root.st_ino, _mounts())
    return repr((installation(), user, seen)).encode("utf-8", "surrogateescape")


def _mounts() -> str:
    try:
        return os.readlink("/proc/self/ns/mnt")
    except OSError:  # a system that has but one
        return ""
