"""Work that is spread over processes comes back whole and in order, or not at all."""

import os
import signal
from collections.abc import Sequence

import pytest

from postcheck.errors import PostcheckError
from postcheck.workers import workers


def test_answers_come_in_the_order_of_the_tasks_from_other_processes() -> None:
    loaded = {"factor": 3}

    def answer(task: Sequence[int]) -> tuple[int, list[int]]:
        return os.getpid(), [loaded["factor"] * each for each in task]

    with workers(answer, 2) as spread:
        found = [*spread([[number, number + 1] for number in range(0, 40, 2)])]
    assert [each for _, numbers in found for each in numbers] == [3 * number for number in range(40)]
    assert os.getpid() not in {process for process, _ in found}


def test_a_process_that_dies_makes_an_error_of_the_whole() -> None:
    def answer(task: int) -> int:
        if task == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    with workers(answer, 2) as spread, pytest.raises(PostcheckError, match="a process that was checking drafts died"):
        list(spread(range(20)))


def test_an_error_in_a_process_is_raised_here() -> None:
    def answer(task: int) -> int:
        raise PostcheckError

    with workers(answer, 1) as spread, pytest.raises(PostcheckError):
        list(spread([1]))
