"""Letters that are set apart and lines that are broken."""

import pytest

from postcheck.draft import Draft
from postcheck.normalization import view

FILLED = "She came in on a gurney last spring and the\nwhole floor knew her name within an hour, then\nshe walked out."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("so M a r i a came", "so Maria came"),
        ("M a r i a  G o m e z", "Maria Gomez"),
        ("M a r i a G o m e z", "Maria Gomez"),
        ("M.a.r.i.a G.o.m.e.z", "Maria Gomez"),
        ("M_a_r_i_a", "Maria"),
        ("M\N{CHERRY BLOSSOM}a\N{CHERRY BLOSSOM}r\N{CHERRY BLOSSOM}i\N{CHERRY BLOSSOM}a", "Maria"),
        ("8.3.2-5.5.5-0.1.4.3", "832-555-0143"),
        ("8 3 2 - 5 5 5 - 0 1 4 3", "832-555-0143"),
        ("room 1_1_2_8", "room 1128"),
        ("ssn 219-\n09-1234", "ssn 219-09-1234"),
        (FILLED, FILLED.replace("\n", " ")),
    ],
)
def test_what_is_apart_is_read_together(text: str, read: str) -> None:
    assert view(Draft(text)).text == read


@pytest.mark.parametrize(
    "text",
    [
        "plan A, B, C or D",
        "e.g. a.k.a. U.S.A. p.r.n.",
        "1, 2, 3, 4, 5, 6",
        "pain 9-0, then 9.0",
        "I \N{GREEN HEART} U",
        "Good night, all.\nThank you for the long week we had\nSee you Monday",
        "- the first item of a list, a long one\n- the second item\n- and the third one of them",
    ],
)
def test_what_belongs_apart_stays(text: str) -> None:
    assert view(Draft(text)).text == text
