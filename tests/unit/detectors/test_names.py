"""What the model takes for a name, and what is left of it."""

import pytest

from postcheck.detectors.names import plausible
from postcheck.detectors.words import is_everyday, is_given_name, may_be_given_name
from postcheck.draft import Span


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("hi [Mrs. Abernethy] there", "Abernethy"),
        ("hi [Abernethy's] quilt", "Abernethy"),
        ("hi [\U0001f49a Desmond Okoro RN] there", "Desmond Okoro"),
        ("hi [Meet Eustace] there", "Eustace"),
        ("hi [Anna S.] there", "Anna S."),
        ("hi [Grace Park] there", "Grace Park"),
        ("hi Dr. [Bishop] there", "Bishop"),
        ("hi [Desmond\nMonday] there", "Desmond"),
    ],
)
def test_a_name_keeps_only_what_belongs_to_it(marked: str, left: str) -> None:
    assert cut(marked) == left


@pytest.mark.parametrize(
    "marked",
    [
        "[Drop] it",
        "[Patient Education] hires",
        "@[hopeful]",
        "#[EndCancer]",
        "[05/31/2028]",
        "[spooky] night",
        "[\U0001f49a]",
    ],
)
def test_what_cannot_be_a_name_is_none(marked: str) -> None:
    assert cut(marked) is None


def cut(marked: str) -> str | None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = plausible(Span(start, end), "PERSON", text)
    return span.cut(text) if span else None


def test_given_names_are_known_in_any_spelling_and_words_only_with_a_capital() -> None:
    assert is_given_name("Siobhán")
    assert is_given_name("desmond")
    assert not is_given_name("Grace")
    assert may_be_given_name("Grace")
    assert not may_be_given_name("grace")


def test_the_words_of_wards_are_everyday_words() -> None:
    assert is_everyday("Infusion")
    assert is_everyday("chemo")
    assert not is_everyday("Okonjo")
