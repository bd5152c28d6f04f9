"""The JSON report: a contract, described by `report-v1.schema.json`."""

import json
import re
from importlib.metadata import version
from typing import Any, TextIO

from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Suppressed
from postcheck.reporters.masking import readable
from postcheck.reporters.place import in_numbers
from postcheck.reporters.presentation import Presentation

SCHEMA = "postcheck/report/v1"
_HALF = re.compile("[\ud800-\udfff]")
_BEYOND_PRINTABLE_ASCII = re.compile("[^\x00-\x7e]")


def report_json(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the report as one JSON object in ASCII, so that no pipe and no terminal alters it."""
    content = {
        "schema": SCHEMA,
        "tool": {"name": "postcheck", "version": version("postcheck")},
        "complete": report.complete,
        "drafts": len(report.drafts),
        "findings": [_finding(finding, report, how) for finding in report.findings],
        "suppressed": [_suppressed(each, report, how) for each in report.suppressed],
        "unused_suppressions": [_diagnostic(problem) for problem in report.unused],
        "diagnostics": [_diagnostic(problem) for problem in report.diagnostics],
        "summary": {severity.value: number for severity, number in report.counts().items()}
        | {"suppressed": len(report.suppressed)},
    }
    out.write(_ascii(json.dumps(content, ensure_ascii=False, indent=2)))
    out.write("\n")


def _finding(finding: Finding, report: Report, how: Presentation) -> dict[str, Any]:
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


def _suppressed(suppressed: Suppressed, report: Report, how: Presentation) -> dict[str, Any]:
    by = {"by": suppressed.by, "path": suppressed.path, "line": suppressed.line}
    return _finding(suppressed.finding, report, how) | {"suppression": by}


def _diagnostic(problem: Problem) -> dict[str, Any]:
    return {
        "message": problem.message,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "hint": problem.hint,
    }


def _ascii(content: str) -> str:
    """JSON with every other character escaped. A half of a character becomes U+FFFD: alone, it is not valid."""
    whole = _HALF.sub("\N{REPLACEMENT CHARACTER}", content)
    return _BEYOND_PRINTABLE_ASCII.sub(_escaped, whole)


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it: beyond U+FFFF as a pair."""
    pair = match[0].encode("utf-16-be")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))
