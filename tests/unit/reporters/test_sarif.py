"""SARIF keeps to the published schema and to what code hosts ask of it."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from jsonschema import Draft4Validator

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Report, Severity
from postcheck.reporters.location import file_path
from tests.unit.reporters.samples import BELL, NAME, RECORD, REPORTS, STORY, at, render, report, span
from tests.unit.reporters.test_every_reporter import reports

SCHEMA = Path(__file__).parents[2] / "schemas" / "sarif-2.1.0-rtm.5.json"
VALIDATOR = Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run(report: Report) -> Any:
    """The only run of the report, after the whole is found valid."""
    rendered = render(report, "sarif")
    assert rendered.isascii()
    content = json.loads(rendered)
    VALIDATOR.validate(content)
    (only,) = content["runs"]
    return only


def region(result: Any) -> Any:
    return result["locations"][0]["physicalLocation"]["region"]


@settings(deadline=None, max_examples=50)
@given(reports())
def test_any_report_is_valid_and_every_result_has_its_rule(any_report: Report) -> None:
    content = run(any_report)
    rules = content["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    results = content["results"]
    assert len(results) == len(any_report.findings) + len(any_report.suppressed)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    assert [len(result["suppressions"]) for result in results] == [0] * len(any_report.findings) + [1] * len(
        any_report.suppressed
    )


@settings(deadline=None, max_examples=50)
@given(reports())
def test_a_path_comes_back_from_its_uri(any_report: Report) -> None:
    for finding, result in zip(any_report.findings, run(any_report)["results"], strict=False):
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        path = file_path(any_report.drafts[finding.draft].path)
        assert unquote(uri) == path.encode("utf-8", "replace").decode("utf-8")
        assert re.fullmatch("[A-Za-z0-9%/._~-]+", uri)


def test_a_path_is_relative_to_the_working_directory_where_it_lies_below_it() -> None:
    for path, uri in {
        str(Path.cwd() / "a b" / "c:d.md"): "a%20b/c%3Ad.md",
        "./e.md": "e.md",
        "/elsewhere/f.md": "file:///elsewhere/f.md",
        "<stdin>": "%3Cstdin%3E",
    }.items():
        (result,) = run(report(Draft("x", path), findings=(at(NAME, Span(0, 1)),)))["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_a_region_counts_code_points_from_one_and_its_end_is_exclusive() -> None:
    draft = Draft("One.\nTwo 🎉 three.\nFour.", "a.txt")
    where = Span(draft.text.index("three"), draft.text.index("Four") + 4)
    content = run(report(draft, findings=(at(NAME, where, related=(span(draft, "One"),)),)))
    assert content["columnKind"] == "unicodeCodePoints"
    (result,) = content["results"]
    assert region(result) == {
        "startLine": 2,
        "startColumn": 7,
        "endLine": 3,
        "endColumn": 5,
        "charOffset": 11,
        "charLength": 11,
    }
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["charOffset"] == 0


def test_a_record_is_named_and_its_region_is_its_line_alone() -> None:
    (result,) = run(REPORTS["record"])["results"]
    assert region(result) == {"startLine": 3, "endLine": 3}
    (location,) = result["locations"]
    assert location["logicalLocations"] == [
        {"name": "a-3", "fullyQualifiedName": "posts/spring.jsonl, line 3, a-3", "kind": "record"}
    ]
    assert location["message"] == {"text": "columns 9-25"}


def test_related_places_of_a_record_are_told_apart_in_words() -> None:
    related = (span(RECORD, "So"), span(RECORD, "home"))
    (result,) = run(report(RECORD, findings=(at(NAME, span(RECORD, "Ms."), related=related),)))["results"]
    assert [place["message"]["text"] for place in result["relatedLocations"]] == ["columns 1-2", "columns 30-33"]


def test_a_rule_is_explained_in_text_and_in_markdown_that_stays_text() -> None:
    finding = replace(at(NAME, span(BELL, "Mr.")), why="Why *not*?", citations=("45 CFR 164",), reasons=("a name",))
    (rule,) = run(report(BELL, findings=(finding,)))["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "This names a patient."}
    assert rule["help"]["text"].startswith("Why: Why *not*?\n\nInstead: ")
    assert rule["help"]["markdown"].startswith(r"**Why:** Why \*not\*?")
    assert rule["help"]["text"].endswith("Source: 45 CFR 164")
    assert "a name" not in rule["help"]["text"]
    assert rule["properties"]["tags"] == ["phi"]


@pytest.mark.parametrize(
    ("confidence", "learned", "precision"),
    [
        (1.0, False, "very-high"),
        (0.8, False, "high"),
        (0.5, False, "medium"),
        (0.1, False, "low"),
        (0.99, True, "medium"),
    ],
)
def test_precision_follows_the_rules_confidence(confidence: float, learned: bool, precision: str) -> None:
    finding = replace(at(NAME, span(BELL, "Mr.")), confidence=confidence, learned=learned)
    (rule,) = run(report(BELL, findings=(finding,)))["tool"]["driver"]["rules"]
    assert rule["properties"]["precision"] == precision


def test_reminders_are_notes() -> None:
    findings = tuple(replace(at(NAME, span(BELL, "Mr.")), severity=severity) for severity in Severity)
    levels = [result["level"] for result in run(report(BELL, findings=findings))["results"]]
    assert levels == ["error", "warning", "note"]


def test_a_suppression_says_where_it_is_written() -> None:
    suppressions = [result["suppressions"] for result in run(REPORTS["suppressed"])["results"]]
    assert suppressions == [
        [],
        [{"kind": "inSource", "justification": "postcheck: inline, posts/bell.txt, line 1"}],
        [{"kind": "external", "justification": "postcheck: baseline, .postcheck-baseline.json"}],
        [{"kind": "external", "justification": "postcheck: unchanged"}],
    ]


def test_the_fingerprint_is_the_findings() -> None:
    (result,) = run(REPORTS["one-error"])["results"]
    assert result["partialFingerprints"] == {"postcheck/v1": NAME.fingerprint}


def test_problems_are_notifications_and_an_incomplete_check_is_no_success() -> None:
    unused = Problem("silences nothing", "b.md", 2, 3, "remove it")
    whole = Report((BELL,), (at(STORY, span(BELL, "bell")),), (), (), (unused,))
    (invocation,) = run(whole)["invocations"]
    assert invocation["executionSuccessful"]
    (notification,) = invocation["toolConfigurationNotifications"]
    assert (notification["level"], notification["message"]["text"]) == ("warning", "silences nothing (remove it)")
    place = notification["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "b.md"}, "region": {"startLine": 2, "startColumn": 3}}
    (invocation,) = run(REPORTS["not-complete"])["invocations"]
    assert not invocation["executionSuccessful"]
    assert [each["level"] for each in invocation["toolExecutionNotifications"]] == ["error", "error"]
