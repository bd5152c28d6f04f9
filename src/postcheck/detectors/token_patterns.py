"""Token patterns: spaCy Matcher patterns that may ask whether a token is in a term list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
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
    """All token patterns of all rules.

    A pattern matches within one sentence. `{TERM: name}` means a token inside an entry of the
    term list `name`. `annotate` adds to a doc what patterns ask of its tokens. Raises
    `PostcheckError` for a pattern that spaCy refuses.
    """

    def __init__(
        self, vocab: Vocab, patterns: Mapping[str, Sequence[TokenPattern]], annotate: Callable[[Doc], None]
    ) -> None:
        self.annotate = annotate
        self.terms = sorted({key["TERM"] for key in _keys(patterns) if "TERM" in key})
        self.matchers: dict[str, Matcher] = {}
        for name, alternatives in patterns.items():
            matcher = self.matchers[name] = Matcher(vocab)
            try:
                matcher.add(name, [[_spacy(key) for key in pattern] for pattern in alternatives])
            except (ValueError, MatchPatternError) as error:
                raise PostcheckError(Problem(f"not a token pattern: {name}", hint=_reason(error))) from None
        self.words = {name: [_words(pattern) for pattern in alternatives] for name, alternatives in patterns.items()}


class TokenHits(Mapping[str, tuple[Span, ...]]):
    """By the key of token patterns, where they match in a doc: the longest places, not overlapping, in order.

    They are looked for when they are asked for. `term_hits` tells where the entries of term lists
    are in the doc's text.
    """

    def __init__(self, patterns: TokenPatterns, doc: Doc, sentences: Sequence[Words], term_hits: TermHits) -> None:
        self._patterns = patterns
        self._doc = doc
        self._sentences = sentences
        self._term_hits = term_hits
        self._found: dict[str, tuple[Span, ...]] = {}

    def __getitem__(self, key: str) -> tuple[Span, ...]:
        if key not in self._found:
            self._found[key] = self._match(key) if self._may_match(key) else ()
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns.matchers)

    def __len__(self) -> int:
        return len(self._patterns.matchers)

    def _may_match(self, key: str) -> bool:
        """Whether the text holds the words that one of the patterns can't do without."""
        return any(all(not self._lower.isdisjoint(words) for words in pattern) for pattern in self._patterns.words[key])

    def _match(self, key: str) -> tuple[Span, ...]:
        matcher = self._patterns.matchers[key]
        matches = [match for part in self._annotated for match in matcher(part, as_spans=True)]
        return tuple(Span(match.start_char, match.end_char) for match in sorted(filter_spans(matches)))

    @cached_property
    def _lower(self) -> frozenset[str]:
        return frozenset(token.lower_ for token in self._doc)

    @cached_property
    def _annotated(self) -> Sequence[Words]:
        """The sentences, when their tokens tell all that patterns may ask."""
        self._patterns.annotate(self._doc)
        for name in self._patterns.terms:
            for span in self._term_hits(name):
                for token in self._doc.char_span(span.start, span.end, alignment_mode="expand") or ():
                    token._.terms = (*token._.terms, name)
        return self._sentences


def attributes(patterns: Mapping[str, Sequence[TokenPattern]]) -> frozenset[str]:
    """The token attributes that the patterns ask for."""
    return frozenset(attribute for key in _keys(patterns) for attribute in key)


def _keys(patterns: Mapping[str, Sequence[TokenPattern]]) -> Iterator[Mapping[str, Any]]:
    return (key for alternatives in patterns.values() for pattern in alternatives for key in pattern)


def _words(pattern: TokenPattern) -> list[frozenset[str]]:
    """The words, in lower case, of each of which a pattern needs one."""
    asked = (key.get("LOWER") for key in pattern if key.get("OP", "1") in {"1", "+"})
    listed = (word.get("IN") if isinstance(word, Mapping) else [word] for word in asked if word is not None)
    return [frozenset(words) for words in listed if words is not None]


def _spacy(key: Mapping[str, Any]) -> dict[str, Any]:
    """A token of a pattern, with `TERM` put as a question to the extension that holds the term lists."""
    plain = {attribute: value for attribute, value in key.items() if attribute != "TERM"}
    return {**plain, "_": {"terms": {"INTERSECTS": [key["TERM"]]}}} if "TERM" in key else plain


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0]
