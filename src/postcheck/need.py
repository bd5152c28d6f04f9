"""What a text must hold for an expression to match anywhere in it.

Most texts hold few of the many things that rules look for, and to ask whether a string stands in
a text takes far less time than to compile and to search an expression. A need is necessary, not
sufficient: where it's met, the expression may match; where it isn't, it can't.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

import ahocorasick

LIST_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}")
"""How a regular expression names a term list."""

_FIRST_MARK = 0xE000
"""Where the characters for private use begin, which stand for lists while an expression is read."""

_PROPERTY = re.compile(r"(?<!\\)\\[pP]\{\^?\w+\}")
_PLACE = re.compile(r"(?<!\\)\\[KG]")
"""What `regex` knows and Python's own parser doesn't: a class of characters, and the place of a match. Neither needs
a string.
"""
_TOKEN = re.compile(r"\\p\{\^?\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[^{}]*\}|.", re.DOTALL | re.IGNORECASE)
_REPEAT = re.compile(r"[?*+]|\{\d*,?\d*\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A match of that regular expression: a part of a longer one, without the lists in it."""

    expression: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of these signs, and each of the further needs."""

    signs: frozenset[str]
    needs: tuple["Need", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One at least of these signs or of the further needs."""

    signs: frozenset[str]
    needs: tuple["Need", ...] = ()


Need: TypeAlias = Piece | AllOf | AnyOf
"""A sign is a string that stands in the text, both as `folded` makes them, or a list in braces with an entry in it."""


NOTHING = AllOf(frozenset())
"""The need that every text meets."""

_DIGIT = Piece(r"\d")


def folded(text: str) -> str:
    """A text without the differences that an expression in any case doesn't see."""
    return text.casefold().replace("i\N{COMBINING DOT ABOVE}", "i").replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def sign(string: str) -> Need:
    """The need for a string that an expression holds; for nothing, if it's empty."""
    return AllOf(frozenset((folded(string),))) if string else NOTHING


def listed(name: str) -> Need:
    """The need for an entry of a list."""
    return AllOf(frozenset((f"{{{name}}}",)))


def all_of(needs: Iterable[Need]) -> Need:
    """The need for each of them."""
    signs, others = _gathered(needs, lambda need: isinstance(need, AllOf))
    if len(others) == 1 and not signs:
        return others[0]
    return AllOf(signs, tuple(sorted(others, key=lambda need: isinstance(need, Piece))))


def any_of(needs: Iterable[Need]) -> Need:
    """The need for one of them."""
    needs = [*needs]
    if NOTHING in needs:
        return NOTHING
    signs, others = _gathered(needs, lambda need: isinstance(need, AnyOf) or _is_sign(need))
    if len(others) == 1 and not signs:
        return others[0]
    if len(signs) == 1 and not others:
        return AllOf(signs)
    return AnyOf(signs, others)


def _is_sign(need: Need) -> bool:
    """Whether it's the need for one sign."""
    return isinstance(need, AllOf) and len(need.signs) == 1 and not need.needs


def _gathered(needs: Iterable[Need], opens: Callable[[Need], bool]) -> tuple[frozenset[str], tuple[Need, ...]]:
    """All signs and all further needs, each once, of needs of which some are opened."""
    signs, others = set[str](), dict[Need, None]()
    for need in needs:
        if opens(need) and not isinstance(need, Piece):
            signs |= need.signs
            others |= dict.fromkeys(need.needs)
        else:
            others[need] = None
    return frozenset(signs), tuple(others)


def met(need: Need, signs: AbstractSet[str], matches: Callable[[str], bool]) -> bool:
    """Whether a text with these signs meets a need; `matches` tells whether an expression matches in it."""
    if isinstance(need, AllOf):
        return need.signs <= signs and all(met(each, signs, matches) for each in need.needs)
    if isinstance(need, AnyOf):
        return not need.signs.isdisjoint(signs) or any(met(each, signs, matches) for each in need.needs)
    return matches(need.expression)


def leading(need: Need) -> frozenset[str] | None:
    """Signs of which a text that meets the need holds one, the fewest that tell that; none, if it can't be told."""
    if isinstance(need, AnyOf):
        further = [leading(each) for each in need.needs]
        return None if None in further else need.signs.union(*(each for each in further if each is not None))
    if isinstance(need, AllOf):
        told = [frozenset((each,)) for each in sorted(need.signs)]
        told += [found for each in need.needs if (found := leading(each)) is not None]
        return max(told, key=lambda found: (min(map(_telling, found), default=0), -len(found)), default=None)
    return None


def _telling(sign: str) -> int:
    """How rare a sign is in texts: the longest strings are rarest, and lists have short entries, too."""
    return 3 if sign.startswith("{") else len(sign)


def signs_in(need: Need) -> Iterator[str]:
    """All signs in a need."""
    if not isinstance(need, Piece):
        yield from need.signs
        for each in need.needs:
            yield from signs_in(each)


class Signs:
    """Finds in one pass over a text all signs that are strings and that one of the needs asks for.

    It's the algorithm of Aho and Corasick (1975).
    """

    def __init__(self, needs: Iterable[Need]) -> None:
        self._automaton = ahocorasick.Automaton()
        for string in {string for need in needs for string in signs_in(need)}:
            self._automaton.add_word(string, string)
        self._automaton.make_automaton()

    def of(self, text: str) -> Iterator[str]:
        """Those in a text."""
        if len(self._automaton):
            yield from (string for _, string in self._automaton.iter(folded(text)))


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


def is_place(source: str) -> bool:
    """Whether a regular expression without lists matches places only, never a character."""
    try:
        _, longest = parser.parse(_plain(source), re.IGNORECASE | re.MULTILINE).getwidth()
    except (re.error, OverflowError, RecursionError):
        return False
    return bool(longest == 0)


def _plain(source: str) -> str:
    """The expression without what Python's own parser doesn't know, to read of it what it needs."""
    return _PLACE.sub("", _PROPERTY.sub(".", source))


def _parsed(source: str) -> Need:
    names: list[str] = []

    def mark(match: re.Match[str]) -> str:
        names.append(match[1])
        return chr(_FIRST_MARK + len(names) - 1)

    try:
        parsed = parser.parse(LIST_NAME.sub(mark, _plain(source)), re.IGNORECASE | re.MULTILINE)
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


def _is_digit(item: tuple[object, Any]) -> bool:
    """Whether a part of a class of characters stands for digits only."""
    operator, argument = item
    if operator is code.RANGE:
        return ord("0") <= int(argument[0]) and int(argument[1]) <= ord("9")
    return item == (code.CATEGORY, code.CATEGORY_DIGIT)


def _sequence(parsed: Iterable[tuple[Any, Any]], names: list[str]) -> Need:
    return all_of(_parts(parsed, names))


def _parts(parsed: Iterable[tuple[Any, Any]], names: list[str]) -> Iterator[Need]:
    run = ""
    for operator, argument in parsed:
        if operator is code.LITERAL and not _FIRST_MARK <= argument < _FIRST_MARK + len(names):
            run += chr(argument)
            continue
        yield sign(run)
        run = ""
        yield _one(operator, argument, names)
    yield sign(run)


def _one(operator: Any, argument: Any, names: list[str]) -> Need:
    """The need of one part of a parsed expression (https://github.com/python/cpython/blob/3.11/Lib/re/_parser.py)."""
    if operator is code.LITERAL:
        return listed(names[argument - _FIRST_MARK])
    if operator is code.BRANCH:
        return any_of(_sequence(option, names) for option in argument[1])
    if operator in {code.SUBPATTERN, code.ASSERT}:
        return _sequence(argument[-1], names)
    if operator is code.IN and all(map(_is_digit, argument)):
        return _DIGIT
    if operator is code.ATOMIC_GROUP:
        return _sequence(argument, names)
    if operator in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT} and argument[0] > 0:
        return _sequence(argument[2], names)
    return NOTHING
