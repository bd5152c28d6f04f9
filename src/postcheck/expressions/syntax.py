"""Regular expressions as trees: the syntax that Python's `re` and the package `regex` share, and what `regex` adds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import regex

Compiled: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"


class UnknownSyntaxError(ValueError):
    """An expression with something that isn't understood here; the message says what."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What changes the meaning of a part of an expression."""

    ignore_case: bool
    several_lines: bool
    dot_is_all: bool


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a class, which `source` writes."""

    source: str
    flags: Flags


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between two characters: `\\b`, `\\B`, `^`, `$`, `\\A`, `\\Z` or `\\G`."""

    source: str
    flags: Flags


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; an empty text, if there is none."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times (`most` is `None`: without end). A `possessive` one gives nothing back."""

    part: "Node"
    least: int
    most: int | None
    possessive: bool


@dataclass(frozen=True, slots=True)
class Atomic:
    """A part that is tried in one way only."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Look:
    """What must stand, or if `negative` may not stand, ahead or behind."""

    part: "Node"
    ahead: bool
    negative: bool


Node: TypeAlias = Characters | Edge | Sequence | Choice | Repeat | Atomic | Look

_FEW = 3

EMPTY = Sequence(())
NOTHING = Choice(())

_ITEM = regex.compile(r"\\(?:[pPN]\{[^{}]*\}|.)|\[:\^?\w+:\]|.", regex.DOTALL)
_ESCAPE = regex.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[pPN]\{[^{}]*\}|.)", regex.DOTALL)
_TIMES = regex.compile(r"(?:([*+?])|\{(\d*)(?:(,)(\d*))?\})([?+]?)")
_GROUP = regex.compile(
    r"\((?:\?(?:(P?<[A-Za-z_]\w*>|P?'\w+')|(<?[=!]|[:>|]|\#)|([aiLmsuxfwbVr01]*)(?:-([imsx]+))?([:)])))?"
)
_EDGES = set("AbBGZz")


def tree(pattern: Compiled) -> Node:
    """The expression as a tree. Raises `UnknownSyntaxError`."""
    flags = Flags(
        bool(pattern.flags & re.IGNORECASE), bool(pattern.flags & re.MULTILINE), bool(pattern.flags & re.DOTALL)
    )
    if pattern.flags & re.VERBOSE:
        raise UnknownSyntaxError("white space and comments within an expression")
    nested = isinstance(pattern, regex.Pattern) and bool(pattern.flags & regex.VERSION1)
    return _Reader(pattern.pattern, nested).read(flags)


class _Reader:
    """Reads one expression from its beginning to its end; `nested` tells whether a class can hold others."""

    def __init__(self, source: str, nested: bool) -> None:
        self._source = source
        self._nested = nested
        self._at = 0
        self._groups: list[Node] = []

    def read(self, flags: Flags) -> Node:
        node = self._choice(flags)
        if self._at < len(self._source):
            raise UnknownSyntaxError(self._source[self._at])
        return node

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _choice(self, flags: Flags) -> Node:
        options: list[Node] = []
        while True:
            sequence, flags = self._sequence(flags)
            options.append(sequence)
            if self._peek() != "|":
                return options[0] if len(options) == 1 else Choice(tuple(options))
            self._at += 1

    def _sequence(self, flags: Flags) -> tuple[Node, Flags]:
        """The parts up to the next bar or bracket, and the flags that hold then."""
        parts: list[Node] = []
        while (char := self._peek()) and char not in "|)":
            if char == "(":
                node, flags = self._group(flags)
            else:
                node = self._single(char, flags)
            parts.append(self._repeated(node))
        return (parts[0] if len(parts) == 1 else Sequence(tuple(parts))), flags

    def _repeated(self, node: Node) -> Node:
        while match := _TIMES.match(self._source, self._at):
            sign, least, comma, most, mode = match.groups()
            if not sign and not (least or most):
                break
            self._at = match.end()
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign or "", (int(least or 0), None))
            if not sign:
                high = int(most) if most else None if comma else low
            node = Repeat(node, low, high, mode == "+")
        return node

    def _single(self, char: str, flags: Flags) -> Node:
        """A character, a class of them, or a place between two."""
        if char == "[":
            return Characters(self._class(), flags)
        if char in "^$":
            self._at += 1
            return Edge(char, flags)
        if char != "\\":
            self._at += 1
            return Characters(char if char == "." else re.escape(char), flags)
        match = _ESCAPE.match(self._source, self._at)
        if match is None:
            raise UnknownSyntaxError(char)
        self._at = match.end()
        said = match[0]
        if said[1] in _EDGES:
            return Edge(said, flags)
        if said[1] == "K":
            return EMPTY
        if said[1] == "X":
            return Characters(".", replace(flags, dot_is_all=True))
        if said[1] in "123456789":
            number = int(said[1])
            if number > len(self._groups):
                raise UnknownSyntaxError(said)
            return self._groups[number - 1]
        if said[1] in "gRmM":
            raise UnknownSyntaxError(said)
        return Characters(said, flags)

    def _class(self) -> str:
        """The source of a character class, which may hold others."""
        start, depth = self._at, 0
        while True:
            match = _ITEM.match(self._source, self._at)
            if match is None:
                raise UnknownSyntaxError("[")
            self._at = match.end()
            if match[0] == "[" and (self._nested or not depth):
                depth += 1
                if self._peek() == "^":
                    self._at += 1
                if self._peek() == "]":
                    self._at += 1
            elif match[0] == "]":
                depth -= 1
                if depth == 0:
                    return self._source[start : self._at]

    def _group(self, flags: Flags) -> tuple[Node, Flags]:
        """What stands in brackets, and the flags that hold after it."""
        match = _GROUP.match(self._source, self._at)
        if match is None or (self._source.startswith("(?", self._at) and match.end() == self._at + 1):
            raise UnknownSyntaxError(self._source[self._at : self._at + 3])
        self._at = match.end()
        _, kind, on, off, end = match.groups()
        if kind in {"#", "|"}:
            raise UnknownSyntaxError(f"(?{kind}")
        inner = flags
        if end:
            inner = _with(_with(flags, on or "", True), off or "", False)
            if end == ")":
                return EMPTY, inner
        captured = kind is None and end is None
        number = len(self._groups)
        if captured:
            self._groups.append(NOTHING)
        node = self._choice(inner)
        if self._peek() != ")":
            raise UnknownSyntaxError("(")
        self._at += 1
        if captured:
            self._groups[number] = node
        if kind == ">":
            node = Atomic(node)
        elif kind and kind != ":":
            node = Look(node, ahead="<" not in kind, negative="!" in kind)
        return node, flags


def _with(flags: Flags, letters: str, value: bool) -> Flags:
    if "x" in letters:
        raise UnknownSyntaxError("(?x")
    changed = {"i": "ignore_case", "m": "several_lines", "s": "dot_is_all"}
    return replace(flags, **{changed[letter]: value for letter in letters if letter in changed})


def without_end(node: Node) -> Node:
    """The expression in which every part of several characters may be repeated forever that may be so a few times."""
    match node:
        case Sequence(inner):
            return Sequence(tuple(map(without_end, inner)))
        case Choice(inner):
            return Choice(tuple(map(without_end, inner)))
        case Repeat(part, least, most) if most is not None and most > _FEW and not isinstance(part, Characters):
            return Repeat(without_end(part), least, None, node.possessive)
        case Repeat() | Atomic() | Look():
            return replace(node, part=without_end(node.part))
    return node


def parts(node: Node) -> Iterator[Node]:
    """A node and everything within it."""
    yield node
    match node:
        case Sequence(inner) | Choice(inner):
            for each in inner:
                yield from parts(each)
        case Repeat() | Atomic() | Look():
            yield from parts(node.part)
