"""All detectors together: from drafts to analyses."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import partial
from itertools import islice

from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.tokens import Doc

from postcheck.analysis import Analysis, Entity, Token
from postcheck.cachefolder import Keep, keep_nothing
from postcheck.detectors.classifier import Classifier
from postcheck.detectors.disguises import undisguised
from postcheck.detectors.language import DEFAULT_MODEL, annotate, components, load
from postcheck.detectors.presidio import Presidio
from postcheck.detectors.recognizers import NameModel, registry
from postcheck.detectors.recognizers.model import MODEL_KINDS
from postcheck.detectors.resolve import GIVEN_NAME, REGION, SURNAME, THING, resolve
from postcheck.detectors.second_reading import READ_AGAIN, second_reading
from postcheck.detectors.sentences import sentences
from postcheck.detectors.token_patterns import TokenHits, TokenPattern, TokenPatterns, attributes
from postcheck.detectors.words import is_given_name
from postcheck.draft import Draft, Span
from postcheck.lexicon import Lexicon, Reading
from postcheck.normalization import View, view
from postcheck.recognizer import Definition

_BATCH = 128
_CERTAIN = 1.0
_GUESS = 0.4
_SECOND_THOUGHT = {"PERSON": 0.6, "ORGANIZATION": _CERTAIN, THING: _CERTAIN, REGION: _CERTAIN}


class Detector:
    """Reads drafts: tokens, sentences, entities, and the hits of token patterns.

    `recognizers` are pattern recognizers as data, beside those that are
    code. `token_patterns` holds spaCy Matcher patterns by the key under which an analysis
    shows their hits; `lexicon` holds the term lists. `entities` are the kinds of
    entities that are asked for: what no rule needs isn't loaded. `no_names` are term lists,
    of drugs or the institution's own names, whose entries are
    no person and no place; `names` is a further model for those who are. `classifier` is the learned
    model that rules may ask. `keep` keeps the compiled expressions. Raises `PostcheckError` for a model that can't
    be used, and for token patterns that spaCy refuses.
    """

    def __init__(
        self,
        recognizers: Sequence[Definition] = (),
        token_patterns: Mapping[str, Sequence[TokenPattern]] | None = None,
        lexicon: Lexicon | None = None,
        entities: Collection[str] = (),
        model: str = DEFAULT_MODEL,
        no_names: Sequence[str] = (),
        names: NameModel | None = None,
        classifier: Classifier | None = None,
        keep: Keep = keep_nothing,
    ) -> None:
        patterns = token_patterns or {}
        self._kinds = frozenset(entities)
        asked = attributes(patterns) | ({"ENT_TYPE"} if self._kinds & MODEL_KINDS else frozenset())
        nlp = load(model, components(asked))
        self._learned = classifier.opinions if classifier else None
        self._lexicon = lexicon or Lexicon({})
        self._no_names = tuple(no_names)
        self._annotate = partial(annotate, nlp)
        self._token_patterns = TokenPatterns(nlp.vocab, patterns, self._annotate)
        self._presidio = Presidio(nlp, registry(recognizers, names, keep), keep)

    def unlearned(self) -> "Detector":
        """The same detector, without a learned model."""
        other = copy(self)
        other._learned = None
        return other

    def analyze(self, drafts: Iterable[Draft]) -> Iterator[Analysis]:
        """The analysis of each draft, in order; that of the post it answers is its `reply`."""
        waiting = iter(drafts)
        while batch := list(islice(waiting, _BATCH)):
            answered = [Draft(draft.in_reply_to, draft.path) for draft in batch if draft.in_reply_to]
            analyses = [*self._analyses([*batch, *answered])]
            replies = iter(analyses[len(batch) :])
            for analysis in analyses[: len(batch)]:
                yield replace(analysis, reply=next(replies)) if analysis.draft.in_reply_to else analysis

    def _analyses(self, drafts: Sequence[Draft]) -> Iterator[Analysis]:
        views = [undisguised(view(draft)) for draft in drafts]
        again = [second_reading(shown.text) if self._kinds & MODEL_KINDS else None for shown in views]
        first = self._presidio.parse(shown.text for shown in views)
        for draft, shown, reading, artifacts in zip(drafts, views, again, first, strict=True):
            words = self._lexicon.read(shown.text)
            found = self._entities(artifacts, shown.text, reading, words) if self._kinds else []
            yield self._analysis(draft, shown, artifacts.tokens, found, words)

    def _entities(self, artifacts: NlpArtifacts, text: str, reading: View | None, words: Reading) -> list[Entity]:
        found = [*self._presidio.entities(artifacts), *self._things(words)]
        if reading:
            seen = self._presidio.entities(self._presidio.tokenize(reading.text), READ_AGAIN)
            found += _seen_so(seen, reading, text)
        return found

    def _things(self, words: Reading) -> Iterator[Entity]:
        for name in self._no_names:
            for span in words.hits(name):
                yield Entity(THING, span, _CERTAIN, name)

    def _analysis(self, draft: Draft, shown: View, doc: Doc, found: Iterable[Entity], words: Reading) -> Analysis:
        parts = [*sentences(doc)]
        return Analysis(
            draft=draft,
            view=shown,
            tokens=tuple(Span(token.idx, token.idx + len(token)) for token in doc if not token.is_space),
            sentences=tuple(Span(part.start_char, part.end_char) for part in parts),
            entities=tuple(entity for entity in resolve(found) if entity.kind in self._kinds),
            reading=words,
            token_hits=TokenHits(self._token_patterns, doc, parts, words.hits),
            tagged=partial(self._tagged, doc),
            learned=self._learned,
        )

    def _tagged(self, doc: Doc) -> tuple[Token, ...]:
        self._annotate(doc)
        return tuple(Token(Span(t.idx, t.idx + len(t)), t.lemma_, t.pos_) for t in doc if not t.is_space)


def _seen_so(found: Iterable[Entity], reading: View, text: str) -> Iterator[Entity]:
    """What a second reading finds and the first could not see so, as places in `text`."""
    for entity in found:
        span = reading.to_source(entity.span)
        if _with_edges(entity.span, reading.text) != _with_edges(span, text):
            limit = _GUESS if _guessed(entity, span.cut(text)) else _SECOND_THOUGHT[entity.kind]
            yield replace(entity, span=span, score=min(entity.score, limit))


def _guessed(entity: Entity, written: str) -> bool:
    """Whether nothing but a list speaks for a name that is written in lower case."""
    return entity.detector in {GIVEN_NAME, SURNAME} and written.islower() and not is_given_name(written.split()[0])


def _with_edges(span: Span, text: str) -> str:
    return text[max(0, span.start - 1) : span.end + 1]
