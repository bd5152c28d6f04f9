"""The concise report: one finding, one line."""

import re
from dataclasses import replace

from hypothesis import given, settings

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Report
from tests.unit.reporters.samples import NAME, REPORTS, at, render, report
from tests.unit.reporters.test_every_reporter import reports

FINDING = re.compile(r".*:\d+:\d+ (error|warning|info) \S+ .+")


def test_nothing_found_prints_nothing() -> None:
    assert render(REPORTS["nothing"], "concise") == ""


def test_a_finding_is_path_line_column_severity_rule_message() -> None:
    assert (
        render(REPORTS["one-error"], "concise") == "posts/bell.txt:1:11 error phi/patient-name This names a patient.\n"
    )


def test_in_a_table_the_line_is_the_records_and_its_id_comes_last() -> None:
    line = "posts/spring.jsonl:3:9 error phi/patient-name This names a patient. [a-3]\n"
    assert render(REPORTS["record"], "concise") == line


def test_line_breaks_in_a_path_an_id_and_a_message_stay_on_the_line() -> None:
    draft = Draft("x", "a\nb\u2028.txt", record=0, row=1, id="i\rd")
    finding = replace(at(NAME, Span(0, 1)), message="Two\nlines.")
    rendered = render(report(draft, findings=(finding,)), "concise")
    assert rendered == "a␊b<U+2028>.txt:1:1 error phi/patient-name Two␊lines. [i␍d]\n"


def test_what_was_not_checked_is_told_with_as_much_of_its_place_as_is_known() -> None:
    problems = (Problem("is broken", "a.md", 3, 2, "mend it"), Problem("can't be read", "b.md"), Problem("no model"))
    assert render(report(diagnostics=problems), "concise").splitlines() == [
        "a.md:3:2 incomplete is broken (mend it)",
        "b.md incomplete can't be read",
        "postcheck incomplete no model",
    ]


@settings(deadline=None)
@given(reports())
def test_there_are_as_many_lines_as_findings_and_problems(any_report: Report) -> None:
    lines = render(any_report, "concise").splitlines()
    assert len(lines) == len(any_report.findings) + len(any_report.unused) + len(any_report.diagnostics)
    assert all(FINDING.fullmatch(line) for line in lines[: len(any_report.findings)])
