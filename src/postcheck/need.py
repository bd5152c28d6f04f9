"""What a text must hold for an expression to match anywhere in it.

Most texts hold few of the many things that rules look for, and to ask whether a string stands in
a text takes far less time than to compile and to search an expression. A need is necessary, not
sufficient: where it's met, the expression may match; where it isn't, it can't.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Protocol, TypeAlias

LIST_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}")
"""How a regular expression names a term list."""

_FIRST_MARK = 0xE000
"""Where the characters for private use begin, which stand for lists while an expression is read."""

_PROPERTY = re.compile(r"(?<!\\)\\[pP]\{\^?\w+\}")
"""A class of characters, which `regex` knows and Python's own parser doesn't; it needs no string."""
_TOKEN = re.compile(r"\\p\{\^?\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[^{}]*\}|.", re.DOTALL | re.IGNORECASE)
_REPEAT = re.compile(r"[?*+]|\{\d*,?\d*\}")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the term list of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A match of that regular expression: a part of a longer one, without the lists in it."""

    expression: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of these."""

    needs: tuple["Need", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these at least."""

    needs: tuple["Need", ...]


Need: TypeAlias = "str | Listed | Piece | AllOf | AnyOf"
"""A string is one that stands in the text, both as `folded` makes them."""


class Text(Protocol):
    """A text that is asked whether it meets a need."""

    @property
    def folded(self) -> str:
        """The text as `folded` makes it."""

    def holds(self, name: str) -> bool:
        """Whether an entry of a list is in it."""

    def matches(self, expression: str) -> bool:
        """Whether a regular expression matches in it."""


NOTHING = AllOf(())
"""The need that every text meets."""


def folded(text: str) -> str:
    """A text without the differences that an expression in any case doesn't see."""
    return text.casefold().replace("i\N{COMBINING DOT ABOVE}", "i").replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def all_of(needs: Iterable[Need]) -> Need:
    """The need for each of them."""
    parts = dict.fromkeys(part for need in needs for part in (need.needs if isinstance(need, AllOf) else (need,)))
    return next(iter(parts)) if len(parts) == 1 else AllOf(tuple(sorted(parts, key=_told, reverse=True)))


def any_of(needs: Iterable[Need]) -> Need:
    """The need for one of them."""
    parts = dict.fromkeys(part for need in needs for part in (need.needs if isinstance(need, AnyOf) else (need,)))
    if NOTHING in parts:
        return NOTHING
    return next(iter(parts)) if len(parts) == 1 else AnyOf(tuple(parts))


def strings(pieces: Iterable[str]) -> Need:
    """The need for each of the strings, as an expression has them."""
    return all_of(folded(piece) for piece in pieces if piece)


def met(need: Need, text: Text) -> bool:
    """Whether a text meets a need."""
    if isinstance(need, str):
        return need in text.folded
    if isinstance(need, AllOf):
        return all(met(each, text) for each in need.needs)
    if isinstance(need, AnyOf):
        return any(met(each, text) for each in need.needs)
    return text.holds(need.name) if isinstance(need, Listed) else text.matches(need.expression)


def of_expression(source: str) -> Need:
    """The need of a regular expression, in which `{name}` stands for an entry of a list.

    An expression that Python's own parser can't read has none.
    """
    return any_of(_branch(branch) for branch in _branches(source))


def _branch(source: str) -> Need:
    """The need of an expression without alternatives on its outermost level, and of its pieces between lists."""
    whole = _parsed(source)
    if not LIST_NAME.search(source):
        return whole
    pieces = (piece for piece in _pieces(source) if _parsed(piece) != NOTHING)
    return all_of((whole, *map(Piece, pieces)))


def _parsed(source: str) -> Need:
    names: list[str] = []

    def mark(match: re.Match[str]) -> str:
        names.append(match[1])
        return chr(_FIRST_MARK + len(names) - 1)

    try:
        parsed = parser.parse(LIST_NAME.sub(mark, _PROPERTY.sub(".", source)), re.IGNORECASE | re.MULTILINE)
    except (re.error, OverflowError, RecursionError):
        return NOTHING
    return _sequence(parsed, names)


def _branches(source: str) -> list[str]:
    """The alternatives on the outermost level of an expression."""
    branches = [""]
    for item in _items(source):
        if item == "|":
            branches.append("")
        else:
            branches[-1] += item
    return branches


def _pieces(source: str) -> Iterator[str]:
    """What stands between those parts of an expression without alternatives that hold lists."""
    piece = ""
    for item in _items(source):
        if LIST_NAME.search(item):
            yield piece
            piece = ""
        else:
            piece += item
    yield piece


def _items(source: str) -> Iterator[str]:
    """The parts of an expression on its outermost level, each with what says how often it may stand there."""
    item, depth = "", 0
    for token in _TOKEN.findall(source):
        if depth == 0 and item and not _REPEAT.fullmatch(token):
            yield item
            item = ""
        item += token
        depth += (token == "(") - (token == ")")
    yield item


def _told(need: Need) -> int:
    """How much a need tells for the time that it takes: the longest string is rarest in texts."""
    if isinstance(need, str):
        return len(need)
    if isinstance(need, AnyOf | AllOf):
        return min(map(_told, need.needs), default=0)
    return 0 if isinstance(need, Piece) else 1


def _sequence(parsed: Iterable[tuple[Any, Any]], names: list[str]) -> Need:
    return all_of(_parts(parsed, names))


def _parts(parsed: Iterable[tuple[Any, Any]], names: list[str]) -> Iterator[Need]:
    run = ""
    for operator, argument in parsed:
        if operator is code.LITERAL and not _FIRST_MARK <= argument < _FIRST_MARK + len(names):
            run += chr(argument)
            continue
        yield strings([run])
        run = ""
        yield _one(operator, argument, names)
    yield strings([run])


def _one(operator: Any, argument: Any, names: list[str]) -> Need:
    """The need of one part of a parsed expression (https://github.com/python/cpython/blob/3.11/Lib/re/_parser.py)."""
    if operator is code.LITERAL:
        return Listed(names[argument - _FIRST_MARK])
    if operator is code.BRANCH:
        return any_of(_sequence(option, names) for option in argument[1])
    if operator in {code.SUBPATTERN, code.ASSERT}:
        return _sequence(argument[-1], names)
    if operator is code.ATOMIC_GROUP:
        return _sequence(argument, names)
    if operator in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT} and argument[0] > 0:
        return _sequence(argument[2], names)
    return NOTHING
