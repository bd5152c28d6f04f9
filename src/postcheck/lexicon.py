"""The vocabularies that rules share, and the search for their entries in a text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import regex

from postcheck.draft import Span
from postcheck.model import Model
from postcheck.template import Template, TemplateError, parse

Pattern: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"

_LIST_NAME = regex.compile(r"\{([a-z][a-z0-9-]*)\}")


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


@dataclass(frozen=True)
class Expression:
    """Something to look for: a regular expression, compiled when it is first needed.

    It can match only where each list in `required` has an entry, so that a text without one
    needn't be searched: most texts hold few of the many things that rules look for.
    """

    key: str
    required: tuple[str, ...]
    _compile: Callable[[], Pattern] = field(repr=False, compare=False)

    @property
    def pattern(self) -> Pattern:
        """The compiled expression."""
        return self._compile()


@dataclass(frozen=True)
class Lexicon:
    """All vocabularies."""

    lists: Mapping[str, TermList]
    _patterns: dict[str, Pattern] = field(default_factory=dict, repr=False, compare=False)
    _fragments: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def problems(self) -> Iterator[tuple[tuple[str, str, int], str]]:
        """What is wrong with the lists, as (path of the entry, message)."""
        for name, terms in self.lists.items():
            for key, entries in (("words", terms.words), ("cased", terms.cased)):
                for index, entry in enumerate(entries):
                    try:
                        list(parse(entry).expand())
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
                elif name in self._included(other):
                    yield (name, "include", index), f'"{other}" includes "{name}" in turn'

    def term(self, name: str) -> Pattern:
        """The expression that finds the entries of the list `name`. Raises `KeyError`."""
        return self._compiled(f"{{{name}}}", lambda: rf"(?<!\w){self._fragment(name)}(?!\w)")

    def phrase(self, template: Template) -> Expression:
        """What finds the words that the template stands for."""
        source = template.source
        pattern = lambda: template.pattern(self._fragment)  # noqa: E731
        return Expression(source, (*template.required(),), lambda: self._compiled(source, pattern))

    def expression(self, source: str) -> Expression:
        """What finds the regular expression `source`, in which `{name}` stands for an entry of a list."""
        pattern = lambda: _LIST_NAME.sub(lambda match: self._fragment(match[1]), source)  # noqa: E731
        return Expression(source, (*_required(source),), lambda: self._compiled(f"/{source}/", pattern))

    def expression_problem(self, source: str) -> str | None:
        """What is wrong with a regular expression, if anything."""
        for name in _LIST_NAME.findall(source):
            if name not in self.lists:
                return f'there is no term list "{name}"'
        try:
            compiled(_LIST_NAME.sub("(?:x)", source))
        except regex.error as error:
            return f"not a regular expression: {error}"
        return None

    def _compiled(self, key: str, pattern: Callable[[], str]) -> Pattern:
        if key not in self._patterns:
            self._patterns[key] = compiled(pattern())
        return self._patterns[key]

    def _fragment(self, name: str) -> str:
        """An expression for the entries of a list and of those that it includes, the longest first."""
        if name not in self._fragments:
            every = [self.lists[each] for each in self._included(name)]
            parts = [_trie(_expanded(entry for terms in every for entry in terms.words), str.lower)]
            cased = _trie(_expanded(entry for terms in every for entry in terms.cased), str)
            parts += [f"(?-i:{cased})"] if cased else []
            parts += [f"(?:{pattern})" for terms in every for pattern in terms.patterns]
            self._fragments[name] = f"(?:{'|'.join(filter(None, parts)) or '(?!)'})"
        return self._fragments[name]

    def _included(self, name: str) -> list[str]:
        """`name` and all the lists that it includes, each once."""
        if name not in self.lists:
            raise KeyError(name)
        found, waiting = [], [name]
        while waiting:
            each = waiting.pop(0)
            if each not in found and each in self.lists:
                found.append(each)
                waiting += self.lists[each].include
        return found


def compiled(source: str) -> Pattern:
    """The expression, in any case, over several lines. Raises `regex.error`.

    Python's own `re` compiles and matches large vocabularies several times as quickly;
    `regex` serves where an expression asks for more, e.g. a look-behind of varying width.
    """
    try:
        return re.compile(source, re.IGNORECASE | re.MULTILINE)
    except re.error:
        return regex.compile(source, regex.IGNORECASE | regex.MULTILINE)


def spans(pattern: Pattern, text: str) -> tuple[Span, ...]:
    """Where the pattern matches: non-overlapping, in order, never empty."""
    return tuple(Span(*match.span()) for match in pattern.finditer(text) if match.end() > match.start())


def _required(source: str) -> Iterator[str]:
    """The lists that a regular expression can't do without, as far as its outermost level tells."""
    outermost, depth = [], 0
    for part in regex.findall(r"\\.|\[(?:\\.|[^\]\\])+\]|\{[a-z][a-z0-9-]*\}[?*]?|.", source, regex.DOTALL):
        depth += (part == "(") - (part == ")")
        if depth == 0:
            outermost.append(part)
    if "|" not in outermost:
        yield from (part[1:-1] for part in outermost if part[0] == "{" and part[-1] == "}" and _LIST_NAME.match(part))


def _expanded(entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        for text in parse(entry).expand():
            yield text
            if "'" in text:
                yield text.replace("'", "")
            if "-" in text:
                yield text.replace("-", " ")


def _trie(words: Iterable[str], fold: Callable[[str], str]) -> str:
    """One expression for many words. It shares what they begin with, which makes it many times quicker."""
    root: _Node = {}
    for word in words:
        node = root
        for char in fold(word):
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root) if root else ""


_Node: TypeAlias = "dict[str, _Node]"


def _branches(node: "_Node") -> str:
    parts = []
    for char in sorted(filter(None, node)):
        part, following = _character(char), node[char]
        while len(following) == 1 and "" not in following:
            (char, following) = next(iter(following.items()))
            part += _character(char)
        parts.append(part + (_branches(following) if len(following) > ("" in following) else ""))
    if len(parts) == 1 and "" not in node:
        return parts[0]
    return f"(?:{'|'.join(parts)}){'?' if '' in node else ''}"


def _character(char: str) -> str:
    return r"\s+" if char == " " else regex.escape(char)
