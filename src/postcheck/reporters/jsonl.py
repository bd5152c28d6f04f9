"""The JSON report as lines, to read by and by: a contract, described by `report-lines-v1.schema.json`."""

from collections.abc import Iterator
from typing import Any, TextIO

from postcheck.finding import Report
from postcheck.reporters.fields import TOOL, counts, finding_fields, problem_fields, suppressed_fields
from postcheck.reporters.in_ascii import in_ascii
from postcheck.reporters.presentation import Presentation

SCHEMA = "postcheck/report-lines/v1"


def jsonl(report: Report, out: TextIO, how: Presentation) -> None:
    """Write each finding and each problem as a JSON object on a line of its own, and at last the summary."""
    for line in _lines(report, how):
        out.writelines(in_ascii(line))


def _lines(report: Report, how: Presentation) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {"type": "finding", **finding_fields(finding, report, how)}
    for suppressed in report.suppressed:
        yield {"type": "suppressed", **suppressed_fields(suppressed, report, how)}
    for unused in report.unused:
        yield {"type": "unused_suppression", **problem_fields(unused)}
    for problem in report.diagnostics:
        yield {"type": "diagnostic", **problem_fields(problem)}
    yield {
        "type": "summary",
        "schema": SCHEMA,
        "tool": TOOL,
        "complete": report.complete,
        "drafts": len(report.drafts),
        "counts": counts(report),
    }
