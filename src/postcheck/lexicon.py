"""The vocabularies that rules share, and the search for their entries in a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import regex

from postcheck.draft import Span
from postcheck.model import Model
from postcheck.template import Template, TemplateError, parse

Pattern: TypeAlias = "regex.Pattern[str]"

_FLAGS = regex.IGNORECASE | regex.MULTILINE | regex.V0


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
class Lexicon:
    """All vocabularies, compiled when they are first needed."""

    lists: Mapping[str, TermList]
    _patterns: dict[str, Pattern] = field(default_factory=dict, repr=False, compare=False)

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
                    regex.compile(entry, _FLAGS)
                except regex.error as error:
                    yield (name, "patterns", index), f"not a regular expression: {error}"
            for index, other in enumerate(terms.include):
                if other not in self.lists:
                    yield (name, "include", index), f'there is no term list "{other}"'
                elif name in self._included(other):
                    yield (name, "include", index), f'"{other}" includes "{name}" in turn'

    def term(self, name: str) -> Pattern:
        """The expression that finds the entries of the list `name`; raises `KeyError`."""
        return self._compile(name, rf"(?<!\w){self._fragment(name)}(?!\w)")

    def phrase(self, template: Template) -> Pattern:
        """The expression that finds what the template stands for; raises `KeyError` for an unknown list."""
        return self._compile(template.source, template.pattern(self._fragment))

    def expression(self, source: str) -> Pattern:
        """The expression `source`, in which `{name}` stands for an entry of a list."""
        return self._compile(f"/{source}/", _LIST_NAME.sub(lambda match: self._fragment(match[1]), source))

    def _compile(self, key: str, pattern: str) -> Pattern:
        if key not in self._patterns:
            used = set(_NAMED_LIST.findall(pattern))
            lists: dict[str, Any] = {name: entries for name, entries in self._named.items() if name in used}
            self._patterns[key] = regex.compile(pattern, _FLAGS, **lists)
        return self._patterns[key]

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The entries of every list under the name that `regex` knows it by."""
        named = {}
        for name, terms in self.lists.items():
            named[f"any_{_identifier(name)}"] = [*_expanded(terms.words)]
            named[f"cased_{_identifier(name)}"] = [*_expanded(terms.cased)]
        return named

    def _fragment(self, name: str) -> str:
        if name not in self.lists:
            raise KeyError(name)
        parts = []
        for each in self._included(name):
            terms = self.lists[each]
            if terms.words:
                parts.append(rf"\L<any_{_identifier(each)}>")
            if terms.cased:
                parts.append(rf"(?-i:\L<cased_{_identifier(each)}>)")
            parts += [f"(?:{pattern})" for pattern in terms.patterns]
        return f"(?:{'|'.join(parts)})" if parts else "(?!)"

    def _included(self, name: str) -> list[str]:
        """`name` and all the lists that it includes, each once."""
        found, waiting = [], [name]
        while waiting:
            each = waiting.pop(0)
            if each not in found and each in self.lists:
                found.append(each)
                waiting += self.lists[each].include
        return found


_LIST_NAME = regex.compile(r"\{([a-z][a-z0-9-]*)\}")
_NAMED_LIST = regex.compile(r"\\L<(\w+)>")


def _identifier(name: str) -> str:
    return name.replace("-", "_")


def _expanded(entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        for text in parse(entry).expand():
            yield text
            if "'" in text:
                yield text.replace("'", "")
            if "-" in text:
                yield text.replace("-", " ")


def spans(pattern: Pattern, text: str) -> tuple[Span, ...]:
    """Where the pattern matches: non-overlapping, in order, never empty."""
    return tuple(Span(*match.span()) for match in pattern.finditer(text) if match.end() > match.start())
