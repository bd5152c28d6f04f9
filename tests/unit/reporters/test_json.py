"""The JSON report keeps its contract."""

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import postcheck
from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Report, Suppressed, SuppressedBy
from tests.unit.reporters.samples import BELL, NAME, RECORD, REPORTS, STORY, at, render, report, span
from tests.unit.reporters.test_every_reporter import ANY_TEXT, reports

SCHEMA = json.loads(files("postcheck.reporters").joinpath("report-v1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def parsed(rendered: str) -> Any:
    """The report, after it is found valid."""
    content = json.loads(rendered)
    VALIDATOR.validate(content)
    return content


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_the_schema_refuses_a_report_that_lacks_a_key(key: str) -> None:
    content = json.loads(render(REPORTS["many"], "json"))
    del content[key]
    assert not VALIDATOR.is_valid(content)


def test_the_schema_refuses_an_unknown_key_anywhere() -> None:
    for path in ([], ["tool"], ["summary"], ["findings", 0], ["diagnostics", 0]):
        content = json.loads(render(REPORTS["not-complete"], "json"))
        part = content
        for step in path:
            part = part[step]
        part["novel"] = 1
        assert not VALIDATOR.is_valid(content), path


@settings(deadline=None)
@given(reports())
def test_any_report_is_valid_and_ascii(any_report: Report) -> None:
    for show_text in (True, False):
        rendered = render(any_report, "json", show_text=show_text)
        assert rendered.isascii()
        assert rendered.endswith("}\n")
        parsed(rendered)


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_text_comes_back_but_for_halves_of_characters(text: str) -> None:
    draft = Draft(text)
    (finding,) = parsed(render(report(draft, findings=(at(NAME, Span(0, len(text))),)), "json"))["findings"]
    assert finding["text"] == text.encode("utf-8", "replace").decode() or finding["text"] == "".join(
        "\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char for char in text
    )


def test_a_finding_says_where_in_offsets_and_in_lines() -> None:
    draft = Draft("One.\nTwo 🎉 three.\nFour.", "a.txt")
    where = Span(draft.text.index("three"), draft.text.index("Four") + 4)
    (finding,) = parsed(render(report(draft, findings=(at(NAME, where),)), "json"))["findings"]
    assert draft.text[finding["start"] : finding["end"]] == "three.\nFour"
    assert (finding["line"], finding["column"]) == (2, 7)
    assert (finding["end_line"], finding["end_column"]) == (3, 5)
    assert (finding["path"], finding["record"], finding["id"]) == ("a.txt", None, None)


def test_a_record_is_named_by_its_index_its_id_and_its_line() -> None:
    (finding,) = parsed(render(REPORTS["record"], "json"))["findings"]
    assert (finding["record"], finding["id"], finding["line"]) == (2, "a-3", 3)
    assert finding["column"] == RECORD.text.index("Ms.") + 1


def test_text_is_there_only_when_it_may_be_shown() -> None:
    (shown,) = parsed(render(REPORTS["one-error"], "json", show_text=True))["findings"]
    (hidden,) = parsed(render(REPORTS["one-error"], "json", show_text=False))["findings"]
    assert shown.pop("text") == "Mr. Abernathy-Quist"
    assert shown == hidden


def test_related_spans_reasons_and_suppressed_findings_are_kept() -> None:
    finding = at(STORY, span(BELL, "rang the bell"), related=(span(BELL, "Yesterday"),))
    content = parsed(render(Report((BELL,), (), (Suppressed(finding, SuppressedBy.INLINE, BELL.path, 4),)), "json"))
    assert content["findings"] == []
    assert content["suppressed"][0]["related"] == [{"start": 0, "end": 9}]
    assert content["suppressed"][0]["suppression"] == {"by": "inline", "path": BELL.path, "line": 4}
    assert content["summary"] == {"error": 0, "warning": 0, "info": 0, "suppressed": 1}


def test_diagnostics_make_the_report_incomplete() -> None:
    content = parsed(render(report(diagnostics=(Problem("is broken", "a.md", 3, hint="mend it"),)), "json"))
    assert not content["complete"]
    assert content["diagnostics"] == [
        {"message": "is broken", "path": "a.md", "line": 3, "column": None, "hint": "mend it"}
    ]


def test_the_tool_names_itself() -> None:
    content = parsed(render(report(), "json"))
    assert content["tool"] == {"name": "postcheck", "version": postcheck.__version__}
    assert (content["complete"], content["drafts"]) == (True, 0)
