"""Each kind of rule, compiled from its YAML form and run on a real analysis."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from postcheck.analysis import Opinion
from postcheck.condition import Condition
from postcheck.detectors import Detector
from postcheck.draft import Draft
from postcheck.evaluation import Vocabulary
from postcheck.finding import Severity
from postcheck.kinds import KINDS, AnyRule
from postcheck.lexicon import Lexicon, TermList
from postcheck.rule import Example, Match, Rule
from postcheck.tokenpattern import pattern_key

VOCABULARY = Vocabulary(
    Lexicon(
        {
            "pets": TermList(about="x", words=("cat", "dog")),
            "titles": TermList(about="x", words=("dr",)),
            "negation": TermList(about="x", words=("not", "never")),
        }
    ),
    {"own": {"pet": Condition(term=("pets",))}},
    pack="own",
)
COMMON = {
    "id": "a-rule",
    "severity": "warning",
    "message": "m",
    "why": "w",
    "examples": {"flagged": ["a", "b"], "clean": ["c", "d"]},
}


def rule(**said: Any) -> Rule:
    return TypeAdapter[Rule](AnyRule).validate_python(COMMON | said)


def matches(text: str, **said: Any) -> list[Match]:
    made = rule(**said)
    parts = [part for _, condition in made.conditions() for _, part in condition.parts()]
    detector = Detector(
        token_patterns={pattern_key(part.tokens): part.tokens for part in parts if part.tokens},
        lexicon=VOCABULARY.lexicon,
        entities={kind for part in parts for kind in part.entity},
    )
    analysis = next(detector.analyze([Draft(text)]))
    return list(KINDS[made.kind].compile(made, VOCABULARY)(analysis))


def words(text: str, **said: Any) -> list[str]:
    return [match.span.cut(text) for match in matches(text, **said)]


def test_phrase_finds_phrases_terms_and_expressions_each_once() -> None:
    text = "The cat bit the dog, the cat ran off at 3 pm."
    assert words(text, kind="phrase", phrases=["the cat"]) == ["The cat", "the cat"]
    assert words(text, kind="phrase", terms="pets") == ["cat", "dog", "cat"]
    assert words(text, kind="phrase", regex=[r"\d ?pm"]) == ["3 pm"]
    assert words(text, kind="phrase", phrases=["the cat"], terms="pets") == ["The cat", "dog", "the cat"]


def test_a_phrase_rule_that_looks_for_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs phrases, terms or regex"):
        rule(kind="phrase")


def test_operators_narrow_every_kind() -> None:
    text = "A cat sat. No dog came, it never does. A dog slept."
    assert words(text, kind="phrase", terms="pets", all=[{"phrase": "sat"}]) == ["cat"]
    assert words(text, kind="phrase", terms="pets", any=[{"phrase": "sat"}, {"phrase": "slept"}]) == ["cat", "dog"]
    assert words(text, kind="phrase", terms="pets", unless=[{"phrase": "no", "before": 1}]) == ["cat", "dog"]
    assert words(text, kind="phrase", terms="pets", all=[{"phrase": "cow", "within": "draft"}]) == []


def test_evidence_becomes_related_spans() -> None:
    text = "A cat sat on a mat."
    (match,) = matches(text, kind="phrase", terms="pets", all=[{"phrase": "mat"}])
    assert [span.cut(text) for span in match.related] == ["mat"]


def test_tokens_finds_dictionary_forms_and_terms() -> None:
    text = "She was petting cats, he pets the dog."
    pattern = [{"LEMMA": "pet"}, {"OP": "?"}, {"TERM": "pets"}]
    assert words(text, kind="tokens", patterns=[pattern]) == ["pets the dog"]


def test_entity_finds_what_a_detector_recognised() -> None:
    text = "Session of 219-09-1234 at 172.58.104.22, ssn given."
    assert words(text, kind="entity", entities="IP") == ["172.58.104.22"]
    assert words(text, kind="entity", entities=["IP", "SSN"]) == ["219-09-1234", "172.58.104.22"]
    assert words(text, kind="entity", entities="IP", unless=[{"phrase": "session"}]) == []


def test_a_persons_mentions_are_judged_together() -> None:
    exempt: dict[str, Any] = {"kind": "entity", "entities": "PERSON", "unless": [{"term": "titles", "before": 1}]}
    text = "Dr. Maria Lopez gave a talk. We thanked Maria Lopez. Then Robert Miller spoke."
    assert words(text, **exempt) == ["Maria Lopez", "Robert Miller"]
    assert words(text, **exempt, coreference="name") == ["Robert Miller"]
    required: dict[str, Any] = {"kind": "entity", "entities": "PERSON", "all": [{"phrase": "a talk"}]}
    assert words(text, **required, coreference="name") == ["Maria Lopez", "Maria Lopez"]


def test_require_fires_once_where_the_other_thing_is_missing() -> None:
    said: dict[str, Any] = {"kind": "require", "when": {"term": "pets"}, "must": {"phrase": "on a leash"}}
    assert words("A dog came. A cat came.", **said) == ["dog"]
    assert words("A dog came. It was on a leash.", **said) == []
    assert words("A cow came.", **said) == []


def test_combine_adds_weights_and_explains_itself() -> None:
    said: dict[str, Any] = {
        "kind": "combine",
        "about": {"term": "pets"},
        "window": "sentence",
        "signals": [
            {"name": "colour", "weight": 1, "when": {"phrase": "(red|black)"}},
            {"name": "size", "weight": 2, "when": {"phrase": "(big|small)"}},
        ],
        "thresholds": {"warning": 2, "error": 3},
    }
    assert matches("A black cat.", **said) == []
    (big,) = matches("A black cat. A big dog.", **said)
    assert (big.severity, big.reasons) == (Severity.WARNING, ("size",))
    (both,) = matches("A small cat. A big, black dog.", **said)
    assert (both.severity, both.reasons) == (Severity.ERROR, ("colour", "size"))


def test_remind_fires_once_and_only_as_info() -> None:
    assert words("A dog and a cat.", kind="remind", severity="info", when={"signal": "pet"}) == ["dog"]
    with pytest.raises(ValidationError):
        rule(kind="remind", severity="warning", when={"signal": "pet"})


def test_a_rule_concerns_only_drafts_of_its_author_channel_and_kind() -> None:
    draft = Draft("x", channel="x", in_reply_to="y")
    assert rule(kind="phrase", phrases="a", author="employee", channel="x", reply=True).concerns(draft)
    assert not rule(kind="phrase", phrases="a", author="official").concerns(draft)
    assert not rule(kind="phrase", phrases="a", channel=["threads", "blog"]).concerns(draft)
    assert not rule(kind="phrase", phrases="a", reply=False).concerns(draft)


def test_an_example_marks_exact_spans() -> None:
    example = Example(text="See [[the cat]] and [[it]].")
    text = example.draft().text
    assert text == "See the cat and it."
    assert [span.cut(text) for span in example.marked()] == ["the cat", "it"]


def learned(text: str, probability: float | None, **said: Any) -> list[Match]:
    made = rule(kind="classifier", label="respect", threshold=0.6, **said)
    analysis = next(Detector(lexicon=VOCABULARY.lexicon).analyze([Draft(text)]))
    if probability is not None:
        opinions = {"respect": Opinion(probability, analysis.sentences[-1])}
        analysis = replace(analysis, learned=lambda _: opinions)
    return list(KINDS[made.kind].compile(made, VOCABULARY)(analysis))


def test_classifier_fires_from_its_threshold_at_the_sentence_that_says_most_and_tells_the_probability() -> None:
    text = "A cat sat. A dog slept."
    (match,) = learned(text, 0.634)
    assert match.span.cut(text) == "A dog slept."
    assert match.confidence == 0.63
    assert match.reasons == ("a learned model's reading, probability 0.63",)
    assert learned(text, 0.6)
    assert not learned(text, 0.59)


def test_classifier_minds_the_operators_and_is_silent_without_a_model() -> None:
    assert not learned("A dog slept.", 0.9, unless=[{"term": "pets", "within": "match"}])
    assert not learned("A dog slept.", None)


def test_what_a_model_learned_is_never_an_error() -> None:
    with pytest.raises(ValidationError):
        rule(kind="classifier", severity="error", label="respect", threshold=0.6)
