"""Token patterns: spaCy Matcher patterns that may ask whether a token is in a term list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from spacy.errors import MatchPatternError
from spacy.matcher import Matcher
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words
from spacy.util import filter_spans
from spacy.vocab import Vocab

from postcheck.draft import Span
from postcheck.errors import PostcheckError, Problem

TermHits: TypeAlias = Callable[[str], Sequence[Span]]
"""Where the entries of a term list, by its name, are in a text that has been read for all lists."""

TokenPattern: TypeAlias = Sequence[Mapping[str, Any]]
"""One pattern, as spaCy's Matcher wants it, in which `{TERM: name}` asks for a term list."""

if not Token.has_extension("terms"):
    Token.set_extension("terms", default=())


class TokenPatterns:
    """All token patterns of all rules, in one Matcher.

    A pattern matches within one sentence. `{TERM: name}` means a token inside an entry of the
    term list `name`. Raises `PostcheckError` for a pattern that spaCy refuses.
    """

    def __init__(self, vocab: Vocab, patterns: Mapping[str, Sequence[TokenPattern]]) -> None:
        self._matcher = Matcher(vocab)
        self._terms = sorted({key["TERM"] for key in _keys(patterns) if "TERM" in key})
        for name, alternatives in patterns.items():
            try:
                self._matcher.add(name, [[_spacy(key) for key in pattern] for pattern in alternatives])
            except (ValueError, MatchPatternError) as error:
                raise PostcheckError(Problem(f"not a token pattern: {name}", hint=_reason(error))) from error

    def hits(self, doc: Doc, sentences: Iterable[Words], term_hits: TermHits) -> dict[str, tuple[Span, ...]]:
        """By the key of the patterns, where they match: the longest places, not overlapping, in order.

        `term_hits` tells where the entries of term lists are in the doc's text.
        """
        if not len(self._matcher):
            return {}
        self._mark_terms(doc, term_hits)
        found: dict[str, list[Words]] = {}
        for sentence in sentences:
            for match in self._matcher(sentence, as_spans=True):
                found.setdefault(match.label_, []).append(match)
        return {
            key: tuple(Span(match.start_char, match.end_char) for match in sorted(filter_spans(matches)))
            for key, matches in found.items()
        }

    def _mark_terms(self, doc: Doc, term_hits: TermHits) -> None:
        for name in self._terms:
            for span in term_hits(name):
                for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ():
                    token._.terms = (*token._.terms, name)


def attributes(patterns: Mapping[str, Sequence[TokenPattern]]) -> frozenset[str]:
    """The token attributes that the patterns ask for."""
    return frozenset(attribute for key in _keys(patterns) for attribute in key)


def _keys(patterns: Mapping[str, Sequence[TokenPattern]]) -> Iterator[Mapping[str, Any]]:
    return (key for alternatives in patterns.values() for pattern in alternatives for key in pattern)


def _spacy(key: Mapping[str, Any]) -> dict[str, Any]:
    """A token of a pattern, with `TERM` put as a question to the extension that holds the term lists."""
    plain = {attribute: value for attribute, value in key.items() if attribute != "TERM"}
    return {**plain, "_": {"terms": {"INTERSECTS": [key["TERM"]]}}} if "TERM" in key else plain


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0]
