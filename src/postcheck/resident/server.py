"""The process that stays: it listens, and forks a process for each client."""

import fcntl
import gc
import os
import select
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from postcheck.cachefolder import make_private
from postcheck.errors import PostcheckError, Problem
from postcheck.resident.answering import answer
from postcheck.resident.place import likeness, private

MOST = 16
"""How many clients are answered at a time. Others wait, and check by themselves if it takes too long."""

_WHOLE = {0, 1}
"""The exit codes of checks that were made whole: what another wished for may not be there to be loaded."""

_PATIENCE = 10.0
"""Seconds that a resident has to end."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done for clients.

    `run` runs the command line; its exit code. `wish` tells in that same process what had better
    been loaded before, and holds no draft; `fulfill` loads it in the process that stays.
    """

    run: Callable[[], int]
    wish: Callable[[], bytes]
    fulfill: Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Reservation:
    """The sole right to listen at a path: a lock, which is held as long as the process lives."""

    path: Path
    lock: int


def reserve(path: Path) -> Reservation:
    """Take the right to listen at a path.

    Raises `PostcheckError` if another process has it, or if others could reach what lies there.
    """
    folder = path.parent
    try:
        make_private(folder)
        if not private(str(folder), stat.S_ISDIR):
            hint = f"chmod 700 {folder}, or choose another folder"
            raise PostcheckError(Problem("isn't a folder that only you can enter", str(folder), hint=hint))
        if path.exists() and not path.is_socket():
            raise PostcheckError(Problem("is there already, and is no socket", str(path)))
        lock = os.open(_lock(path), os.O_RDWR | os.O_CREAT, 0o600)
        if not _locked(lock):
            message = f"a resident postcheck is running already, as process {_holder(lock)}"
            raise PostcheckError(Problem(message, str(path), hint="postcheck serve --stop ends it"))
        _sign(lock, os.getpid())
    except OSError as error:
        raise PostcheckError(Problem(f"no socket can be made here: {error.strerror}", str(path))) from None
    return Reservation(path, lock)


def into_background(reservation: Reservation) -> bool:
    """Go on in a process without a terminal, which has the reservation. Whether this is that process."""
    process = os.fork()
    if process:
        _sign(reservation.lock, process)
        return False
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    return True


def serve(
    reservation: Reservation, own: bytes, idle: float | None, work: Work, announce: Callable[[], None] = lambda: None
) -> None:
    """Answer clients that are like this process, `own`, until none has come for `idle` seconds.

    It ends, too, when a client comes after the code has changed, and by the signals that end
    processes. Answers that were begun are then brought to their end. There must be no other thread.
    `announce` is called when clients may come. Raises `PostcheckError` if there can be no socket.
    """
    for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(ending, _end)
    answering: dict[int, int] = {}
    with suppress(SystemExit), _listening(reservation.path) as listener:
        announce()
        _settle()
        while own == likeness():
            wanted = [listener.fileno()] if len(answering) < MOST else []
            ready, _, _ = select.select([*wanted, *answering], [], [], None if answering else idle)
            if not ready:
                break
            for each in ready:
                if each in answering:
                    _finish(each, answering.pop(each), work)
                else:
                    answering.update(_begin(reservation, listener, own, work))


@contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    """A socket that nobody else can use. It's there when it listens, not before; what was left there is replaced."""
    new = path.with_name(f"{path.name}.new")
    with socket.socket(socket.AF_UNIX) as listener:
        umask = os.umask(0o177)
        try:
            new.unlink(missing_ok=True)
            listener.bind(str(new))
            listener.listen(MOST)
            new.replace(path)
        except OSError as error:
            raise PostcheckError(Problem(f"no socket can be made here: {error.strerror or error}", str(path))) from None
        finally:
            os.umask(umask)
        try:
            yield listener
        finally:
            path.unlink(missing_ok=True)


def _end(number: int, frame: object) -> None:
    raise SystemExit


def _begin(reservation: Reservation, listener: socket.socket, own: bytes, work: Work) -> dict[int, int]:
    """Fork a process for a client: its number, by the pipe that ends with it and may bring a wish."""
    try:
        connection, _ = listener.accept()
    except OSError:  # the client is gone again
        return {}
    with connection:
        wishes, wish = os.pipe()
        try:
            process = os.fork()
        except OSError:  # too many processes: the client is alone
            os.close(wishes)
            os.close(wish)
            return {}
        if process == 0:
            try:
                listener.close()
                os.close(reservation.lock)
                answer(connection, own, lambda: _run(work, wish))
            finally:
                os._exit(0)
        os.close(wish)
        return {wishes: process}


def _run(work: Work, wish: int) -> int:
    code = work.run()
    if code in _WHOLE:
        os.write(wish, work.wish())
    return code


def _finish(wishes: int, process: int, work: Work) -> None:
    with open(wishes, "rb") as pipe:
        wish = pipe.read()
    os.waitpid(process, 0)
    if wish:
        work.fulfill(wish)
        _settle()


def _settle() -> None:
    """Keep the collection of garbage off all that is loaded, so that the processes to come share it."""
    gc.collect()
    gc.freeze()


def stop(path: Path) -> None:
    """End the resident that listens at a path. Raises `PostcheckError` if there is none, or if it stays."""
    try:
        lock = os.open(_lock(path), os.O_RDWR)
    except OSError:
        lock = None
    if lock is None or _locked(lock):
        raise PostcheckError(Problem("no resident postcheck is running", str(path)))
    with suppress(ProcessLookupError):
        os.kill(_holder(lock), signal.SIGTERM)
    until = monotonic() + _PATIENCE
    while not _locked(lock):
        if monotonic() > until:
            raise PostcheckError(Problem(f"the resident postcheck doesn't end: process {_holder(lock)}", str(path)))
        sleep(0.02)


def _lock(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(lock: int, process: int) -> None:
    """Write whose lock it is."""
    os.pwrite(lock, f"{process:<20}".encode("ascii"), 0)


def _holder(lock: int) -> int:
    return int(os.pread(lock, 20, 0) or 0)
