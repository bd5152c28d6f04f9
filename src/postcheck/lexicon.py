"""The vocabularies that rules share, and the search for their entries in a text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TypeAlias

import regex

from postcheck.draft import Span
from postcheck.model import Model
from postcheck.template import Template, TemplateError, parse

Pattern: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"

_LIST_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_PARTS = regex.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|\{[a-z][a-z0-9-]*\}[?*]?|.", regex.DOTALL)
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

    It can match only where each list in `required` has an entry, and where one of the strings in
    `needed` stands, if there are any, so that a text without one needn't be searched: most texts
    hold few of the many things that rules look for.
    """

    key: str
    required: tuple[str, ...]
    needed: tuple[str, ...]
    source: Callable[[Callable[[str], str]], str] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Lexicon:
    """All vocabularies; `known` is their index, where it needn't be made."""

    lists: Mapping[str, TermList]
    known: "Index | None" = field(default=None, repr=False, compare=False)

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
                try:
                    compiled(entry)
                except regex.error as error:
                    yield (name, "patterns", index), f"not a regular expression: {error}"
            for index, other in enumerate(terms.include):
                if other not in self.lists:
                    yield (name, "include", index), f'there is no term list "{other}"'
                elif name in self.included(other):
                    yield (name, "include", index), f'"{other}" includes "{name}" in turn'

    def read(self, text: str) -> "Reading":
        """What the vocabularies find in a text."""
        return Reading(self, text)

    def phrase(self, template: Template) -> Expression:
        """What finds the words that the template stands for."""
        return Expression(template.source, self._gates(template.required()), template.needed, template.pattern)

    def expression(self, source: str) -> Expression:
        """What finds the regular expression `source`, in which `{name}` stands for an entry of a list."""

        def filled(fragment: Callable[[str], str]) -> str:
            return _LIST_NAME.sub(lambda match: fragment(match[1]), source)

        return Expression(f"/{source}/", self._gates(_required(source)), (), filled)

    def expression_problem(self, source: str) -> str | None:
        """What is wrong with a regular expression, if anything."""
        for name in lists_in(source):
            if name not in self.lists:
                return f'there is no term list "{name}"'
        try:
            compiled(_LIST_NAME.sub("(?:x)", source))
        except regex.error as error:
            return f"not a regular expression: {error}"
        return None

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
        if self.known is not None:
            return self.known
        index = Index({}, {})
        for name in self.lists:
            for terms in (self.lists[each] for each in self.included(name)):
                for entry in _expanded(terms.words):
                    index.add(entry.lower(), (name, ""))
                for entry in _expanded(terms.cased):
                    index.add(entry.lower(), (name, entry))
        return index

    def _gates(self, names: Iterable[str]) -> tuple[str, ...]:
        """The lists without an entry of which nothing can match: not those that match an empty text."""
        return tuple(name for name in dict.fromkeys(names) if name not in self._matching_nothing)

    @cached_property
    def _matching_nothing(self) -> frozenset[str]:
        """The lists with an expression that matches an empty text."""
        empty = {name for name, terms in self.lists.items() if any(compiled(p).match("") for p in terms.patterns)}
        return frozenset(name for name in self.lists if empty & {*self.included(name)})


@dataclass(frozen=True, slots=True)
class Index:
    """Entries in lower case, each with the names of the lists that hold it and, where that matters, how it's written.

    `longest` holds, by the first word of entries, how long the longest of them is.
    """

    lists: dict[str, list[Sequence[str]]]
    longest: dict[str, int]

    def add(self, entry: str, home: tuple[str, str]) -> None:
        """Note an entry of a list."""
        homes = self.lists.setdefault(entry, [])
        if home not in homes:
            homes.append(home)
        first = _first(entry)
        self.longest[first] = max(self.longest.get(first, 0), len(entry))


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

    def hits(self, name: str) -> tuple[Span, ...]:
        """Where entries of a list stand: in order, the longest where several begin, never overlapping."""
        if name not in self._hits:
            found = [*self._entries.get(name, ())]
            for pattern in self._lexicon.patterns(name):
                found += spans(compiled(rf"(?<!\w)(?:{pattern})(?!\w)"), self._text)
            self._hits[name] = _apart(found)
        return self._hits[name]

    def search(self, expression: Expression) -> tuple[Span, ...]:
        """Where an expression matches."""
        if expression.needed and not any(string in self._folded for string in expression.needed):
            return ()
        if not all(self.hits(name) for name in expression.required):
            return ()
        return spans(compiled(expression.source(self._fragment)), self._text)

    @cached_property
    def _folded(self) -> str:
        """The text without the difference of small letters and capitals, as expressions see it."""
        return self._text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")

    def _fragment(self, name: str) -> str:
        """An expression for the entries of a list that this text holds, the longest first."""
        here = {self._text[span.start : span.end] for span in self._entries.get(name, ())}
        words = "|".join(map(re.escape, sorted(here, key=lambda word: (-len(word), word))))
        parts = [f"(?-i:{words})"] if words else []
        parts += [f"(?:{pattern})" for pattern in self._lexicon.patterns(name)]
        return f"(?:{'|'.join(parts) or '(?!)'})"

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


@lru_cache(maxsize=8192)
def compiled(source: str) -> Pattern:
    """The expression, in any case, over several lines. Raises `regex.error`.

    Python's own `re` is several times as quick; `regex` serves where an expression asks for
    more, e.g. a look-behind of varying width.
    """
    try:
        return re.compile(source, re.IGNORECASE | re.MULTILINE)
    except re.error:
        return regex.compile(source, regex.IGNORECASE | regex.MULTILINE)


def spans(pattern: Pattern, text: str) -> tuple[Span, ...]:
    """Where the pattern matches: non-overlapping, in order, never empty."""
    return tuple(Span(*match.span()) for match in pattern.finditer(text) if match.end() > match.start())


def lists_in(source: str) -> list[str]:
    """The names of the lists that a regular expression refers to."""
    return _LIST_NAME.findall(source)


@cache
def _required(source: str) -> tuple[str, ...]:
    """The lists that a regular expression can't do without, as far as its outermost level tells."""
    outermost, depth = [], 0
    for part in _PARTS.findall(source):
        depth += (part == "(") - (part == ")")
        if depth == 0:
            outermost.append(part)
    if "|" in outermost:
        return ()
    return tuple(part[1:-1] for part in outermost if part[0] == "{" and part[-1] == "}" and _LIST_NAME.match(part))


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
