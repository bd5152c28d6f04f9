"""The process that is forked for a client: it becomes what the client is, and runs the command."""

import io
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from postcheck.resident.client import is_own
from postcheck.resident.place import ACCEPTED, USED

PATIENCE = 5.0
"""Seconds that a client has for its request."""

_AT_ONCE = 65_536
"""Bytes that are taken at once, whatever size a client tells."""

_GONE = 2
"""The exit code of a process whose client is gone; nobody sees it."""


def answer(connection: socket.socket, likeness: bytes, run: Callable[[], int]) -> None:
    """Run the client's command, and tell the client its exit code.

    Only a client that is like this process is accepted. Raises `OSError` for one that is gone.
    """
    connection.settimeout(PATIENCE)
    if not is_own(connection) or _received(connection, _size(_received(connection, 8))) != likeness:
        return
    connection.sendall(ACCEPTED)
    size, descriptors, _, _ = socket.recv_fds(connection, 8, 4)
    request = json.loads(_received(connection, _size(size)))
    connection.settimeout(None)
    _become(request, descriptors, connection)
    threading.Thread(target=_end_with, args=[connection], daemon=True).start()
    connection.sendall(bytes([run()]))


def _size(sent: bytes) -> int:
    return int.from_bytes(sent, "big")


def _received(connection: socket.socket, size: int) -> bytes:
    """So many bytes, or those that came before the end."""
    received = bytearray()
    while len(received) < size and (part := connection.recv(min(size - len(received), _AT_ONCE))):
        received += part
    return bytes(received)


def _become(request: dict[str, Any], descriptors: Sequence[int], connection: socket.socket) -> None:
    """Take on the client's streams, folder, arguments and environment."""
    os.setsid()  # the client's terminal is read and written as a file is: no other terminal stops or ends this process
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_DFL)
    *streams, folder = descriptors
    for standard, stream in enumerate(streams):
        os.dup2(stream, standard)
    os.fchdir(folder)
    for descriptor in descriptors:
        os.close(descriptor)
    os.umask(request["umask"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.argv = request["arguments"]
    use = _Use(connection)
    sys.stdin, sys.stdout, sys.stderr = (
        _text(_Stream(standard, use), *how) for standard, how in enumerate(request["streams"])
    )


class _Use:
    """Tells the client once that its streams are used, before they are."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._told = False

    def tell(self) -> None:
        if not self._told:
            self._told = True
            self._connection.sendall(USED)


class _Stream(io.FileIO):
    """A standard stream of the client."""

    def __init__(self, standard: int, use: _Use) -> None:
        super().__init__(standard, "wb" if standard else "rb", closefd=False)
        self._use = use

    def readinto(self, buffer: Any) -> int:
        self._use.tell()
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._use.tell()
        return super().readall()

    def write(self, content: Any) -> int:
        self._use.tell()
        return super().write(content)


def _text(stream: _Stream, encoding: str, errors: str, line_buffering: bool, write_through: bool) -> io.TextIOWrapper:
    """The stream as Python makes it when it starts."""
    buffered = io.BufferedWriter(stream) if stream.writable() else io.BufferedReader(stream)
    newline = "\n" if stream.writable() else None
    return io.TextIOWrapper(buffered, encoding, errors, newline, line_buffering, write_through)


def _end_with(connection: socket.socket) -> None:
    """End at once when the client does."""
    try:
        connection.recv(1)
    finally:
        os._exit(_GONE)
