from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from postcheck.analysis import Analysis
from postcheck.condition import Condition
from postcheck.detectors import Detector
from postcheck.draft import Draft, Span
from postcheck.evaluation import Vocabulary, ask, search
from postcheck.lexicon import Lexicon, TermList
from tests.conftest import Analyse

TEXT = "Dr. Mai Tran spoke. The red cat sat on the old mat, twice. Nobody saw a dog there. It rained."
VOCABULARY = Vocabulary(
    Lexicon(
        {
            "animals": TermList(about="x", words=("cat", "dog", "horse")),
            "negation": TermList(about="x", words=("not", "never", "nobody")),
        }
    ),
    {
        "own": {"animal": Condition(term=("animals",)), "rainy": Condition(signal="other/wet")},
        "other": {"wet": Condition(signal="water"), "water": Condition(phrase=("rained",), within="draft")},
    },
    pack="own",
)


@pytest.fixture
def analyse(shipped_detector: Detector) -> Analyse:
    """The analysis of a text, read with the lists of these tests."""

    def with_lists(analysis: Analysis) -> Analysis:
        reply = with_lists(analysis.reply) if analysis.reply else None
        return replace(analysis, reading=VOCABULARY.lexicon.read(analysis.text), reply=reply)

    return lambda text, **fields: with_lists(next(shipped_detector.analyze([Draft(text, **fields)])))


def condition(**said: Any) -> Condition:
    return Condition.model_validate(said)


def holds(analyse: Analyse, anchor: str, text: str = TEXT, reply: str | None = None, **said: Any) -> bool:
    analysis = analyse(text, in_reply_to=reply) if reply else analyse(text)
    start = analysis.text.index(anchor)
    test = ask(condition(**said), VOCABULARY, "sentence")
    return test(analysis, Span(start, start + len(anchor))) is not None


@pytest.mark.parametrize(
    ("anchor", "said", "expected"),
    [
        ("mat", {"term": "animals"}, True),
        ("Tran", {"term": "animals"}, False),
        ("Tran", {"term": "animals", "within": "neighbours"}, True),
        ("rained", {"phrase": "cat"}, False),
        ("rained", {"phrase": "cat", "within": "draft"}, True),
        ("cat", {"term": "animals"}, False),
        ("cat", {"term": "animals", "within": "match"}, True),
        ("sat", {"phrase": "cat", "before": 1}, True),
        ("sat", {"phrase": "cat", "after": 3}, False),
        ("sat", {"phrase": "red", "before": 1}, False),
        ("sat", {"phrase": "red", "near": 2}, True),
        ("sat", {"phrase": "old", "near": 3}, True),
        ("The", {"phrase": "spoke", "before": 3}, False),
        ("sat", {"signal": "animal"}, True),
        ("Tran", {"signal": "animal"}, False),
        ("Tran", {"signal": "animal", "within": "neighbours"}, True),
        ("Tran", {"signal": "other/wet"}, True),
        ("Tran", {"signal": "rainy"}, True),
        ("sat", {"all": [{"phrase": "cat"}, {"phrase": "mat"}]}, True),
        ("sat", {"all": [{"phrase": "cat"}, {"phrase": "dog"}]}, False),
        ("sat", {"all": [{"phrase": "cat"}, {"phrase": "dog", "within": "draft"}]}, True),
        ("sat", {"any": [{"phrase": "horse"}, {"phrase": "dog"}], "within": "neighbours"}, True),
        ("sat", {"none": [{"phrase": "horse"}, {"phrase": "dog"}]}, True),
        ("sat", {"none": [{"phrase": "horse"}, {"phrase": "cat"}]}, False),
        ("dog", {"negated": True}, True),
        ("cat", {"negated": True}, False),
        ("sat", {"regex": r"c[aeiou]t"}, True),
        ("spoke", {"entity": "PERSON"}, True),
        ("sat", {"entity": "PERSON"}, False),
    ],
)
def test_a_condition_looks_where_it_says(analyse: Analyse, anchor: str, said: dict[str, Any], expected: bool) -> None:
    assert holds(analyse, anchor, **said) is expected


def test_within_reply_asks_the_post_that_is_answered(analyse: Analyse) -> None:
    assert holds(analyse, "sat", reply="My dog is ill.", term="animals", within="reply")
    assert not holds(analyse, "sat", reply="My son is ill.", term="animals", within="reply")
    assert not holds(analyse, "sat", term="animals", within="reply")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Stop it now.", True),
        ("Well. Stop it now.", True),
        ("\n- Stop it now", True),
        ("One thing: stop it now", True),
        ("My advice - stop it now", True),
        ("You should stop it now", False),
    ],
)
def test_a_caret_finds_the_start_of_a_sentence_or_clause(analyse: Analyse, text: str, starts: bool) -> None:
    analysis = analyse(text)
    assert bool(search(condition(phrase="^ stop it"), VOCABULARY)(analysis)) is starts


def test_evidence_is_where_the_condition_was_found(analyse: Analyse) -> None:
    analysis = analyse(TEXT)
    found = ask(condition(term="animals"), VOCABULARY, "draft")(analysis, None)
    assert found is not None
    assert [span.cut(analysis.text) for span in found] == ["cat", "dog"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"within": "draft"},
        {"term": "a", "phrase": "b"},
        {"term": "a", "within": "draft", "near": 2},
        {"term": "a", "within": "page"},
        {"term": "a", "near": 0},
        {"words": "a"},
    ],
)
def test_a_condition_that_says_too_little_or_too_much_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        condition(**said)


@pytest.mark.parametrize(
    ("reply", "anchor", "expected"),
    [
        ("@mai_tran_88: done with chemo!", "Mai Tran", True),
        ("Mr. TRAN said so", "Mai Tran", True),
        ("A dog was there", "Mai Tran", False),
        (None, "Mai Tran", False),
    ],
)
def test_echoed_asks_whether_the_answered_post_says_a_word_of_the_match(
    analyse: Analyse, reply: str | None, anchor: str, expected: bool
) -> None:
    assert holds(analyse, anchor, reply=reply, echoed=True) is expected


def test_rule_asks_where_another_rule_fires(analyse: Analyse) -> None:
    analysis = analyse(TEXT)
    cat = Span(TEXT.index("cat"), TEXT.index("cat") + 3)
    vocabulary = replace(VOCABULARY, rules={"own/cats": lambda _: (cat,), "other/none": lambda _: ()})
    mat = Span(TEXT.index("mat"), TEXT.index("mat") + 3)
    asked = {name: ask(condition(rule=name), vocabulary, "sentence") for name in ("cats", "own/cats", "other/none")}
    assert {name: test(analysis, mat) for name, test in asked.items()} == {
        "cats": (cat,),
        "own/cats": (cat,),
        "other/none": None,
    }
