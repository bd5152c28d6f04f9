"""The Reviewdog Diagnostic Format counts bytes, and places are exact."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from postcheck.draft import Draft, Span
from postcheck.finding import Report
from tests.unit.reporters.samples import NAME, REPORTS, at, render, report
from tests.unit.reporters.test_every_reporter import ANY_TEXT, reports

SCHEMA = Path(__file__).parents[2] / "schemas" / "rdjson.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def diagnostics(report: Report) -> list[Any]:
    """The diagnostics, after the result is found valid."""
    rendered = render(report, "rdjson")
    assert rendered.isascii()
    content = json.loads(rendered)
    VALIDATOR.validate(content)
    return list(content["diagnostics"])


@settings(deadline=None)
@given(reports())
def test_any_report_is_valid(any_report: Report) -> None:
    number = len(any_report.findings) + len(any_report.unused) + len(any_report.diagnostics)
    assert len(diagnostics(any_report)) == number


@settings(deadline=None)
@given(ANY_TEXT, st.data())
def test_a_range_cuts_the_span_out_of_the_files_bytes(text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    (found,) = diagnostics(report(Draft(text), findings=(at(NAME, Span(start, end)),)))
    content = text.encode("utf-8", "surrogatepass")
    lines = content.split(b"\n")

    def offset(position: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: position["line"] - 1]) + position["column"] - 1

    place = found["location"]["range"]
    cut = content[offset(place["start"]) : offset(place["end"])]
    assert cut == text[start:end].encode("utf-8", "surrogatepass")


def test_of_a_record_the_line_is_told_and_its_place_in_words() -> None:
    (found,) = diagnostics(REPORTS["record"])
    assert found["location"]["range"] == {"start": {"line": 3}, "end": {"line": 3}}
    assert "columns 9-25" in found["message"]


def test_a_diagnostic_has_its_rule_its_severity_and_what_to_do() -> None:
    severities = [(found["code"]["value"], found["severity"]) for found in diagnostics(REPORTS["many"])]
    assert ("patient-story/told", "WARNING") in severities
    assert ("disclosure/tag", "INFO") in severities
    (story,) = (found for found in diagnostics(REPORTS["many"]) if found["code"]["value"] == "patient-story/told")
    assert "Instead: Keep the feeling and leave the patient out." in story["message"].splitlines()


def test_problems_come_first_with_as_much_of_their_place_as_is_known() -> None:
    first, second, _ = diagnostics(REPORTS["not-complete"])
    assert first["location"] == {"path": "posts/may.md", "range": {"start": {"line": 1}}}
    assert "location" not in second
    assert {first["severity"], second["severity"]} == {"ERROR"}
