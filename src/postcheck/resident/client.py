"""A check that asks a resident before it loads anything itself."""

import os
import sys

from postcheck.resident.place import ACCEPTED, USED, likeness, possible, socket_path, trusted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket

PATIENCE = 1.0
"""Seconds that a resident has to accept. Who waits in vain has lost no more than that."""


def answered() -> int | None:
    """The exit code of this command, if a resident has run it; `None` if it's to be run here, as if nobody was asked.

    It's run here, too, when the resident ends in the middle, unless it has read or written a
    standard stream by then: that can't be undone, so the check counts as not made.
    """
    path = socket_path() if possible() else None
    if path is None or not trusted(path) or not _can_be_lent():
        return None
    import socket

    used = False
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(path)
            if not is_own(connection) or not _accepted(connection):
                return None
            _lend(connection)
            connection.settimeout(None)
            while said := connection.recv(1):
                if said != USED:
                    return said[0]
                used = True
    except OSError:
        pass
    except KeyboardInterrupt:
        sys.stderr.write("\npostcheck: stopped; the check was not made whole.\n")
        return 2
    if not used:
        return None
    sys.stderr.write(
        "postcheck: the resident postcheck ended in the middle: the check was not made whole. Try again.\n"
    )
    return 2


def is_running() -> bool:
    """Whether a resident of this user listens."""
    path = socket_path() if possible() else None
    if path is None or not trusted(path):
        return False
    import socket

    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(path)
            return is_own(connection)
    except OSError:
        return False


def is_own(connection: "socket.socket") -> bool:
    """Whether the same user is at the other end. Where the system doesn't tell, the socket's folder vouches for it."""
    import socket
    import struct

    if not hasattr(socket, "SO_PEERCRED"):
        return True
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", peer)
    return bool(user == os.geteuid())


def _can_be_lent() -> bool:
    """Whether the standard streams are all that the command needs of this process.

    An argument such as /dev/fd/63 means another stream of it.
    """
    own = any(part in argument for argument in sys.argv for part in ("/dev/", "/proc/"))
    return not own and None not in (sys.stdin, sys.stdout, sys.stderr)


def _accepted(connection: "socket.socket") -> bool:
    said = likeness()
    connection.sendall(len(said).to_bytes(8, "big") + said)
    return connection.recv(1) == ACCEPTED


def _lend(connection: "socket.socket") -> None:
    """Hand over all that makes this process what it is."""
    import json
    import socket

    umask = os.umask(0o077)
    os.umask(umask)
    request = {
        "arguments": sys.argv,
        "environment": dict(os.environ),
        "umask": umask,
        "streams": [
            [each.encoding, each.errors, each.line_buffering, getattr(each, "write_through", False)]
            for each in (sys.stdin, sys.stdout, sys.stderr)
        ],
    }
    message = json.dumps(request).encode("ascii")
    folder = os.open(".", os.O_RDONLY)
    try:
        socket.send_fds(connection, [len(message).to_bytes(8, "big")], [0, 1, 2, folder])
    finally:
        os.close(folder)
    connection.sendall(message)
