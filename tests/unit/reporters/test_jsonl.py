"""The report in lines keeps its contract, and says what the JSON report says."""

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from postcheck.finding import Report
from tests.unit.reporters.samples import REPORTS, render
from tests.unit.reporters.test_every_reporter import reports


def schema(name: str) -> Any:
    return json.loads(files("postcheck.reporters").joinpath(name).read_text(encoding="utf-8"))


WHOLE = Resource.from_contents(schema("report-v1.schema.json"))
VALIDATOR = Draft202012Validator(
    schema("report-lines-v1.schema.json"), registry=Registry().with_resource("urn:postcheck:report:v1", WHOLE)
)


def parsed(rendered: str) -> list[Any]:
    """The lines, after each is found valid."""
    lines = [json.loads(line) for line in rendered.splitlines()]
    for line in lines:
        VALIDATOR.validate(line)
    return lines


def without_type(lines: list[Any], kind: str) -> list[Any]:
    return [{key: value for key, value in line.items() if key != "type"} for line in lines if line["type"] == kind]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


@settings(deadline=None)
@given(reports(), st.booleans())
def test_any_report_is_valid_ascii_and_says_what_the_json_report_says(any_report: Report, show_text: bool) -> None:
    rendered = render(any_report, "jsonl", show_text=show_text)
    assert rendered.isascii()
    lines = parsed(rendered)
    whole = json.loads(render(any_report, "json", show_text=show_text))
    kinds = {"finding": "findings", "suppressed": "suppressed", "diagnostic": "diagnostics"}
    for kind, key in {**kinds, "unused_suppression": "unused_suppressions"}.items():
        assert without_type(lines, kind) == whole[key]
    (summary,) = without_type(lines, "summary")
    assert summary["counts"] == whole["summary"]
    assert {key: summary[key] for key in ("tool", "complete", "drafts")} == {
        key: whole[key] for key in ("tool", "complete", "drafts")
    }


def test_the_last_line_is_the_summary() -> None:
    for report in REPORTS.values():
        assert parsed(render(report, "jsonl"))[-1]["type"] == "summary"


@pytest.mark.parametrize("key", ["rule", "suppression", "hint", "complete", "type"])
def test_the_schema_refuses_a_line_that_lacks_a_key_and_one_that_has_an_unknown_key(key: str) -> None:
    lines = [
        line
        for name in ("suppressed", "not-complete")
        for line in parsed(render(REPORTS[name], "jsonl"))
        if key in line
    ]
    for line in lines:
        assert not VALIDATOR.is_valid(line | {"novel": 1})
        del line[key]
        assert not VALIDATOR.is_valid(line)
    assert lines
