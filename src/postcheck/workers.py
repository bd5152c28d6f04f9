"""Work spread over processes that share what is loaded: they are forked when everything is."""

import gc
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

from postcheck.errors import PostcheckError, Problem

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

Spread: TypeAlias = Callable[[Iterable[_Task]], Iterator[_Answer]]
"""Does tasks, and gives the answers in their order."""

_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG (https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html)."""

_shared: list[Callable[[Any], Any]] = []
"""What a forked process works with: it can't be handed over, since it holds the models."""


@contextmanager
def workers(answer: Callable[[_Task], _Answer], jobs: int) -> Iterator[Spread[_Task, _Answer]]:
    """So many processes that do tasks as `answer` does. They are forked for the first task, and share what is loaded.

    A process that dies makes a `PostcheckError` of the whole. Raises it, too, where processes can't
    be forked.
    """
    import multiprocessing  # most runs need none of this
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    if "fork" not in multiprocessing.get_all_start_methods():
        raise PostcheckError(Problem("this system can't share the loaded models", hint="leave --jobs out"))
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _ends_with_its_parent)

    def spread(tasks: Iterable[_Task]) -> Iterator[_Answer]:
        gc.freeze()  # what is shared isn't touched, and so isn't copied
        try:
            yield from pool.map(_answer, tasks)
        except BrokenExecutor:
            raise PostcheckError(
                Problem("a process that was checking drafts died", hint="check again, perhaps with fewer --jobs")
            ) from None

    _shared.append(answer)
    try:
        yield spread
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()
        _shared.pop()


def _ends_with_its_parent() -> None:
    """Leave it to the parent to end this process, and end with it, if it's killed; only Linux can promise that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)


def _answer(task: Any) -> Any:
    return _shared[-1](task)
