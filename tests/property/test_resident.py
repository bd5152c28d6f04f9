"""What holds of a resident, whatever a client tells it."""

import json
import os
import signal
import socket
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.resident.answering import answer
from postcheck.resident.place import ACCEPTED
from tests.property.mutation import mutated

LIKENESS = b"the same code, the same user"
REQUEST = json.dumps({"arguments": ["postcheck"], "environment": {"A": "b"}, "umask": 18, "streams": []}).encode()


def sized(message: bytes) -> bytes:
    return len(message).to_bytes(8, "big") + message


SAID = (sized(LIKENESS) + sized(REQUEST), sized(LIKENESS), sized(b"another"), sized(REQUEST))
PIECES = st.sampled_from([b"\xff", b"\x7f" + b"\xff" * 7, b"\0" * 8, b"{}", b"null", b"[]", b"\xff" * 8]) | st.binary()


@settings(deadline=None, max_examples=60)
@given(mutated(SAID, PIECES))
def test_what_isnt_a_request_runs_nothing(said: bytes) -> None:
    """No standard streams come with it, so that it's none; the process that was forked for it ends by itself."""
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        signal.alarm(10)
        ours.close()
        try:
            answer(theirs, LIKENESS, lambda: os._exit(99))
        finally:
            os._exit(0)
    theirs.close()
    with ours:
        ours.sendall(said)
        ours.shutdown(socket.SHUT_WR)
        _, status = os.waitpid(process, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        with suppress(ConnectionResetError):  # it ended before it had read all
            assert ours.recv(16) == (ACCEPTED if said.startswith(SAID[1]) else b"")
