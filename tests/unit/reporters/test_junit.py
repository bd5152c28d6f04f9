"""JUnit's XML: a case fails as the check does."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.finding import Report, Severity
from postcheck.reporters.place import source
from postcheck.reporters.visible import visible
from tests.unit.reporters.samples import REPORTS, render
from tests.unit.reporters.test_every_reporter import reports

SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[2] / "schemas" / "junit-10.xsd")


def suite(report: Report, fail_on: Severity | None = Severity.WARNING) -> ElementTree.Element:
    """The test suite, after the whole is found valid."""
    rendered = render(report, "junit", fail_on=fail_on)
    assert rendered.isascii()
    root = ElementTree.fromstring(rendered)
    SCHEMA.validate(root)
    (only,) = root
    return only


def texts(report: Report, tag: str, fail_on: Severity | None = Severity.WARNING) -> list[str]:
    return [element.text or "" for element in suite(report, fail_on).iter(tag)]


@settings(deadline=None)
@given(reports(), st.sampled_from([None, *Severity]))
def test_in_any_report_the_cases_that_fail_are_what_fails_the_check(
    any_report: Report, fail_on: Severity | None
) -> None:
    cases = suite(any_report, fail_on).findall("testcase")
    drafts = cases[: len(any_report.drafts)]
    assert [case.get("name") for case in drafts] == [visible(source(draft)) for draft in any_report.drafts]
    for index, case in enumerate(drafts):
        own = tuple(finding for finding in any_report.findings if finding.draft == index)
        assert (case.find("failure") is not None) == Report(findings=own).fails(fail_on)
    assert any(case.find("failure") is not None for case in cases) == any_report.fails(fail_on)
    assert all(len(case.findall("failure")) <= 1 for case in cases)


@settings(deadline=None)
@given(reports())
def test_the_numbers_are_those_of_the_cases(any_report: Report) -> None:
    whole = suite(any_report)
    cases = whole.findall("testcase")
    assert whole.get("tests") == str(len(cases))
    assert whole.get("failures") == str(sum(case.find("failure") is not None for case in cases))
    assert whole.get("errors") == str(len(any_report.diagnostics))


def test_a_failure_tells_of_every_finding_and_what_to_do() -> None:
    first, second = suite(REPORTS["many"]).iter("failure")
    assert first.get("message") == "3 errors and 1 warning"
    assert "error in line 2, columns 1-9: This is a patient's room. (phi/room)" in (first.text or "").splitlines()
    assert '    Instead: Say "upstairs".' in (first.text or "").splitlines()
    assert second.get("message") == "1 error"


def test_reminders_and_suppressed_findings_are_output() -> None:
    (output,) = texts(REPORTS["many"], "system-out")
    assert output.startswith("reminder in line 4, columns 1-10: Readers may take")
    first, *_ = texts(REPORTS["suppressed"], "system-out")
    assert first == "suppressed (inline, posts/bell.txt, line 1) in columns 11-29: phi/patient-name"


def test_what_kept_the_check_from_being_whole_is_an_error() -> None:
    assert texts(REPORTS["not-complete"], "error") == [
        "the front matter has no end (close it with a line of three dashes)",
        "the model can't be loaded (install postcheck anew)",
    ]


@pytest.mark.parametrize(("fail_on", "number"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (None, 0)])
def test_an_unused_suppression_fails_where_warnings_do(fail_on: Severity | None, number: int) -> None:
    assert len(texts(REPORTS["suppressed"], "failure", fail_on)) == number
