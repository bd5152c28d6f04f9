"""The reporters: a table from a format's name to the function that writes it."""

from collections.abc import Mapping
from typing import TextIO

from postcheck.finding import Report
from postcheck.reporters.concise import concise
from postcheck.reporters.github import github
from postcheck.reporters.gitlab import gitlab
from postcheck.reporters.json import report_json
from postcheck.reporters.jsonl import jsonl
from postcheck.reporters.junit import junit
from postcheck.reporters.markdown import markdown
from postcheck.reporters.presentation import Presentation as Presentation
from postcheck.reporters.presentation import Reporter as Reporter
from postcheck.reporters.rdjson import rdjson
from postcheck.reporters.sarif import sarif
from postcheck.reporters.statistics import statistics


def _terminal(report: Report, out: TextIO, how: Presentation) -> None:
    from postcheck.reporters.terminal import terminal  # Rich is slow to load, and only this reporter needs it

    terminal(report, out, how)


def _html(report: Report, out: TextIO, how: Presentation) -> None:
    from postcheck.reporters.html import html  # so is Jinja

    html(report, out, how)


REPORTERS: Mapping[str, Reporter] = {
    "terminal": _terminal,
    "concise": concise,
    "json": report_json,
    "jsonl": jsonl,
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "rdjson": rdjson,
    "markdown": markdown,
    "html": _html,
    "statistics": statistics,
}
