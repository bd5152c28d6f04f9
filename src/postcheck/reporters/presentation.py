"""What a reporter is, and what it is told about its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO, TypeAlias

from postcheck.finding import Report, Severity


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a report is to be rendered. It never changes what was found.

    Draft text may be printed only where `show_text`. `fail_on` is the mildest severity that
    fails the check (`None`: none does). `quiet` asks for only what must be known. `width` is in
    terminal cells (`None`: as wide as the terminal). `color` allows terminal styles.
    """

    show_text: bool
    fail_on: Severity | None
    quiet: bool
    width: int | None
    color: bool


Reporter: TypeAlias = Callable[[Report, TextIO, Presentation], None]
"""Writes a report. It renders; it neither filters nor judges."""
