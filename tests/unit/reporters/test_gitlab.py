"""GitLab's code quality report is as its documentation asks."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from jsonschema import Draft202012Validator

from postcheck.finding import Report
from tests.unit.reporters.samples import BELL, NAME, REPORTS, at, render, report, span
from tests.unit.reporters.test_every_reporter import reports

SCHEMA = Path(__file__).parents[2] / "schemas" / "gitlab-code-quality.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def issues(report: Report) -> list[Any]:
    """The issues, after they are found valid."""
    rendered = render(report, "gitlab")
    assert rendered.isascii()
    content = json.loads(rendered)
    VALIDATOR.validate(content)
    return list(content)


@settings(deadline=None)
@given(reports())
def test_any_report_is_valid_and_no_two_issues_share_a_fingerprint(any_report: Report) -> None:
    found = issues(any_report)
    assert len(found) == len(any_report.findings) + len(any_report.unused) + len(any_report.diagnostics)
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_an_issue_keeps_its_fingerprint_when_others_come() -> None:
    (alone,) = issues(report(BELL, findings=(at(NAME, span(BELL, "Mr.")),)))
    others = issues(REPORTS["not-complete"])
    assert alone["fingerprint"] in {issue["fingerprint"] for issue in others}


def test_what_kept_the_check_from_being_whole_blocks() -> None:
    severities = {issue["check_name"]: issue["severity"] for issue in issues(REPORTS["not-complete"])}
    assert severities == {"phi/patient-name": "critical", "postcheck/incomplete": "blocker"}


def test_each_severity_has_its_own_and_suppressed_findings_are_no_issues() -> None:
    assert {issue["severity"] for issue in issues(REPORTS["many"])} == {"critical", "major", "info"}
    assert [issue["severity"] for issue in issues(REPORTS["suppressed"])] == ["critical", "minor"]


def test_a_record_is_told_by_its_line_and_in_words() -> None:
    (issue,) = issues(REPORTS["record"])
    assert issue["location"] == {"path": "posts/spring.jsonl", "lines": {"begin": 3}}
    assert issue["description"] == "This names a patient. (posts/spring.jsonl, line 3, a-3, columns 9-25)"
