"""Words and numbers in disguise, and what only looks like them."""

import pytest

from postcheck.detectors.disguises import undisguised
from postcheck.draft import Span
from postcheck.normalization import View


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("then D3smond left", "then Desmond left"),
        ("with M4r14 and 4nn4b3l", "with Maria and Annabel"),
        ("from Kl3bv1ll3", "from Klebville"),
        ("th@nks, M@r!a", "thanks, Maria"),
        ("Mar\N{CHERRY BLOSSOM}ia left", "Maria left"),
        ("Zorv\N{CHERRY BLOSSOM}ikton left", "Zorvikton left"),
        ("Mar.ia left", "Maria left"),
        ("to Zorvik-\nton", "to Zorvikton"),
        ("mArIsOl is a dRaMa qUeEn", "Marisol is a drama queen"),
        ("call 832-555-OI43", "call 832-555-0143"),
        ("on 9/l4, in 2O26", "on 9/14, in 2026"),
    ],
)
def test_a_word_in_disguise_is_read_as_it_is_meant(text: str, read: str) -> None:
    assert undisguised(View.of(text)).text == read


@pytest.mark.parametrize(
    "text",
    [
        "H1N1, CD4, B12, HER2, T4N2M0, ypT1N0, A1c, gr8, 2nd, 10am, 5mg, 401k, COVID19",
        "mail jo@example.org or @maria, $500, wow!thanks",
        "thank\N{PERSON WITH FOLDED HANDS}you, love\N{GREEN HEART}this",
        "see you at 6 p.m. e.g. tomorrow.Then nih.gov, example.com/a.html",
        "iPhone, mRNA, DeShawn, McDonald",
        "10l of O2, L4-L5, 24/7, 3.III.1911, Henry III",
        "XJH884120937, 7A-44190, PX-2208841",
        "well-\nknown",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert undisguised(View.of(text)).text == text


def test_what_was_in_disguise_is_where_it_stands() -> None:
    shown = undisguised(View.of("so M4ri4 left"))
    assert shown.to_source(Span(3, 8)) == Span(3, 8)
