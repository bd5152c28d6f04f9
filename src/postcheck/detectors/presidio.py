"""Presidio, with a registry of our own, over what spaCy has already parsed."""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from spacy.language import Language

from postcheck.analysis import Entity
from postcheck.draft import Span
from postcheck.errors import PostcheckError, Problem

_LANGUAGE = "en"
_THRESHOLD = 0.35
_LABELS = {"PERSON": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "LOCATION", "ORG": "ORGANIZATION"}
"""What is believed of spaCy's labels. Dates are patterns of our own: the model takes any digits for one."""

KINDS = {
    "ABA_ROUTING_NUMBER": "ACCOUNT",
    "CREDIT_CARD": "ACCOUNT",
    "EMAIL_ADDRESS": "EMAIL",
    "IBAN_CODE": "ACCOUNT",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "DEVICE",
    "MEDICAL_LICENSE": "LICENSE",
    "PHONE_NUMBER": "PHONE",
    "US_BANK_NUMBER": "ACCOUNT",
    "US_CLAIM_NUMBER": "ACCOUNT",
    "US_DRIVER_LICENSE": "LICENSE",
    "US_HEALTH_INSURANCE_MEMBER_ID": "HEALTH_PLAN_ID",
    "US_ITIN": "SSN",
    "US_MBI": "HEALTH_PLAN_ID",
    "US_NPI": "LICENSE",
    "US_PASSPORT": "LICENSE",
    "US_PRESCRIPTION_NUMBER": "ACCOUNT",
    "US_PRIOR_AUTHORIZATION_NUMBER": "ACCOUNT",
    "US_REFERRAL_NUMBER": "ACCOUNT",
    "US_SSN": "SSN",
}
"""Presidio's names of entities -> ours. A name that isn't here is ours already."""


class Presidio:
    """The analyzer: finds entities in texts, parsing each only once."""

    def __init__(self, nlp: Language, recognizers: Iterable[EntityRecognizer]) -> None:
        registry = _Registry([_surfacing(recognizer) for recognizer in recognizers])
        self._engine = AnalyzerEngine(
            registry=registry,
            nlp_engine=_engine(nlp),
            context_aware_enhancer=_Window(),
            default_score_threshold=_THRESHOLD,
        )
        self._entities = sorted({name for each in registry.recognizers for name in each.supported_entities})

    def parse(self, texts: Iterable[str]) -> Iterator[NlpArtifacts]:
        """Each text's artifacts, in batches; `artifacts.tokens` is spaCy's Doc."""
        with _strict_log():
            for _, artifacts in self._engine.nlp_engine.process_batch(list(texts), _LANGUAGE, batch_size=64):
                yield artifacts

    def entities(self, artifacts: NlpArtifacts) -> list[Entity]:
        """Everything that the recognizers find, unmerged."""
        with _strict_log():
            results = self._engine.analyze(
                artifacts.tokens.text, _LANGUAGE, entities=self._entities, nlp_artifacts=artifacts
            )
        return [_entity(result) for result in results]


class _Registry(RecognizerRegistry):  # type: ignore[misc]
    """Exactly the recognizers given, always in the same order."""

    def get_recognizers(self, *_: Any, **__: Any) -> list[EntityRecognizer]:
        return list(self.recognizers)


class _Window(ContextAwareEnhancer):  # type: ignore[misc]
    """Lifts the score of a result beside one of its recognizer's context words.

    Presidio's own looks five words back and none ahead, and counts parts of words.
    """

    def __init__(self) -> None:
        super().__init__(0.4, 0.5, context_prefix_count=6, context_suffix_count=4)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: Sequence[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        words_of = {each.id: frozenset(word.lower() for word in each.context) for each in recognizers if each.context}
        for result in raw_results:
            words = words_of.get(result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY])
            if words and not words.isdisjoint(self._around(nlp_artifacts, result)):
                lifted = max(result.score + self.context_similarity_factor, self.min_score_with_context_similarity)
                result.score = min(lifted, self.MAX_SCORE)
        return raw_results

    def _around(self, artifacts: NlpArtifacts, result: RecognizerResult) -> Iterator[str]:
        part = artifacts.tokens.char_span(result.start, result.end, alignment_mode="expand")
        words = [token for token in artifacts.tokens if token.is_alpha or token.like_num]
        before = [token for token in words if token.i < part.start][-self.context_prefix_count :]
        after = [token for token in words if token.i >= part.end][: self.context_suffix_count]
        for token in (*before, *after):
            yield token.lower_
            yield token.lemma_.lower()


def _engine(nlp: Language) -> SpacyNlpEngine:
    labels = set(nlp.get_pipe("ner").labels) if "ner" in nlp.pipe_names else set()
    configuration = NerModelConfiguration(
        model_to_presidio_entity_mapping=_LABELS, labels_to_ignore=sorted(labels - set(_LABELS))
    )
    engine = SpacyNlpEngine(ner_model_configuration=configuration)
    engine.nlp = {_LANGUAGE: nlp}
    return engine


def _surfacing(recognizer: EntityRecognizer) -> EntityRecognizer:
    """The recognizer, whose failure names it."""
    analyze = recognizer.analyze

    def surfacing(**arguments: Any) -> list[RecognizerResult]:
        try:
            return list(analyze(**arguments) or ())
        except Exception as error:
            message = f"the recognizer {recognizer.name!r} failed: {type(error).__name__}"
            raise PostcheckError(Problem(message, hint="correct or remove it; no draft is checked without it")) from error

    recognizer.analyze = surfacing
    return recognizer


@contextmanager
def _strict_log() -> Iterator[None]:
    """Keep Presidio's log silent, and make an error of what it would warn of.

    Presidio skips a pattern that takes too long and tells only its log.
    """

    def refuse(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            raise RuntimeError(record.msg)
        return False

    logger = logging.getLogger("presidio-analyzer")
    logger.addFilter(refuse)
    try:
        yield
    finally:
        logger.removeFilter(refuse)


def _entity(result: RecognizerResult) -> Entity:
    return Entity(
        kind=KINDS.get(result.entity_type, result.entity_type),
        span=Span(result.start, result.end),
        score=float(result.score),
        detector=str(result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]),
    )


def wanted(entities: Collection[str], recognizer: EntityRecognizer) -> bool:
    """Whether a recognizer finds one of our entities."""
    return any(KINDS.get(name, name) in entities for name in recognizer.supported_entities)
