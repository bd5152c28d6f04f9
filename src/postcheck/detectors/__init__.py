"""Detectors: everything that is found in a draft before any rule is asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from presidio_analyzer.nlp_engine import NlpArtifacts

from postcheck.analysis import Analysis, Token
from postcheck.detectors.language import DEFAULT_MODEL, components, load
from postcheck.detectors.merge import merge
from postcheck.detectors.presidio import Presidio
from postcheck.detectors.recognizers import MODEL_KINDS, registry
from postcheck.detectors.sentences import sentences
from postcheck.detectors.token_patterns import TermHits, TokenPattern, TokenPatterns, attributes
from postcheck.draft import Draft, Span
from postcheck.normalization import View, view

__all__ = ["DEFAULT_MODEL", "Detector"]

_BATCH = 128


class Detector:
    """Reads drafts: tokens, sentences, entities, and the hits of token patterns.

    `recognizers` are pattern recognizers in Presidio's YAML form, beside those that postcheck
    brings. `token_patterns` holds spaCy Matcher patterns by the key under which an analysis
    shows their hits; `term_hits` tells where the entries of a term list are, for `TERM` in
    them. `entities` are the kinds of entities that are asked for: what no rule needs isn't
    loaded. Raises `PostcheckError` for a model or a recognizer that can't be used.
    """

    def __init__(
        self,
        recognizers: Sequence[Mapping[str, Any]] = (),
        token_patterns: Mapping[str, Sequence[TokenPattern]] | None = None,
        term_hits: TermHits | None = None,
        entities: Collection[str] = (),
        model: str = DEFAULT_MODEL,
    ) -> None:
        patterns = token_patterns or {}
        self._kinds = frozenset(entities)
        asked = attributes(patterns) | ({"ENT_TYPE"} if self._kinds & MODEL_KINDS else frozenset())
        nlp = load(model, components(asked))
        self._token_patterns = TokenPatterns(nlp.vocab, patterns, term_hits or _no_terms)
        self._presidio = Presidio(nlp, registry(recognizers, self._kinds))

    def analyze(self, drafts: Iterable[Draft]) -> Iterator[Analysis]:
        """The analysis of each draft, in order; that of the post it answers is its `reply`."""
        waiting = iter(drafts)
        while batch := list(islice(waiting, _BATCH)):
            answered = [Draft(draft.in_reply_to, draft.path) for draft in batch if draft.in_reply_to]
            read = [(each, view(each)) for each in (*batch, *answered)]
            parsed = self._presidio.parse(shown.text for _, shown in read)
            analyses = [self._analysis(*each, artifacts) for each, artifacts in zip(read, parsed, strict=True)]
            replies = iter(analyses[len(batch) :])
            for analysis in analyses[: len(batch)]:
                yield replace(analysis, reply=next(replies)) if analysis.draft.in_reply_to else analysis

    def _analysis(self, draft: Draft, shown: View, artifacts: NlpArtifacts) -> Analysis:
        doc = artifacts.tokens
        parts = tuple(sentences(doc))
        found = merge(self._presidio.entities(artifacts))
        return Analysis(
            draft=draft,
            view=shown,
            tokens=tuple(
                Token(Span(t.idx, t.idx + len(t)), t.lemma_, t.pos_) for t in doc if not t.is_space
            ),
            sentences=parts,
            entities=tuple(entity for entity in found if entity.kind in self._kinds),
            token_hits=self._token_patterns.hits(doc, parts),
        )


def _no_terms(name: str, text: str) -> tuple[Span, ...]:
    return ()
