"""What a report holds, in the fields of the JSON formats. `report-v1.schema.json` describes them."""

from typing import Any

from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Suppressed
from postcheck.reporters.masking import readable
from postcheck.reporters.place import in_numbers
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.tool import NAME, VERSION

TOOL = {"name": NAME, "version": VERSION}


def finding_fields(finding: Finding, report: Report, how: Presentation) -> dict[str, Any]:
    """A finding, with what it covers only where text may be shown."""
    draft = report.drafts[finding.draft]
    open_draft = readable(draft, how)
    return {
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "path": draft.path,
        "record": draft.record,
        "id": draft.id,
        "sheet": draft.sheet,
        "field": draft.field,
        "part": draft.part,
        **in_numbers(draft, finding.span),
        **({"text": finding.span.cut(open_draft.text)} if open_draft else {}),
        "message": finding.message,
        "why": finding.why,
        "suggestion": finding.suggestion,
        "route": finding.route,
        "citations": finding.citations,
        "related": [{"start": span.start, "end": span.end} for span in finding.related],
        "reasons": finding.reasons,
        "learned": finding.learned,
        "fingerprint": finding.fingerprint,
    }


def suppressed_fields(suppressed: Suppressed, report: Report, how: Presentation) -> dict[str, Any]:
    """A silenced finding, and what silences it."""
    by = {"by": suppressed.by, "path": suppressed.path, "line": suppressed.line}
    return finding_fields(suppressed.finding, report, how) | {"suppression": by}


def problem_fields(problem: Problem) -> dict[str, Any]:
    """A diagnostic, or a suppression that silences nothing."""
    return {
        "message": problem.message,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "hint": problem.hint,
    }


def counts(report: Report) -> dict[str, int]:
    """How many findings there are of each severity, and how many suppressed ones."""
    return {severity.value: number for severity, number in report.counts().items()} | {
        "suppressed": len(report.suppressed)
    }
