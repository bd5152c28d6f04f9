"""Presidio, with a registry of our own, over what spaCy has already parsed."""

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    LocalRecognizer,
    Pattern,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from spacy.language import Language
from spacy.tokens import Token

from postcheck.analysis import Entity
from postcheck.cachefolder import Keep, keep_nothing
from postcheck.draft import Span
from postcheck.errors import PostcheckError, Problem
from postcheck.lexicon import compiled
from postcheck.need import NOTHING, Need, Signs, any_of, met, of_expression

_LANGUAGE = "en"
_BATCH = 64
_THRESHOLD = 0.4
_DOUBT = 0.6
"""What is left of the score of an organization: the model calls so whatever it doesn't know."""

_LABELS = {"PERSON": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "LOCATION", "ORG": "ORGANIZATION"}
"""What is believed of spaCy's labels. Dates are patterns of our own: the model takes any digits for one."""

KINDS = {
    "ABA_ROUTING_NUMBER": "ACCOUNT",
    "CREDIT_CARD": "ACCOUNT",
    "IBAN_CODE": "ACCOUNT",
    "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "DEVICE",
    "MEDICAL_LICENSE": "LICENSE",
    "PHONE_NUMBER": "PHONE",
    "US_MBI": "HEALTH_PLAN_ID",
    "US_SSN": "SSN",
}
"""Presidio's names of entities -> ours. A name that isn't here is ours already."""


class Presidio:
    """The analyzer: finds entities in texts, parsing each only once."""

    def __init__(self, nlp: Language, recognizers: Sequence[EntityRecognizer], keep: Keep = keep_nothing) -> None:
        self._nlp = nlp
        self._spacy = _spacy_engine(nlp)
        needs = keep("recognizer-needs", lambda: _needs(recognizers))
        self._recognizers: list[EntityRecognizer] = [_Surfacing(recognizer) for recognizer in recognizers]
        self._needs = [any_of(needs.get(source, NOTHING) for source in _sources(each)) for each in recognizers]
        self._signs = Signs(self._needs)
        self._engine = AnalyzerEngine(
            registry=_Registry(self._recognizers),
            nlp_engine=self._spacy,
            context_aware_enhancer=_Window(),
            default_score_threshold=_THRESHOLD,
        )

    def parse(self, texts: Iterable[str]) -> Iterator[NlpArtifacts]:
        """Each text's artifacts, in batches; `artifacts.tokens` is spaCy's Doc."""
        for parsed in self._spacy.process_batch([*texts], _LANGUAGE, batch_size=_BATCH):
            yield parsed[1]

    def tokenize(self, text: str) -> NlpArtifacts:
        """The artifacts of a text that the model isn't asked about."""
        doc = self._nlp.make_doc(text)
        places, words = [token.idx for token in doc], [token.lower_ for token in doc]
        return NlpArtifacts([], doc, places, words, self._spacy, _LANGUAGE)

    def entities(self, artifacts: NlpArtifacts, kinds: Collection[str] = ()) -> list[Entity]:
        """Everything that the recognizers find of `kinds` (without any: of all kinds), unmerged.

        Raises `PostcheckError`, naming the recognizer, if one fails.
        """
        text = artifacts.tokens.text
        chosen = [*self._promising(text, kinds)]
        asked = sorted({name for each in chosen for name in each.supported_entities})
        if not asked:
            return []
        with _strict_log():
            results = self._engine.analyze(
                text, _LANGUAGE, entities=asked, ad_hoc_recognizers=chosen, nlp_artifacts=artifacts
            )
        return [_entity(result) for result in results]

    def _promising(self, text: str, kinds: Collection[str]) -> Iterator[EntityRecognizer]:
        """The recognizers of `kinds` that could find something in a text."""
        signs = frozenset(self._signs.of(text))
        matches = cache(lambda expression: compiled(expression).search(text) is not None)
        for recognizer, need in zip(self._recognizers, self._needs, strict=True):
            wanted = not kinds or any(KINDS.get(name, name) in kinds for name in recognizer.supported_entities)
            if wanted and met(need, signs, matches):
                yield recognizer


def _sources(recognizer: EntityRecognizer) -> list[str]:
    """The expressions that a recognizer looks for; one that matches anything, if it looks for something else."""
    patterns: Sequence[Pattern] = getattr(recognizer, "patterns", ())
    return [each.regex for each in patterns] or [""]


def _needs(recognizers: Iterable[EntityRecognizer]) -> dict[str, Need]:
    """What a text must hold for each of the expressions of recognizers."""
    return {source: of_expression(source) for each in recognizers for source in _sources(each)}


class _Registry(RecognizerRegistry):
    """Exactly the recognizers that are named for a text, always in the same order."""

    def get_recognizers(
        self,
        language: str,
        entities: list[str] | None = None,
        all_fields: bool = False,
        ad_hoc_recognizers: list[EntityRecognizer] | None = None,
    ) -> list[EntityRecognizer]:
        return ad_hoc_recognizers or []


class _Surfacing(LocalRecognizer):
    """Another recognizer, whose failure names it."""

    def __init__(self, inner: EntityRecognizer) -> None:
        name = str(inner.to_dict()["name"])
        super().__init__(supported_entities=inner.supported_entities, name=name, context=inner.context)
        self._id = inner.id
        self._inner = inner
        self._failure = f"the recognizer {name!r} failed"

    def load(self) -> None:
        """Nothing to load: the other recognizer has."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        try:
            return list(self._inner.analyze(text, entities, nlp_artifacts) or ())
        except Exception as error:
            message = f"{self._failure}: {type(error).__name__}"
            raise PostcheckError(
                Problem(message, hint="correct or remove it; nothing is checked without it")
            ) from error


class _Window(ContextAwareEnhancer):
    """Lifts the score of a result beside one of its recognizer's context words.

    Presidio's own looks five words back and none ahead, and counts parts of words.
    """

    def __init__(self) -> None:
        super().__init__(0.4, 0.5, context_prefix_count=8, context_suffix_count=6)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: Sequence[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        words_of = {each.id: frozenset(word.lower() for word in each.context) for each in recognizers if each.context}
        tokens = [token for token in nlp_artifacts.tokens if not token.is_punct and not token.is_space]
        for result in raw_results:
            words = words_of.get(result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY])
            if words and not words.isdisjoint(self._around(tokens, result)):
                lifted = max(result.score + self.context_similarity_factor, self.min_score_with_context_similarity)
                result.score = min(lifted, self.MAX_SCORE)
        return raw_results

    def _around(self, tokens: Sequence[Token], result: RecognizerResult) -> Iterator[str]:
        first = bisect_right(tokens, result.start, key=lambda token: token.idx + len(token))
        last = bisect_left(tokens, result.end, key=lambda token: token.idx)
        before = tokens[max(0, first - self.context_prefix_count) : first]
        after = tokens[last : last + self.context_suffix_count]
        return (token.lower_ for token in (*before, *after))


def _spacy_engine(nlp: Language) -> SpacyNlpEngine:
    labels = {*nlp.pipe_labels.get("ner", ())}
    configuration = NerModelConfiguration(
        model_to_presidio_entity_mapping=_LABELS,
        labels_to_ignore=sorted(labels - {*_LABELS}),
        low_score_entity_names={"ORGANIZATION"},
        low_confidence_score_multiplier=_DOUBT,
    )
    engine = SpacyNlpEngine(ner_model_configuration=configuration)
    vars(engine)["nlp"] = {_LANGUAGE: nlp}
    return engine


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
