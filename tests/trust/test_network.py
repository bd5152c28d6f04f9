"""postcheck needs no network and asks for none: a part of what docs/trust.md tries at length."""

import pytest

from trust.leaks import INNERMOST, STRACE, Run
from trust.network import apart, can_isolate, families

CHECK = [
    Run("check", ("check", "post.txt", "post.html", "--jobs", "2")),
    Run("redact", ("redact", "post.txt")),
]

traced = pytest.mark.skipif(STRACE is None, reason="strace isn't there to watch the system calls")


@pytest.mark.skipif(not can_isolate(), reason="this machine makes no network namespaces")
def test_a_run_says_the_same_without_a_network() -> None:
    ends = [*apart(CHECK)]
    assert [before.code for before, _ in ends] == [1, 0]
    assert [after.printed for _, after in ends] == [before.printed for before, _ in ends]


@traced
def test_no_run_has_a_socket_but_to_a_resident_on_the_machine() -> None:
    assert {*families(CHECK)} <= {"AF_UNIX"}


@traced
def test_a_socket_for_a_network_is_seen() -> None:
    calling = Run("check", ("check", "post.txt", "--no-model"), (1,), INNERMOST, "connect")
    assert "AF_INET" in families([calling])
