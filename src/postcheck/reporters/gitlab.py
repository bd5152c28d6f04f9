"""GitLab's code quality report, which a merge request shows."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TextIO

from postcheck.finding import Report, Severity
from postcheck.reporters.explanation import statement, with_hint
from postcheck.reporters.in_ascii import in_ascii
from postcheck.reporters.location import file_path, region
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.tool import INCOMPLETE, NAME, UNUSED

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def gitlab(report: Report, out: TextIO, how: Presentation) -> None:
    """Write each problem and each finding as an issue, with a fingerprint of its own: else GitLab shows but one."""
    seen: Counter[str] = Counter()
    issues = []
    for name, issue in _issues(report):
        numbered = f"{name}\0{seen[name]}"
        issues.append(issue | {"fingerprint": sha256(numbered.encode("utf-8", "replace")).hexdigest()})
        seen[name] += 1
    out.writelines(in_ascii(issues, indent=2))


def _issues(report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    """The issues without fingerprints, each with what names it across runs."""
    for finding in report.findings:
        draft = report.drafts[finding.draft]
        line = region(draft, finding.span).line
        issue = _issue(finding.rule, _SEVERITIES[finding.severity], statement(draft, finding), draft.path, line)
        yield f"{file_path(draft.path)}\0{finding.fingerprint}", issue
    for problems, check, severity in ((report.unused, UNUSED, "minor"), (report.diagnostics, INCOMPLETE, "blocker")):
        for problem in problems:
            issue = _issue(check, severity, with_hint(problem), problem.path or NAME, problem.line or 1)
            yield f"{check}\0{problem.path}\0{problem.message}", issue


def _issue(check: str, severity: str, description: str, path: str, line: int) -> dict[str, Any]:
    return {
        "check_name": check,
        "severity": severity,
        "description": description,
        "location": {"path": file_path(path), "lines": {"begin": line}},
    }
