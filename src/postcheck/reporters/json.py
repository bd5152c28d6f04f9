"""The JSON report: a contract, described by `report-v1.schema.json`."""

from typing import TextIO

from postcheck.finding import Report
from postcheck.reporters.fields import TOOL, counts, finding_fields, problem_fields, suppressed_fields
from postcheck.reporters.in_ascii import in_ascii
from postcheck.reporters.presentation import Presentation

SCHEMA = "postcheck/report/v1"


def json(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the report as one JSON object."""
    content = {
        "schema": SCHEMA,
        "tool": TOOL,
        "complete": report.complete,
        "drafts": len(report.drafts),
        "findings": [finding_fields(finding, report, how) for finding in report.findings],
        "suppressed": [suppressed_fields(each, report, how) for each in report.suppressed],
        "unused_suppressions": [problem_fields(problem) for problem in report.unused],
        "diagnostics": [problem_fields(problem) for problem in report.diagnostics],
        "summary": counts(report),
    }
    out.writelines(in_ascii(content, indent=2))
