"""Ignores in a draft's own comments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Draft
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.suppression import Suppression, inline
from tests.unit.suppression.samples import TODAY, found, markdown

IGNORE = '<!-- postcheck: ignore[phi/patient-name] reason="our spokesperson" -->'


def suppressions(draft: Draft) -> list[Suppression]:
    return [*inline(TODAY)(draft)]


def test_an_ignore_holds_for_its_own_paragraph_and_no_other() -> None:
    draft = markdown(f"Joan spoke.\nAnd Ada. {IGNORE}\n\nThen Grace did.")
    (ignore,) = suppressions(draft)
    assert [ignore.holds(draft, found(draft, name)) for name in ("Joan", "Ada", "Grace")] == [True, True, False]
    assert (ignore.path, ignore.line, ignore.column, ignore.flaw) == ("post.md", 2, 10, None)


def test_an_ignore_alone_in_its_paragraph_holds_for_the_next_one() -> None:
    draft = markdown(f"Joan spoke.\n\n{IGNORE}\n\n\nThen Ada did.\n\nThen Grace did.")
    (ignore,) = suppressions(draft)
    assert [ignore.holds(draft, found(draft, name)) for name in ("Joan", "Ada", "Grace")] == [False, True, False]


def test_an_ignore_right_above_a_paragraph_holds_for_it() -> None:
    draft = markdown(f"Joan spoke.\n\n{IGNORE}\nThen Ada did.")
    (ignore,) = suppressions(draft)
    assert [ignore.holds(draft, found(draft, name)) for name in ("Joan", "Ada")] == [False, True]


def test_in_a_page_an_ignore_holds_up_to_the_next_tag_that_begins_a_line() -> None:
    page = f"<p>Joan <b>spoke</b>.</p>\n{IGNORE}<p>Then <b>Ada</b> did,\nand Eve.</p>\n<p>Then Grace did.</p>"
    (draft,) = read(page.encode(), "post.html", Metadata())
    (ignore,) = suppressions(draft)
    names = ("Joan", "Ada", "Eve", "Grace")
    assert [ignore.holds(draft, found(draft, name)) for name in names] == [False, True, True, False]


def test_an_ignore_after_the_last_paragraph_holds_for_nothing() -> None:
    draft = markdown(f"Joan spoke.\n\n{IGNORE}\n")
    (ignore,) = suppressions(draft)
    assert not ignore.holds(draft, found(draft, "Joan"))


def test_one_ignore_may_name_several_rules_and_end_on_a_day() -> None:
    draft = markdown('<!-- postcheck: ignore[phi/patient-name, phi/patient-date] until=2026-05-01 reason="x" -->\nJoan')
    (ignore,) = suppressions(draft)
    assert ignore.rules == {"phi/patient-name", "phi/patient-date"}
    assert ignore.flaw is None


@pytest.mark.parametrize(
    ("comment", "flaw"),
    [
        ("<!-- postcheck: ignore[phi/patient-name] -->", "gives no reason"),
        ('<!-- postcheck: ignore[phi/patient-name] reason=" " -->', "gives no reason"),
        ('<!-- postcheck: ignore reason="x" -->', "isn't what postcheck understands"),
        ('<!-- postcheck: ignore[] reason="x" -->', "names no rule"),
        ('<!-- postcheck: ignroe[phi/ssn] reason="x" -->', "isn't what postcheck understands"),
        ('<!-- postcheck: ignore[phi/ssn] raeson="x" -->', 'has no "raeson"'),
        ('<!-- postcheck: ignore[phi/ssn] reason="x" until=soon -->', "has no day"),
        ('<!-- postcheck: ignore[phi/ssn] reason="x" until=2026-04-30 -->', "expired on 2026-04-30"),
    ],
)
def test_an_ignore_that_silences_nothing_says_why(comment: str, flaw: str) -> None:
    (ignore,) = suppressions(markdown(f"Joan spoke. {comment}"))
    assert ignore.flaw is not None
    assert flaw in ignore.flaw


def test_a_comment_in_code_or_in_plain_text_is_no_ignore() -> None:
    assert not suppressions(markdown(f"```\n{IGNORE}\n```"))
    assert not suppressions(Draft(f"Joan {IGNORE}", "post.txt"))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_whatever_stands_in_a_comment_is_an_ignore_or_a_flaw(inside: str) -> None:
    for ignore in suppressions(markdown(f"Joan spoke. <!-- postcheck:{inside}-->")):
        assert ignore.flaw or ignore.rules
