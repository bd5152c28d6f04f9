"""The Reviewdog Diagnostic Format, which reviewdog turns into comments on a change.

Its definition: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from typing import Any, TextIO

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Finding, Report
from postcheck.reporters.explanation import in_full, with_hint
from postcheck.reporters.in_ascii import in_ascii
from postcheck.reporters.location import file_path, region
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.tool import HOMEPAGE, INCOMPLETE, NAME, UNUSED


def rdjson(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the findings and the problems as the diagnostics of one result."""
    content = {
        "source": {"name": NAME, "url": HOMEPAGE},
        "diagnostics": [
            *(_problem(problem, "ERROR", INCOMPLETE) for problem in report.diagnostics),
            *(_finding(finding, report.drafts[finding.draft]) for finding in report.findings),
            *(_problem(problem, "WARNING", UNUSED) for problem in report.unused),
        ],
    }
    out.writelines(in_ascii(content, indent=2))


def _finding(finding: Finding, draft: Draft) -> dict[str, Any]:
    return {
        "message": "\n".join(in_full(draft, finding)),
        "location": {"path": file_path(draft.path), "range": _range(draft, finding.span)},
        "severity": finding.severity.upper(),
        "code": {"value": finding.rule},
    }


def _range(draft: Draft, span: Span) -> dict[str, Any]:
    """The lines, and the columns if they are the file's: in bytes of UTF-8, the end exclusive."""
    where = region(draft, span)
    begin, end = {"line": where.line}, {"line": where.end_line}
    if where.columns:
        begin["column"] = _byte_column(draft, span.start, where.columns[0])
        end["column"] = _byte_column(draft, span.end, where.columns[1])
    return {"start": begin, "end": end}


def _byte_column(draft: Draft, offset: int, column: int) -> int:
    """The 1-based column in bytes of the code point at `offset`, which stands in that column of code points."""
    before = draft.text[offset - (column - 1) : offset]
    return len(before.encode("utf-8", "surrogatepass")) + 1


def _problem(problem: Problem, severity: str, code: str) -> dict[str, Any]:
    diagnostic = {"message": with_hint(problem), "severity": severity, "code": {"value": code}}
    if problem.path is None:
        return diagnostic
    location: dict[str, Any] = {"path": file_path(problem.path)}
    if problem.line is not None:
        location["range"] = {"start": {"line": problem.line}}
    return diagnostic | {"location": location}
