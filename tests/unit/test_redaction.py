"""What takes the place of an identifier, and that nothing of it stays."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postcheck.checker import Checker
from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError
from postcheck.finding import Severity
from postcheck.packs import Rulebook
from postcheck.redaction import Style, generalized, redacted
from postcheck.rule import Generalization

WAYS = (
    Generalization(find=r"\bon\s\[\[.*?(\d{4}).*\]\]", write=r"in \1"),
    Generalization(find=r"\[\[\d+\]\](?=\syears)", write="90+"),
    Generalization(write="that day"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was on [March 9, 2023] here.", "It was in 2023 here."),
        ("She is [97] years old.", "She is 90+ years old."),
        ("It was [March 9].", "It was that day."),
        ("[March 9] was hot.", "That day was hot."),
        ("On [March 9, 2023] it rained.", "In 2023 it rained."),
        ("[[2020]] and [x] on", "[[2020]] and that day on"),
    ],
)
def test_the_first_way_that_fits_is_taken(text: str, expected: str) -> None:
    start, end = text.rindex("["), text.rindex("]") - 1
    plain = text[:start] + text[start + 1 : end + 1] + text[end + 2 :]
    span, words = generalized(plain, Span(start, end), WAYS)
    assert plain[: span.start] + words + plain[span.end :] == expected


PIECES = [
    "Our patient Marisol Ortega",
    "Mr. Castellano, 94 years old,",
    "from Waxahachie, Texas",
    "was admitted on March 9, 2023",
    "MRN 4471823",
    "his wife Bettye",
    "in room 714",
    "call 281-555-0136",
    "Dr. Lee",
    "rang the bell",
    "and",
    "\n\n",
    ".",
    "#PrayForMarisol",
    "@marisol_fights",
    "**bold**",
    "\u200b",
    "chemo",
]


@pytest.fixture(scope="module")
def checker(book: Rulebook) -> Checker:
    return Checker(book, [rule for rule in book.rules if rule.rule.generalize])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=9), style=st.sampled_from([*Style]))
def test_no_phi_error_is_left_however_the_pieces_stand_together(
    book: Rulebook, checker: Checker, pieces: list[str], style: Style
) -> None:
    draft = Draft(" ".join(pieces))
    rules = {rule.id: rule.rule for rule in book.rules}
    safe = redacted(draft, checker, rules, style, lambda each, text: replace(each, text=text))
    assert not [f for f in checker.check([Draft(safe)]).findings if f.severity is Severity.ERROR]
    if not checker.check([draft]).findings:
        assert safe == draft.text


def test_every_phi_rule_says_what_takes_the_place_of_what_it_finds(book: Rulebook) -> None:
    assert not [rule.id for rule in book.rules if rule.category == "phi" and not rule.rule.generalize]


def test_an_identifier_that_stays_is_an_error_and_no_safe_draft(book: Rulebook, checker: Checker) -> None:
    rules = {rule.id: rule.rule for rule in book.rules}
    same = {"generalize": (Generalization(write="219-09-1234"),)}
    stubborn = rules | {"phi/ssn": rules["phi/ssn"].model_copy(update=same)}
    with pytest.raises(PostcheckError, match="can't be made safe"):
        redacted(Draft("her ssn is 219-09-1234"), checker, stubborn, Style.GENERALIZE, lambda d, t: replace(d, text=t))
