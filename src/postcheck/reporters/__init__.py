"""The reporters: a table from a format's name to what writes it. Each is a function in the module of its name."""

from collections.abc import Mapping
from importlib import import_module
from typing import TextIO

from postcheck.finding import Report
from postcheck.reporters.presentation import Presentation as Presentation
from postcheck.reporters.presentation import Reporter as Reporter

FORMATS = (
    "terminal",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "rdjson",
    "markdown",
    "html",
    "statistics",
)


def _of(name: str) -> Reporter:
    """A reporter whose module is loaded when it first writes, since a run needs one of many."""

    def reporter(report: Report, out: TextIO, how: Presentation) -> None:
        write: Reporter = getattr(import_module(f"{__name__}.{name}"), name)
        write(report, out, how)

    return reporter


REPORTERS: Mapping[str, Reporter] = {name: _of(name) for name in FORMATS}
