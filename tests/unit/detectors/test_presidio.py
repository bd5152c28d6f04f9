"""Presidio under our rules: it is silent, and it skips nothing."""

import logging
from typing import Any

import presidio_analyzer.pattern_recognizer
import pytest
from presidio_analyzer import EntityRecognizer, LocalRecognizer, Pattern, PatternRecognizer
from spacy.language import Language

from postcheck.detectors.language import DEFAULT_MODEL, load
from postcheck.detectors.presidio import Presidio
from postcheck.errors import PostcheckError


class Failing(LocalRecognizer):
    """A recognizer with a fault."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["MRN"], name="record number of the site")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, *_: Any, **__: Any) -> list[Any]:
        raise IndexError(text)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(DEFAULT_MODEL, ())


def entities(nlp: Language, recognizer: EntityRecognizer, text: str) -> list[tuple[str, str, float]]:
    presidio = Presidio(nlp, [recognizer])
    (artifacts,) = presidio.parse([text])
    return [(each.kind, each.span.cut(text), each.score) for each in presidio.entities(artifacts)]


def numbers(score: float = 0.6, **more: Any) -> PatternRecognizer:
    return PatternRecognizer("MRN", patterns=[Pattern("digits", r"\d+", score)], **more)


def test_a_failing_recognizer_stops_the_check_and_is_named(nlp: Language) -> None:
    with pytest.raises(PostcheckError, match="record number of the site") as raised:
        entities(nlp, Failing(), "secret words")
    assert "secret" not in str(raised.value)


def test_a_pattern_that_takes_too_long_is_not_skipped(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presidio_analyzer.pattern_recognizer, "REGEX_TIMEOUT_SECONDS", 0.001)
    slow = PatternRecognizer("MRN", name="slow", patterns=[Pattern("slow", r"(?:x+x+)+y", 0.5)])
    with pytest.raises(PostcheckError, match="'slow' failed"):
        entities(nlp, slow, "x" * 5000 + " y")


def test_a_recognizer_isnt_asked_about_a_text_that_its_expressions_cant_match(nlp: Language) -> None:
    asked: list[str] = []

    class Counting(PatternRecognizer):
        def analyze(self, text: str, *given: Any, **named: Any) -> list[Any]:
            asked.append(text)
            return super().analyze(text, *given, **named)

    recognizer = Counting("MRN", patterns=[Pattern("labelled", r"\bmrn\s\d+", 0.6), Pattern("case", r"case\s\w+", 0.6)])
    found = [entities(nlp, recognizer, text) for text in ("MRN please", "no. 12", "MRN 12", "Case closed")]
    assert asked == ["MRN 12", "Case closed"]
    assert [len(each) for each in found] == [0, 0, 1, 1]


def test_nothing_of_a_draft_is_logged(nlp: Language, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        entities(nlp, numbers(context=["chart"]), "marmalade chart 4711")
    assert "marmalade" not in caplog.text
    assert "4711" not in caplog.text


def test_a_context_word_lifts_the_score_from_either_side(nlp: Language) -> None:
    recognizer = numbers(0.1, context=["chart"])
    assert entities(nlp, recognizer, "chart 4711") == [("MRN", "4711", 0.5)]
    assert entities(nlp, recognizer, "4711, says the chart") == [("MRN", "4711", 0.5)]


def test_a_context_word_far_away_or_within_another_lifts_nothing(nlp: Language) -> None:
    recognizer = numbers(0.1, context=["chart"])
    assert entities(nlp, recognizer, "charter 4711") == []
    assert entities(nlp, recognizer, "4711 one two three four five six chart") == []


def test_presidios_names_become_ours(nlp: Language) -> None:
    recognizer = PatternRecognizer("US_SSN", patterns=[Pattern("digits", r"\d+", 0.6)])
    assert entities(nlp, recognizer, "12") == [("SSN", "12", 0.6)]
