"""The reporters: a table from a format's name to the function that writes it."""

from collections.abc import Mapping
from typing import TextIO

from postcheck.finding import Report
from postcheck.reporters.concise import concise
from postcheck.reporters.json import report_json
from postcheck.reporters.presentation import Presentation as Presentation
from postcheck.reporters.presentation import Reporter as Reporter
from postcheck.reporters.statistics import statistics


def _terminal(report: Report, out: TextIO, how: Presentation) -> None:
    from postcheck.reporters.terminal import terminal  # Rich is slow to load, and only this reporter needs it

    terminal(report, out, how)


REPORTERS: Mapping[str, Reporter] = {
    "terminal": _terminal,
    "concise": concise,
    "json": report_json,
    "statistics": statistics,
}
