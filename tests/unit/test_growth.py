"""A draft four times as long takes four times the work: counted in calls, not in seconds."""

import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from postcheck.checker import Checker
from postcheck.draft import Draft
from postcheck.finding import Report
from postcheck.packs import Rulebook
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.reporters import REPORTERS, Presentation
from postcheck.suppression.baseline import Baseline

UNITS = [
    "My patient Maria Lopez from room 714 died on March 9. ",
    "SSN 123-45-6789, MRN 2284107 ",
    "Dr. Smith ",
    "Stop your Tylenol tonight at MD Anderson. ",
    '<!-- postcheck: ignore[phi] reason="x" -->\n\nRoom 714, my patient.\n\n',
]
BASELINE = Path(".postcheck-baseline.json")
SHOWN = Presentation(show_text=True, fail_on=None, quiet=False, width=100, color=False)


@pytest.fixture(scope="module")
def checker(book: Rulebook) -> Checker:
    checker = Checker(book, learned=False)
    checker.check([Draft(unit * 20) for unit in UNITS])
    return checker


def calls(run: Callable[[], object]) -> int:
    """How many functions are called, in Python and from it."""
    count = 0

    def profile(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def read_draft(text: str) -> Draft:
    (draft,) = read(text.encode(), "a.md", Metadata())
    return draft


@pytest.mark.parametrize("unit", UNITS)
def test_a_check_takes_as_many_calls_for_each_character(unit: str, checker: Checker) -> None:
    short, long = (read_draft(unit * times) for times in (80, 320))
    assert calls(lambda: checker.check([long])) < 5 * calls(lambda: checker.check([short]))


@pytest.mark.parametrize("name", REPORTERS)
def test_so_does_a_report(name: str, checker: Checker) -> None:
    reports = [checker.check([Draft(UNITS[0] * times)]) for times in (25, 100)]
    few, many = (calls(partial(REPORTERS[name], report, io.StringIO(), SHOWN)) for report in reports)
    assert many < 6 * few


def test_so_do_drafts_with_a_baseline(checker: Checker) -> None:
    def silenced(times: int) -> int:
        drafts = [Draft(f"Room {number}, my patient.", "a.jsonl", record=number) for number in range(times)]
        found = checker.check(drafts)
        known = Baseline(BASELINE).keeping(Baseline(BASELINE).entry(found, finding) for finding in found.findings)
        silencing = checker.silencing(Baseline(BASELINE, known.entries, (1,) * len(known.entries)).source())
        report: list[Report] = []
        count = calls(lambda: report.append(silencing.check(drafts)))
        assert not report[0].findings
        return count

    assert silenced(120) < 5 * silenced(30)
