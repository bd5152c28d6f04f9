"""One line for each finding: `path:line:col severity rule message`, as compilers print them."""

from typing import TextIO

from postcheck.errors import Problem
from postcheck.finding import Finding, Report
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.visible import visible


def concise(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the findings, then what kept the check from being whole, and nothing else.

    In a table the line is the record's, and the record's id, if it has one, ends the line as
    `[id]`. In place of a severity, a suppression that silences nothing has the word `unused`, and a
    problem has `incomplete`.
    """
    for finding in report.findings:
        out.write(visible(_finding(finding, report)) + "\n")
    for unused in report.unused:
        out.write(visible(_problem(unused, "unused")) + "\n")
    for problem in report.diagnostics:
        out.write(visible(_problem(problem, "incomplete")) + "\n")


def _finding(finding: Finding, report: Report) -> str:
    draft = report.drafts[finding.draft]
    place = draft.position(finding.span.start)
    record = "" if draft.id is None else f" [{draft.id}]"
    return f"{draft.path}:{place.line}:{place.column} {finding.severity} {finding.rule} {finding.message}{record}"


def _problem(problem: Problem, word: str) -> str:
    parts = (problem.path or "postcheck", problem.line, problem.column)
    place = ":".join(str(part) for part in parts if part is not None)
    return f"{place} {word} {problem.message}" + (f" ({problem.hint})" if problem.hint else "")
