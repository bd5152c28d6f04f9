"""Text is shown, not obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.reporters.visible import visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, [bold] :smile: ü 漢 🎉", "plain, [bold] :smile: ü 漢 🎉"),
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc\x00\x7f", "a␊b␉c␀␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202egnp.exe", "<U+202E>gnp.exe"),
        ("\ud800", "<U+D800>"),
        ("\ufffe\uffff", "<U+FFFE><U+FFFF>"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_by_picture_or_number(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text(st.characters()))
def test_shown_text_stays_on_one_line_and_can_be_written(text: str) -> None:
    assert len(visible(text).splitlines()) <= 1
    visible(text).encode("utf-8")
    assert visible(visible(text)) == visible(text)
