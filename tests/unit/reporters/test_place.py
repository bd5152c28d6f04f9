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
        (Draft("x", "a.md", record=0, first_line=4), "a.md, post 1"),
        (
            Draft("x", "a.xlsx", record=3, row=5, sheet="Spring", field="Caption"),
            "a.xlsx, sheet Spring, row 5, column Caption",
        ),
        (Draft("x", "a.csv", record=0, row=2, field="Text", id="b"), "a.csv, line 2, column Text, b"),
        (Draft("x", "a.eml", part="subject"), "a.eml, subject"),
    ],
)
def test_a_draft_is_told_by_what_must_be_opened_to_find_it(draft: Draft, expected: str) -> None:
    assert source(draft) == expected


def test_the_lines_of_a_post_are_those_of_its_file() -> None:
    assert in_words(Draft("one\ntwo", first_line=5), Span(4, 7)) == "line 6, columns 1-3"
    assert in_words(Draft("one", first_line=5), Span(0, 3)) == "line 5, columns 1-3"


def test_a_word_document_has_paragraphs() -> None:
    assert in_words(Draft("one\ntwo", line_name="paragraph"), Span(4, 7)) == "paragraph 2, columns 1-3"
    assert in_words(Draft("one\ntwo", line_name="paragraph"), Span(0, 7)).endswith("to paragraph 2, column 3")
