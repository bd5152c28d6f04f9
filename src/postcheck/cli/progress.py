"""A progress bar on standard error, for those who wait."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PATIENCE = 2.0
"""Seconds before the bar appears."""


class Progress:
    """Call it with the number of drafts that are done. It shows nothing but at a terminal, after a while."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._begun = time.monotonic()
        self._bar: ProgressBar[int] | None = None
        self._interactive = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int) -> None:
        if self._bar is None and self._interactive and time.monotonic() - self._begun > PATIENCE:
            import click

            self._bar = click.progressbar(length=self._total, label="Checking", file=sys.stderr)
            self._bar.render_progress()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.render_finish()
