"""How long something may take."""

import re
import signal
import time

import pytest

from postcheck.timelimit import time_limit

SLOW = re.compile(r"(?:a|a)*b")


def test_a_search_that_takes_too_long_ends() -> None:
    with pytest.raises(TimeoutError), time_limit(0.1):
        SLOW.search("a" * 1000)


def test_what_is_done_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(60):
        assert SLOW.search("aab")
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_limit_within_another_leaves_that_one_its_time() -> None:
    def waits() -> None:
        with time_limit(60):
            pass
        time.sleep(60)

    with pytest.raises(TimeoutError), time_limit(0.2):
        waits()
