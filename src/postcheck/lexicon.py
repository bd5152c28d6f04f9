"""The vocabularies that rules share, and the search for their entries in a text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import TypeAlias

import regex

from postcheck.cachefolder import Keep, keep_nothing
from postcheck.draft import Span
from postcheck.model import Model
from postcheck.need import LIST_NAME, NOTHING, Need, Signs, is_place, met, of_expression
from postcheck.template import TemplateError, parse

Pattern: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"

_LONG = 20_000
"""Code points of a text that is too long to look for pieces of expressions."""

_LONGEST = 5000
"""Characters that an expression may have: how long it takes to prove what it costs grows with their square."""

_MOST_PLACES = 100
"""So many places in a text are told one by one."""

_START = re.compile(r"(?<!\w)\S")
_END = re.compile(r"\S(?!\w)")


class TermList(Model):
    """A named vocabulary, e.g. the drugs.

    `words` match in any case, `cased` only as written, both as whole words and in the
    notation of `postcheck.template` without gaps and lists. `patterns` are regular
    expressions. `include` adds the entries of other lists.
    """

    about: str
    source: str = ""
    words: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    include: tuple[str, ...] = ()


class TermFile(Model):
    """A file in `rules/terms/`: several vocabularies on one topic."""

    terms: dict[str, TermList]


@dataclass(frozen=True, slots=True)
class Expression:
    """Something to look for. `source` gives the regular expression, from those of the lists that it names.

    `filled` tells whether it names any, so that it's another one for each text. Only a text that
    meets its `need` has to be searched.
    """

    key: str
    need: Need
    filled: bool
    source: Callable[[Callable[[str], str]], str] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Lexicon:
    """All vocabularies, and the phrases and expressions that rules will look for. `keep` keeps what is made of them."""

    lists: Mapping[str, TermList]
    phrases: Iterable[str] = field(default=(), repr=False)
    expressions: Iterable[str] = field(default=(), repr=False)
    keep: Keep = field(default=keep_nothing, repr=False, compare=False)

    def problems(self) -> Iterator[tuple[tuple[str, str, int], str]]:
        """What is wrong with the lists, as (path of the entry, message)."""
        for name, terms in self.lists.items():
            for key, entries in (("words", terms.words), ("cased", terms.cased)):
                for index, entry in enumerate(entries):
                    try:
                        _strings(entry)
                    except TemplateError as error:
                        yield (name, key, index), str(error)
            for index, entry in enumerate(terms.patterns):
                if message := _expression_problem(entry):
                    yield (name, "patterns", index), message
            for index, other in enumerate(terms.include):
                if other not in self.lists:
                    yield (name, "include", index), f'there is no term list "{other}"'
                elif name in self.included(other):
                    yield (name, "include", index), f'"{other}" includes "{name}" in turn'

    def read(self, text: str) -> "Reading":
        """What the vocabularies find in a text."""
        return Reading(self, text)

    def phrase(self, template: str) -> Expression:
        """What finds the words that a template stands for (see `postcheck.template`)."""
        need, filled = self.needs.get(template, NOTHING), LIST_NAME.search(template) is not None
        return Expression(template, need, filled, lambda fragment: parse(template).pattern(fragment))

    def expression(self, source: str) -> Expression:
        """What finds the regular expression `source`, in which `{name}` stands for an entry of a list."""

        def with_lists(fragment: Callable[[str], str]) -> str:
            return LIST_NAME.sub(lambda match: fragment(match[1]), source)

        return Expression(f"/{source}/", self.need(source), LIST_NAME.search(source) is not None, with_lists)

    def need(self, source: str) -> Need:
        """What a text must hold for a regular expression to match: nothing, if it isn't among those to look for."""
        return self.needs.get(f"/{source}/", NOTHING)

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """The needs of all that rules will look for, by the keys of expressions."""
        return self.keep("needs", self._needs)

    def _needs(self) -> dict[str, Need]:
        patterns = (pattern for terms in self.lists.values() for pattern in terms.patterns)
        phrases: dict[str, Need] = {}
        for template in self.phrases:
            with suppress(TemplateError):  # it's told where rules are examined
                phrases[template] = parse(template).need
        return phrases | {f"/{source}/": of_expression(source) for source in (*self.expressions, *patterns)}

    @cached_property
    def signs(self) -> Signs:
        """The strings that are needed."""
        return Signs(self.needs.values())

    @cached_property
    def places(self) -> frozenset[str]:
        """The expressions of lists that match places only, e.g. where a sentence begins."""
        patterns = {pattern for terms in self.lists.values() for pattern in terms.patterns}
        return self.keep("places", lambda: frozenset(filter(is_place, patterns)))

    @cached_property
    def open_lists(self) -> Mapping[str, tuple[tuple[str, Need], ...]]:
        """The expressions of each list that has some, and what they need."""
        return {
            name: tuple((pattern, self.need(pattern)) for pattern in patterns)
            for name in self.lists
            if (patterns := self.patterns(name))
        }

    def expression_problem(self, source: str) -> str | None:
        """What is wrong with a regular expression, if anything."""
        for name in lists_in(source):
            if name not in self.lists:
                return f'there is no term list "{name}"'
        return _expression_problem(LIST_NAME.sub("(?:x)", source))

    def included(self, name: str) -> list[str]:
        """`name` and all the lists that it includes, each once. Raises `KeyError`."""
        if name not in self.lists:
            raise KeyError(name)
        found, waiting = [], [name]
        while waiting:
            each = waiting.pop(0)
            if each not in found and each in self.lists:
                found.append(each)
                waiting += self.lists[each].include
        return found

    def patterns(self, name: str) -> list[str]:
        """The regular expressions of a list and of those that it includes."""
        return [pattern for each in self.included(name) for pattern in self.lists[each].patterns]

    @cached_property
    def index(self) -> "Index":
        """The lists of every entry."""
        return self.keep("index", self._indexed)

    def _indexed(self) -> "Index":
        index = Index({}, {})
        for name in self.lists:
            for terms in (self.lists[each] for each in self.included(name)):
                for entry in _expanded(terms.words):
                    index.add(entry.lower(), (name, ""))
                for entry in _expanded(terms.cased):
                    index.add(entry.lower(), (name, entry))
        return index.interned()


@dataclass(frozen=True, slots=True)
class Index:
    """Entries in lower case, each with the names of the lists that hold it and, where that matters, how it's written.

    `longest` holds, by the first word of entries, how long the longest of them is.
    """

    lists: dict[str, tuple[tuple[str, str], ...]]
    longest: dict[str, int]

    def add(self, entry: str, home: tuple[str, str]) -> None:
        """Note an entry of a list."""
        homes = self.lists.get(entry, ())
        if home not in homes:
            self.lists[entry] = (*homes, home)
        first = _first(entry)
        self.longest[first] = max(self.longest.get(first, 0), len(entry))

    def interned(self) -> "Index":
        """The same, in which entries of the same lists share what they hold."""
        shared: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
        lists = {entry: shared.setdefault(homes, homes) for entry, homes in self.lists.items()}
        return Index(lists, self.longest)


def _first(entry: str) -> str:
    """What a text is looked up by: an entry up to the end of its first word."""
    end = _END.search(entry)
    return entry[: end.end()] if end else entry


class Reading:
    """What the vocabularies find in one text. Entries of lists are found in a single pass over it."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self._lexicon = lexicon
        self._text = text
        self._hits: dict[str, tuple[Span, ...]] = {}
        self._patterns: dict[str, tuple[str, ...]] = {}
        self._matches: dict[str, bool] = {}

    def hits(self, name: str) -> tuple[Span, ...]:
        """Where entries of a list stand: in order, the longest where several begin, never overlapping."""
        if name not in self._hits:
            found = [*self._entries.get(name, ())]
            for pattern in self.patterns(name):
                found += spans(compiled(rf"(?<!\w)(?:{pattern})(?!\w)"), self._text)
            self._hits[name] = _apart(found)
        return self._hits[name]

    def search(self, expression: Expression) -> tuple[Span, ...]:
        """Where an expression matches."""
        if not met(expression.need, self.signs, self.matches):
            return ()
        compile = _compiled_for_texts if expression.filled else compiled
        return spans(compile(expression.source(self._fragment)), self._text)

    def matches(self, expression: str) -> bool:
        """Whether a regular expression without lists matches somewhere.

        In a long text that is taken for granted: a piece of an expression may take more time for
        each character, the longer a text is, though the whole doesn't.
        """
        if len(self._text) > _LONG:
            return True
        if expression not in self._matches:
            self._matches[expression] = compiled(expression).search(self._text) is not None
        return self._matches[expression]

    def patterns(self, name: str) -> tuple[str, ...]:
        """The regular expressions of a list that may match here."""
        if name not in self._patterns:
            asked = self._lexicon.open_lists.get(name, ())
            self._patterns[name] = tuple(pattern for pattern, need in asked if met(need, self._plain, self.matches))
        return self._patterns[name]

    @cached_property
    def signs(self) -> frozenset[str]:
        """Of all that is needed somewhere: the strings that stand here, and the lists with something here."""
        lists = self._lexicon.open_lists
        return self._plain.union(f"{{{name}}}" for name in lists if any(map(self.matches, self.patterns(name))))

    @cached_property
    def _plain(self) -> frozenset[str]:
        """The same, but for what lists find by regular expressions."""
        return frozenset((*self._lexicon.signs.of(self._text), *(f"{{{name}}}" for name in self._entries)))

    def _fragment(self, name: str) -> str:
        """An expression for the entries of a list that this text holds, the longest first."""
        here = {self._text[span.start : span.end] for span in self._entries.get(name, ())}
        words = "|".join(map(re.escape, sorted(here, key=lambda word: (-len(word), word))))
        parts = [f"(?-i:{words})"] if words else []
        parts += [self._places.get(pattern) or f"(?:{pattern})" for pattern in self.patterns(name)]
        return f"(?:{'|'.join(parts) or '(?!)'})"

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """For the expressions of lists that match places only: another one for the same places of this text.

        Those of the rules look far back, and take long to compile; these are quickly compiled, if they are few.
        """
        found = {}
        for pattern in self._lexicon.places:
            matches = [*islice(_finditer(pattern, self._text), _MOST_PLACES + 1)]
            if len(matches) <= _MOST_PLACES:
                places = (rf"(?<=\A[\s\S]{{{match.start()}}})" for match in matches)
                found[pattern] = f"(?:{'|'.join(places) or '(?!)'})"
        return found

    @cached_property
    def _entries(self) -> Mapping[str, list[Span]]:
        """Every place of every entry, by list; entries inside others too."""
        index, text, lower = self._lexicon.index, self._text, self._text.lower()
        if len(lower) != len(text):  # a letter whose small form is longer
            lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        ends = [match.end() for match in _END.finditer(text)]
        found: dict[str, list[Span]] = defaultdict(list)
        following = 0
        for match in _START.finditer(text):
            start = match.start()
            while following < len(ends) and ends[following] <= start:
                following += 1
            if following == len(ends):
                break
            limit = index.longest.get(lower[start : ends[following]], 0)
            for at in range(following, len(ends)):
                end = ends[at]
                entry = lower[start:end]
                if len(entry) > limit and len(entry := " ".join(entry.split())) > limit:
                    break
                for name, written in index.lists.get(entry, ()) or index.lists.get(" ".join(entry.split()), ()):
                    if not written or written == " ".join(text[start:end].split()):
                        found[name].append(Span(start, end))
        return found


def _apart(found: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


@lru_cache(maxsize=4096)
def compiled(source: str) -> Pattern:
    """The expression, in any case, over several lines. Raises `regex.error`.

    Python's own `re` is several times as quick; `regex` serves where an expression asks for
    more, e.g. a look-behind of varying width.
    """
    try:
        return re.compile(source, re.IGNORECASE | re.MULTILINE)
    except re.error:
        return regex.compile(source, regex.IGNORECASE | regex.MULTILINE)


_compiled_for_texts = lru_cache(maxsize=256)(compiled.__wrapped__)
"""The same for what is seldom asked for again; an expression takes some tens of kilobytes."""


def _finditer(source: str, text: str) -> "Iterator[re.Match[str] | regex.Match[str]]":
    yield from compiled(source).finditer(text)


def _expression_problem(source: str) -> str | None:
    """What is wrong with a regular expression that names no list, if anything."""
    if len(source) > _LONGEST:
        return f"the regular expression is longer than {_LONGEST:,} characters"
    try:
        compiled(source)
    except regex.error as error:
        return f"not a regular expression: {error}"
    except RecursionError:
        return "not a regular expression: too many brackets stand within each other"
    return None


def spans(pattern: Pattern, text: str) -> tuple[Span, ...]:
    """Where the pattern matches: non-overlapping, in order, never empty."""
    return tuple(Span(*match.span()) for match in pattern.finditer(text) if match.end() > match.start())


def lists_in(source: str) -> list[str]:
    """The names of the lists that a regular expression refers to."""
    return LIST_NAME.findall(source)


@cache
def _strings(entry: str) -> tuple[str, ...]:
    return tuple(parse(entry).expand())


def _expanded(entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        for text in _strings(entry):
            yield text
            if "'" in text:
                yield text.replace("'", "")
            if "-" in text:
                yield text.replace("-", " ")
