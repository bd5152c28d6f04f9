"""Conditions, made into tests of an analysis."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import contains
from typing import Any, TypeAlias, TypeVar

from postcheck.analysis import Analysis
from postcheck.condition import Condition, Scope
from postcheck.draft import Span
from postcheck.lexicon import Expression, Lexicon
from postcheck.need import Need, leading, listed
from postcheck.need import any_of as any_need
from postcheck.spans import SpanIndex
from postcheck.template import starts_sentence
from postcheck.tokenpattern import pattern_key

Search: TypeAlias = Callable[[Analysis], tuple[Span, ...]]
"""Everything in a draft that is looked for, in order."""

Test: TypeAlias = Callable[[Analysis, Span | None], tuple[Span, ...] | None]
"""Asks a condition about a place in a draft (`None`: the whole draft).

The answer is the evidence, which may be empty, or `None` where the condition doesn't hold.
"""

Chance: TypeAlias = Callable[[Analysis], bool]
"""Whether a condition could hold at some place in a draft, as far as that can be told quickly."""

_Compiled = TypeVar("_Compiled")

_SHORTEST_ECHO = 3
_MOST_EVIDENCE = 40
"""As many hits on each side of a place tell of it: a draft of thousands would tell the same of each."""

NEGATION = "negation"
"""The term list behind `negated`."""


@dataclass(frozen=True)
class Vocabulary:
    """What the rules of a pack refer to by name.

    `signals` holds each pack's own; `pack` is the one in which a plain name is looked up. `rules`
    holds by its id where a rule fires.
    """

    lexicon: Lexicon
    signals: Mapping[str, Mapping[str, Condition]]
    pack: str
    rules: Mapping[str, Search] = field(default_factory=dict)
    _compiled: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: Hashable, compile: Callable[[], _Compiled]) -> _Compiled:
        """What `compile` makes of a signal, made once however many rules ask for it."""
        if key not in self._compiled:
            self._compiled[key] = compile()
        made: _Compiled = self._compiled[key]
        return made

    def of(self, pack: str) -> "Vocabulary":
        """The same, as the rules of another pack see it."""
        return replace(self, pack=pack)

    def signal(self, name: str) -> tuple[Condition, "Vocabulary"]:
        """The signal `name` of this pack, or `pack/name`, and what its own names mean. Raises `KeyError`."""
        pack, _, own = name.rpartition("/")
        return self.signals[pack or self.pack][own], self.of(pack or self.pack)

    def rule_id(self, name: str) -> str:
        """The id of the rule `name` of this pack, or of `pack/name`."""
        return name if "/" in name else f"{self.pack}/{name}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to look, seen from a span: a part of the draft, or a number of words."""

    scope: Scope = "sentence"
    words_before: int | None = None
    words_after: int | None = None


def ask(condition: Condition, vocabulary: Vocabulary, within: Scope) -> Test:
    """Compile a condition. `within` is where it looks if it doesn't say."""
    return _test(condition, vocabulary, _Place(within))


def search(condition: Condition, vocabulary: Vocabulary) -> Search:
    """Everything in the draft that a condition without `all` and `none` finds."""
    if said := condition.signal:
        return vocabulary.once(("search", vocabulary.pack, said), lambda: search(*vocabulary.signal(said)))
    if condition.any:
        parts = [search(part, vocabulary) for part in condition.any]
        return lambda analysis: merged(span for part in parts for span in part(analysis))
    if condition.all or condition.none:
        holds = ask(condition, vocabulary, "draft")
        return lambda analysis: merged(holds(analysis, None) or ())
    return _leaf(condition, vocabulary)


def chance(condition: Condition, vocabulary: Vocabulary, within: Scope) -> Chance:
    """Whether a condition could hold at all. `within` is where it looks if it doesn't say."""
    return _chance(condition, vocabulary, _Place(within))


def _chance(condition: Condition, vocabulary: Vocabulary, outer: _Place) -> Chance:
    place = _place(condition, outer)
    if said := condition.signal:
        key = ("chance", vocabulary.pack, condition.signal, place)
        signal = vocabulary.once(key, lambda: _chance(*vocabulary.signal(said), place))
        return lambda analysis: analysis.once(key, lambda: signal(analysis))
    if condition.any:
        some = [_chance(part, vocabulary, place) for part in condition.any]
        return lambda analysis: any(part(analysis) for part in some)
    if condition.all:
        every = [_chance(part, vocabulary, place) for part in condition.all]
        return lambda analysis: all(part(analysis) for part in every)
    if condition.none or condition.tokens or condition.rule:
        return lambda analysis: True
    if condition.echoed:
        return lambda analysis: analysis.reply is not None
    find = _leaf(condition, vocabulary)
    if place.scope == "reply":
        return lambda analysis: analysis.reply is not None and bool(find(analysis.reply))
    return lambda analysis: bool(find(analysis))


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, without those that lie inside another."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or not kept[-1].contains(span):
            kept.append(span)
    return tuple(kept)


def _test(condition: Condition, vocabulary: Vocabulary, outer: _Place) -> Test:
    place = _place(condition, outer)
    if said := condition.signal:
        key = ("test", vocabulary.pack, said, place)
        return vocabulary.once(key, lambda: _test(*vocabulary.signal(said), place))
    if condition.any:
        return any_of([_test(part, vocabulary, place) for part in condition.any])
    if condition.all:
        return all_of([_test(part, vocabulary, place) for part in condition.all])
    if condition.none:
        found = any_of([_test(part, vocabulary, place) for part in condition.none])
        return lambda analysis, anchor: () if found(analysis, anchor) is None else None
    if condition.echoed:
        return _echoed
    if condition.negated and place == outer:
        place = _Place(words_before=4, words_after=0)
    return _at(place, _leaf(condition, vocabulary))


def _place(condition: Condition, outer: _Place) -> _Place:
    if condition.within:
        return _Place(condition.within)
    if condition.near:
        return _Place(words_before=condition.near, words_after=condition.near)
    if condition.before or condition.after:
        return _Place(words_before=condition.before or 0, words_after=condition.after or 0)
    return outer


def any_of(tests: Sequence[Test]) -> Test:
    """Whether one of the tests holds, with the evidence of the first that does."""

    def holds(analysis: Analysis, anchor: Span | None) -> tuple[Span, ...] | None:
        for each in tests:
            evidence = each(analysis, anchor)
            if evidence is not None:
                return evidence
        return None

    return holds


def all_of(tests: Sequence[Test]) -> Test:
    """Whether each of the tests holds, with the evidence of all."""

    def holds(analysis: Analysis, anchor: Span | None) -> tuple[Span, ...] | None:
        found: list[Span] = []
        for each in tests:
            evidence = each(analysis, anchor)
            if evidence is None:
                return None
            found += evidence
        return tuple(found)

    return holds


def _echoed(analysis: Analysis, anchor: Span | None) -> tuple[Span, ...] | None:
    """Whether the post that is answered says one of the anchor's words, be it as part of a handle."""
    if analysis.reply is None or anchor is None:
        return None
    reply = analysis.reply
    said = reply.once("casefolded", reply.text.casefold)
    words = [word for word in anchor.cut(analysis.text).casefold().lstrip("@").split() if len(word) >= _SHORTEST_ECHO]
    return () if any(reply.once(("said", word), partial(contains, said, word)) for word in words) else None


def _at(place: _Place, find: Search) -> Test:
    def holds(analysis: Analysis, anchor: Span | None) -> tuple[Span, ...] | None:
        if place.scope == "reply":
            # What is found there is context: its offsets say nothing in this draft.
            return () if analysis.reply is not None and find(analysis.reply) else None
        found = analysis.once(find, lambda: find(analysis))
        if anchor is not None and found:
            index = analysis.once((SpanIndex, find), lambda: SpanIndex(found))
            if place.scope == "match":
                return tuple(found[at] for at in index.touching(anchor)) or None
            found = index.beside(anchor, _window(analysis, anchor, place), _MOST_EVIDENCE)
        return found or None

    return holds


def _window(analysis: Analysis, anchor: Span, place: _Place) -> Span:
    """The part of the text that a place means, seen from `anchor`."""
    if place.words_before is not None and place.words_after is not None:
        return _words_around(analysis, anchor, place.words_before, place.words_after)
    if place.scope == "match":
        return anchor
    if place.scope == "draft" or not analysis.sentences:
        return Span(0, len(analysis.text))
    first, last = _sentences_of(analysis, anchor)
    if place.scope == "neighbours":
        first, last = max(0, first - 1), min(len(analysis.sentences) - 1, last + 1)
    return Span(analysis.sentences[first].start, analysis.sentences[last].end)


def _sentences_of(analysis: Analysis, anchor: Span) -> tuple[int, int]:
    """The indices of the first and the last sentence that the anchor touches."""
    first = max(0, bisect_right(analysis.sentences, anchor.start, key=_start) - 1)
    return first, max(first, bisect_left(analysis.sentences, anchor.end, key=_start) - 1)


def _start(span: Span) -> int:
    return span.start


def _words_around(analysis: Analysis, anchor: Span, before: int, after: int) -> Span:
    """So many words on each side, and not beyond the sentence."""
    sentence = _window(analysis, anchor, _Place("sentence"))
    words = analysis.words
    first = bisect_right(words, anchor.start, key=lambda word: word.end)
    last = bisect_left(words, anchor.end, key=_start)
    around = [*words[max(0, first - before) : first], *words[last : last + after]]
    return _hull([anchor, *(word for word in around if sentence.overlaps(word))])


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _leaf(condition: Condition, vocabulary: Vocabulary) -> Search:
    if condition.negated:
        return terms([NEGATION])
    if condition.term:
        return terms(condition.term)
    if condition.phrase:
        return phrases(condition.phrase, vocabulary)
    if condition.regex:
        return expressions(condition.regex, vocabulary)
    if condition.rule:
        return findings([vocabulary.rule_id(name) for name in condition.rule], vocabulary.rules)
    if condition.tokens:
        key = pattern_key(condition.tokens)
        return lambda analysis: analysis.token_hits.get(key, ())
    return entities(condition.entity)


def terms(names: Iterable[str]) -> Search:
    """A search for the entries of term lists."""
    lists = tuple(names)
    return _search(
        ("terms", lists),
        map(listed, lists),
        lambda analysis: merged(span for name in lists for span in analysis.reading.hits(name)),
    )


def phrases(templates: Iterable[str], vocabulary: Vocabulary) -> Search:
    """A search for phrases in the notation of `postcheck.template`."""
    lexicon, sources = vocabulary.lexicon, tuple(templates)
    known = [(starts_sentence(source), lexicon.phrase(source)) for source in sources]

    def find(analysis: Analysis) -> tuple[Span, ...]:
        return merged(
            span
            for at_start, expression in known
            for span in _matches(expression, analysis)
            if not at_start or _starts_clause(analysis, span.start)
        )

    return _search(("phrases", sources), (each.need for _, each in known), find)


def expressions(sources: Iterable[str], vocabulary: Vocabulary) -> Search:
    """A search for regular expressions."""
    lexicon = vocabulary.lexicon
    known = [lexicon.expression(source) for source in sources]
    return _search(
        ("expressions", tuple(each.key for each in known)),
        (each.need for each in known),
        lambda analysis: merged(span for each in known for span in _matches(each, analysis)),
    )


def _search(key: Hashable, needs: Iterable[Need], find: Search) -> Search:
    """A search for what has these needs: made at most once for each draft, and only if it holds a sign of one."""
    asked = leading(any_need(needs))

    def search(analysis: Analysis) -> tuple[Span, ...]:
        if asked is not None and asked.isdisjoint(analysis.reading.signs):
            return ()
        return analysis.once(key, lambda: find(analysis))

    return search


def _matches(expression: Expression, analysis: Analysis) -> tuple[Span, ...]:
    return analysis.once(expression.key, lambda: analysis.reading.search(expression))


def findings(ids: Iterable[str], rules: Mapping[str, Search]) -> Search:
    """A search for the places where rules fire."""
    asked = [*ids]

    def find(analysis: Analysis) -> tuple[Span, ...]:
        return merged(span for rule in asked for span in rules[rule](analysis))

    return find


_CLAUSE_MARKS = ":;\u2014\u2013("


def _starts_clause(analysis: Analysis, offset: int) -> bool:
    """Whether a sentence, or a clause after a colon, a semicolon or a dash, begins at `offset`."""
    sentence = analysis.sentences[_sentences_of(analysis, Span(offset, offset + 1))[0]]
    text, end = analysis.text, offset
    if analysis.once(("first word", sentence), lambda: _first_word(text, sentence)) >= offset:
        return True
    while text[end - 1].isspace():
        end -= 1
    return text[end - 1] in _CLAUSE_MARKS or text[max(sentence.start, end - 2) : end] == " -"


def _first_word(text: str, sentence: Span) -> int:
    """Where the first letter or digit of a sentence is; its end, if there is none."""
    return next((at for at in range(sentence.start, sentence.end) if text[at].isalnum()), sentence.end)


def entities(kinds: Iterable[str]) -> Search:
    """A search for detected entities of the given kinds."""
    wanted = frozenset(kinds)
    return lambda analysis: tuple(entity.span for entity in analysis.entities if entity.kind in wanted)
