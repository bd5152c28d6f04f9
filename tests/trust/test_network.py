"""postcheck needs no network and asks for none: a part of what docs/trust.md tries at length."""

import pytest

from trust.leaks import STRACE, Run
from trust.network import apart, can_isolate, sockets

CHECK = [
    Run("check", ("check", "post.txt", "post.html", "--jobs", "2")),
    Run("redact", ("redact", "post.txt")),
]


@pytest.mark.skipif(not can_isolate(), reason="this machine makes no network namespaces")
def test_a_run_ends_the_same_without_a_network() -> None:
    assert [(before, after) for _, before, after in apart(CHECK)] == [(1, 1), (0, 0)]


@pytest.mark.skipif(STRACE is None, reason="strace isn't there to watch the system calls")
def test_no_run_opens_a_socket_but_to_a_resident_on_the_machine() -> None:
    assert {*sockets(CHECK)} <= {"AF_UNIX"}
