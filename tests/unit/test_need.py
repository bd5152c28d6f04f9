"""A need is necessary: whatever an expression matches meets it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.lexicon import Lexicon, Reading, TermList
from postcheck.need import LIST_NAME, NOTHING, AllOf, AnyOf, Listed, Need, Piece, met, of_expression
from postcheck.packs import load

LISTS = Lexicon({"drug": TermList(about="x", words=("aspirin", "vitamin d")), "none": TermList(about="x")})
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
        assert met(need(source), _Everywhere(text))


class _Everywhere(Reading):
    """A text in which entries may stand inside words, as the expression of the test has them."""

    def __init__(self, text: str) -> None:
        super().__init__(LISTS, text)

    def holds(self, name: str) -> bool:
        return re.search(TERM, self._text, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("take (?:it|them) now", AllOf(("take ", " now", AnyOf(("it", "them"))))),
        ("stop|quit(?:ting)?", AnyOf(("stop", "quit"))),
        ("(?:stop)? now", " now"),
        ("(?:stop|x*)", NOTHING),
        ("(?!not)so", "so"),
        ("{drug}", Listed("drug")),
        ("take {drug} (?:with|without) food", AllOf((" food", "take ", Listed("drug"), " with"))),
        ("\\p{Lu}stop", "stop"),
        ("(?<=a*)b\\K", NOTHING),
    ],
)
def test_the_need_of_an_expression(source: str, expected: Need) -> None:
    assert {each for each in _parts(need(source)) if not isinstance(each, Piece)} == {*_parts(expected)}


def _parts(of: Need) -> tuple[Need, ...]:
    return of.needs if isinstance(of, AllOf) else (of,)


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
    for source in lexicon.needs:
        if not LIST_NAME.search(source):
            missed = [r for r in readings if not met(lexicon.need(source), r) and r.matches(source)]
            assert not missed, source
