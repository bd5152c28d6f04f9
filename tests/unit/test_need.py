"""A need is necessary: whatever an expression matches meets it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.need import LIST_NAME, NOTHING, AllOf, AnyOf, Need, Piece, folded, leading, met, of_expression, signs_in
from postcheck.packs import load

TERM = "(?:aspirin|vitamin d)"
BOOK = load()


def need(source: str) -> Need:
    return of_expression(source)


PARTS = st.recursive(
    st.sampled_from(
        [
            "take",
            "Don't",
            "\N{LATIN SMALL LETTER LONG S}top",
            "{drug}",
            "[ab]",
            "\\d+",
            "\\s",
            "x?",
            "\\b",
            "(?=t)",
            "(?<!q)",
            ".",
            "İ",
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: f"(?:{'|'.join(options)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "??"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        inner.map(lambda part: f"({part})"),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
    ),
    max_leaves=8,
)


@given(PARTS, st.data())
@settings(max_examples=300)
def test_whatever_an_expression_matches_meets_its_need(source: str, data: st.DataObject) -> None:
    filled = re.compile(source.replace("{drug}", TERM), re.IGNORECASE | re.MULTILINE)
    text = data.draw(st.one_of(st.text("takeDon't\N{LATIN SMALL LETTER LONG S}opabx1 .İ\n"), st.from_regex(filled)))
    if filled.search(text):
        needed = need(source)
        signs = {sign for sign in signs_in(needed) if sign in folded(text)}
        if re.search(TERM, text, re.IGNORECASE):  # entries may stand inside words here
            signs.add("{drug}")
        assert met(needed, signs, lambda expression: bool(re.search(expression, text, re.IGNORECASE | re.MULTILINE)))
        led = leading(needed)
        assert led is None or not led.isdisjoint(signs)


def one_of(*signs: str) -> AnyOf:
    return AnyOf(frozenset(signs))


def all_of(*signs: str, needs: tuple[Need, ...] = ()) -> AllOf:
    return AllOf(frozenset(signs), needs)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("take (?:it|them) now", all_of("take ", " now", needs=(one_of("it", "them"),))),
        ("stop|quit(?:ting)?", one_of("stop", "quit")),
        ("(?:stop)? now", all_of(" now")),
        ("(?:stop|x*)", NOTHING),
        ("(?!not)so", all_of("so")),
        ("{drug}", all_of("{drug}")),
        ("take {drug} (?:with|without) food", all_of(" food", "take ", "{drug}", " with")),
        ("\\p{Lu}stop", all_of("stop")),
        ("(?<=a*)b\\Kc", all_of("bc")),
        ("(?<name>x)(", NOTHING),
    ],
)
def test_the_need_of_an_expression(source: str, expected: Need) -> None:
    found = need(source)
    if isinstance(found, AllOf):
        found = AllOf(found.signs, tuple(each for each in found.needs if not isinstance(each, Piece)))
    assert found == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("no (?:tamoxifen|aspirin)", {"tamoxifen", "aspirin"}),
        ("stopping {drug} (?:tamoxifen)?", {"stopping "}),
        ("stop|{drug}", {"stop", "{drug}"}),
        ("\\d+", None),
    ],
)
def test_what_leads_to_an_expression_is_what_tells_most(source: str, expected: set[str] | None) -> None:
    assert leading(need(source)) == expected


def test_what_stands_between_lists_has_to_match_by_itself() -> None:
    found = need("\\b(?:take|try)\\s{drug}(?:\\s[a-z]+){0,2}\\sbefore\\s(?:{drug}|bed)")
    assert isinstance(found, AllOf)
    pieces = [each.expression for each in found.needs if isinstance(each, Piece)]
    assert pieces == ["\\b(?:take|try)\\s", "(?:\\s[a-z]+){0,2}\\sbefore\\s"]


def test_every_expression_that_ships_and_matches_an_example_meets_its_need_there() -> None:
    examples = [each for rule in BOOK.rules for each in (*rule.rule.examples.flagged, *rule.rule.examples.clean)]
    texts = [example.text.replace("[[", "").replace("]]", "") for example in examples]
    lexicon = BOOK.vocabulary.lexicon
    readings = [lexicon.read(text) for text in texts]
    for source in (*lexicon.expressions, *(pattern for terms in lexicon.lists.values() for pattern in terms.patterns)):
        if not LIST_NAME.search(source):
            assert all(met(lexicon.need(source), each.signs, each.matches) for each in readings if each.matches(source))
