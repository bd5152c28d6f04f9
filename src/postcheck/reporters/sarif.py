"""SARIF 2.1.0, the OASIS standard that code hosts and editors read. It holds no draft text."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TextIO
from urllib.parse import quote

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Severity, Suppressed, SuppressedBy
from postcheck.reporters.explanation import explanation, flowing, suppression_source, with_hint
from postcheck.reporters.gfm import literal
from postcheck.reporters.in_ascii import in_ascii
from postcheck.reporters.location import file_path, region
from postcheck.reporters.place import in_words, source
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.tool import HOMEPAGE, NAME, VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PRECISIONS = {0.9: "very-high", 0.75: "high", 0.5: "medium", 0.0: "low"}
"""From which confidence on a rule is called how precise."""


def sarif(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the findings and the suppressed ones as the results of one run."""
    every = [*report.findings, *(suppressed.finding for suppressed in report.suppressed)]
    rules: dict[str, Finding] = {}
    for finding in every:
        rules.setdefault(finding.rule, finding)
    places = {rule: index for index, rule in enumerate(rules)}
    suppressions = [*([] for _ in report.findings), *([_suppression(each)] for each in report.suppressed)]
    run = {
        "tool": {
            "driver": {
                "name": NAME,
                "version": VERSION,
                "informationUri": HOMEPAGE,
                "rules": [_rule(finding) for finding in rules.values()],
            }
        },
        "invocations": [
            {
                "executionSuccessful": report.complete,
                "toolExecutionNotifications": [_notification(problem, "error") for problem in report.diagnostics],
                "toolConfigurationNotifications": [_notification(problem, "warning") for problem in report.unused],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, report.drafts[finding.draft], places[finding.rule], by)
            for finding, by in zip(every, suppressions, strict=True)
        ],
    }
    out.writelines(in_ascii({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2))


def _rule(finding: Finding) -> dict[str, Any]:
    """The rule as one of its findings tells of it, without the signs of that one."""
    parts = [*explanation([replace(finding, reasons=())])]
    return {
        "id": finding.rule,
        "shortDescription": {"text": flowing(finding.message)},
        "fullDescription": {"text": flowing(finding.why)},
        "help": {
            "text": "\n\n".join(f"{label}: {text}" for label, text in parts),
            "markdown": "\n\n".join(f"**{label}:** {literal(text)}" for label, text in parts),
        },
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"precision": _precision(finding), "tags": [finding.category]},
    }


def _precision(finding: Finding) -> str:
    """How often the rule is right. The confidence of a learned model is that in one finding alone."""
    if finding.learned:
        return "medium"
    return next(word for least, word in _PRECISIONS.items() if finding.confidence >= least)


def _result(finding: Finding, draft: Draft, rule: int, suppressions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": flowing(finding.message)},
        "locations": [_location(draft, finding.span)],
        "relatedLocations": [
            {"id": number, "message": {"text": "This has a part in it."}} | _location(draft, span)
            for number, span in enumerate(finding.related)
        ],
        "partialFingerprints": {"postcheck/v1": finding.fingerprint},
        "suppressions": suppressions,
    }


def _location(draft: Draft, span: Span) -> dict[str, Any]:
    """The place in the file; where the text doesn't stand there as it is, what of it it is, and the place in words."""
    where = region(draft, span)
    numbers: dict[str, int] = {"startLine": where.line, "endLine": where.end_line}
    if where.columns:
        numbers |= {"startColumn": where.columns[0], "endColumn": where.columns[1]}
    if where.columns and draft.record is None:
        numbers |= {"charOffset": span.start, "charLength": len(span)}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(draft.path), "region": numbers}}
    if not draft.verbatim:
        part = {"fullyQualifiedName": source(draft), "kind": "record" if draft.part is None else "part"}
        location |= {"logicalLocations": [part], "message": {"text": in_words(draft, span)}}
    return location


def _artifact(path: str) -> dict[str, str]:
    file = file_path(path)
    root = "file://" if PurePosixPath(file).is_absolute() else ""
    return {"uri": root + quote(file, errors="replace")}


def _suppression(suppressed: Suppressed) -> dict[str, str]:
    kind = "inSource" if suppressed.by is SuppressedBy.INLINE else "external"
    return {"kind": kind, "justification": f"{NAME}: {suppression_source(suppressed)}"}


def _notification(problem: Problem, level: str) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": level, "message": {"text": with_hint(problem)}}
    if problem.path is not None:
        place: dict[str, Any] = {"artifactLocation": _artifact(problem.path)}
        numbers = {"startLine": problem.line, "startColumn": problem.column}
        if problem.line is not None:
            place["region"] = {key: number for key, number in numbers.items() if number is not None}
        notification["locations"] = [{"physicalLocation": place}]
    return notification
