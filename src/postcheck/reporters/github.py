"""Annotations of GitHub Actions: a workflow command for each finding and each problem."""

from collections.abc import Iterable
from typing import TextIO, TypeAlias

from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Severity
from postcheck.reporters.explanation import in_full, with_hint
from postcheck.reporters.location import file_path, region
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.tool import INCOMPLETE, UNUSED
from postcheck.reporters.visible import visible

_Properties: TypeAlias = dict[str, str | int | None]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
"""What GitHub's runner reads as its own in a command's message and in its properties."""


def github(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the gravest first and then by place, since GitHub shows only ten errors and ten warnings of a step."""
    for problem in report.diagnostics:
        out.write(_problem(problem, "error", INCOMPLETE))
    for finding in sorted(report.findings, key=lambda finding: finding.severity.rank):
        out.write(_finding(finding, report))
    for problem in report.unused:
        out.write(_problem(problem, "warning", UNUSED))


def _finding(finding: Finding, report: Report) -> str:
    draft = report.drafts[finding.draft]
    where = region(draft, finding.span)
    place: _Properties = {"file": file_path(draft.path), "line": where.line, "endLine": where.end_line}
    if where.columns and where.line == where.end_line:  # GitHub takes columns of a single line alone
        place |= {"col": where.columns[0], "endColumn": where.columns[1]}
    return _command(_LEVELS[finding.severity], place | {"title": finding.rule}, in_full(draft, finding))


def _problem(problem: Problem, level: str, title: str) -> str:
    file = None if problem.path is None else file_path(problem.path)
    place: _Properties = {"file": file, "line": problem.line, "col": problem.column}
    return _command(level, place | {"title": title}, [with_hint(problem)])


def _command(name: str, properties: _Properties, lines: Iterable[str]) -> str:
    known = {key: visible(str(value)).translate(_PROPERTY) for key, value in properties.items() if value is not None}
    message = "\n".join(visible(line) for line in lines).translate(_DATA)
    return f"::{name} {','.join(f'{key}={value}' for key, value in known.items())}::{message}\n"
