"""Styled letters and look-alikes."""

import unicodedata

import pytest

from postcheck.confusables import STYLED, plain
from postcheck.draft import Draft
from postcheck.normalization import view


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\u1d0d\u1d00\u0280\u026a\u1d00", "maria"),
        ("\u1d39\u1d43\u02b3\u2071\u1d43", "Maria"),
        ("\U0001f17c\U0001f170\U0001f181\U0001f178\U0001f170", "Maria"),
        ("\U0001f1f2\u200b\U0001f1e6\u200b\U0001f1fd", "Max"),
        ("\u24c2\u24d0\u24e7", "Max"),
        ("\u2777 of \u2460", "2 of 1"),
        ("\u2077\u00b9\u00b3-\u2075\u2075\u2075", "713-555"),
        ("\u13b7\u13aa\u042512", "MAX12"),
        ("\u041d\u043e\u0440\u0435", "Hope"),
    ],
)
def test_a_letter_is_read_as_the_plain_one_it_shows(written: str, read: str) -> None:
    assert view(Draft(written)).text == read


@pytest.mark.parametrize(
    "text", ["\U0001f1fa\U0001f1f8\U0001f1f2\U0001f1fd", "10\u2079/L, 2 m\u00b2", "\u03b1, \u03b21"]
)
def test_flags_exponents_and_greek_letters_stay(text: str) -> None:
    assert view(Draft(text)).text == text


def test_every_styled_character_shows_plain_letters_or_digits() -> None:
    styled = [char for char in map(chr, range(0x110000)) if STYLED.fullmatch(char)]
    odd = {char: unicodedata.name(char, "?") for char in styled if not any(map(str.isalnum, plain(char)))}
    assert len(styled) > 1000
    assert {name for name in odd.values() if "LETTER" in name and "SMALL CAPITAL" in name} == set()
