"""Places in words."""

import pytest

from postcheck.draft import Draft, Span
from postcheck.reporters.place import in_words, source


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a single line", Span(2, 8), "columns 3-8"),
        ("a single line", Span(2, 3), "column 3"),
        ("a single line", Span(13, 13), "column 14"),
        ("one\ntwo", Span(4, 7), "line 2, columns 1-3"),
        ("one\ntwo", Span(0, 4), "line 1, columns 1-4"),
        ("one\ntwo\nthree", Span(1, 10), "line 1, column 2 to line 3, column 2"),
        ("", Span(0, 0), "column 1"),
    ],
)
def test_a_place_is_told_in_lines_and_columns(text: str, place: Span, expected: str) -> None:
    assert in_words(Draft(text), place) == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (Draft("x", "a.md"), "a.md"),
        (Draft("x", "a.jsonl", record=0, row=4), "a.jsonl, line 4"),
        (Draft("x", "a.jsonl", record=0, row=4, id="b"), "a.jsonl, line 4, b"),
        (Draft("x", "a.xlsx", record=0), "a.xlsx, record 1"),
    ],
)
def test_a_draft_is_told_by_what_must_be_opened_to_find_it(draft: Draft, expected: str) -> None:
    assert source(draft) == expected
