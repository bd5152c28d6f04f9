"""Regular expressions as automata: each character of an expression, and what can follow it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Any, TypeAlias

import regex

from postcheck.expressions.syntax import (
    Atomic,
    Characters,
    Choice,
    Compiled,
    Edge,
    Flags,
    Look,
    Node,
    Repeat,
    Sequence,
    parts,
)

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_NUMBERED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")

WHOLE = 0
"""The group that is the whole expression."""

_COPIES = 3
"""How often a part is written out that is repeated a limited number of times: more copies add no loop."""

_SAMPLES = (
    "".join(map(chr, (*range(9, 14), *range(28, 127), 0x85, 0xA0)))
    + "\u00a9\u00aa\u00b2\u00b5\u00c9\u00e9\u00df\u00f1\u00f8\u0130\u0131\u017f\u01c5\u02b0\u0301\u0391\u03b1\u0410"
    + "\u0430\u05d0\u0639\u0661\u0903\u200b\u200d\u2014\u2019\u201c\u2026\u2028\u203f\u20ac\u20dd\u2160\u212a\u2605"
    + "\u3000\u4e2d\ufb01\ufe0f\uff03\uff20\uff21\U0001d400\U0001f3fd\U0001f600\ue000"
)
"""Characters of all kinds: what a class does with them tells what it does with any other of the kind."""

_PLAIN = Flags(ignore_case=False, several_lines=False, dot_is_all=False)

_Mask: TypeAlias = int
"""A set of kinds of characters: a bit for each, and the last for the end of the text."""

_Condition: TypeAlias = tuple[_Mask, ...]
"""By the kind of the character before a place (the last: the beginning of the text), what may come after it."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from a position to the next, where it's open; `twice` if there are several."""

    to: int
    where: _Condition
    twice: bool


@dataclass(frozen=True)
class Automaton:
    """The positions of an expression: for each the kinds of characters that it takes, and the steps that follow.

    `beginning` are the first steps of a match. `groups` are, from the outermost on, the parts that a position is in of
    which an engine tries no second way once it has found one: the whole (`WHOLE`), look-arounds, and atomic groups.
    `ends` tells for each of them where it may end behind the position. `kinds` holds a character of each kind.
    """

    kinds: str
    takes: tuple[_Mask, ...]
    steps: tuple[tuple[Step, ...], ...]
    beginning: tuple[Step, ...]
    groups: tuple[tuple[int, ...], ...]
    ends: tuple[Mapping[int, _Condition], ...]
    unbounded_behind: bool

    @property
    def everything(self) -> _Mask:
        """All kinds of characters, without the end of the text."""
        return (1 << len(self.kinds)) - 1


def automaton(pattern: Compiled, expression: Node) -> Automaton:
    """The automaton of an expression that `pattern` compiles, or of one with the same characters."""
    return _Builder(pattern, expression).build()


def _written(source: str) -> Iterator[str]:
    """The characters beyond ASCII that a class writes, itself or by their number."""
    yield from _BEYOND_ASCII.findall(source)
    yield from (chr(int("".join(code), 16)) for code in _NUMBERED.findall(source))


@lru_cache(maxsize=4096)
def _holds(engine: Any, version: int, source: str, flags: Flags, characters: str) -> tuple[bool, ...]:
    """Which of the characters a class holds."""
    asked = engine.IGNORECASE * flags.ignore_case | engine.DOTALL * flags.dot_is_all | version
    fullmatch = engine.compile(source, asked).fullmatch
    return tuple(fullmatch(char) is not None for char in characters)


@dataclass(slots=True)
class _State:
    """A place in the automaton while it's built: a position, if it `takes` characters, and where to go without one."""

    takes: _Mask | None = None
    groups: tuple[int, ...] = ()
    out: list[tuple[int, _Condition | None]] = field(default_factory=list)


class _Builder:
    """Builds the automaton of one expression."""

    def __init__(self, pattern: Compiled, expression: Node) -> None:
        self._engine = regex if isinstance(pattern, regex.Pattern) else re
        self._version = pattern.flags & regex.VERSION1 if self._engine is regex else 0
        self._tree = expression
        self._states: list[_State] = []
        self._groups: tuple[int, ...] = (WHOLE,)
        self._ends: dict[int, int] = {}
        self._unbounded_behind = False
        self.kinds, self._classes = self._sort()
        self._end = 1 << len(self.kinds)
        self._open: _Condition = (self._end * 2 - 1,) * (len(self.kinds) + 1)
        self._never: _Condition = (0,) * (len(self.kinds) + 1)

    def build(self) -> Automaton:
        start, end = self._state(), self._state()
        self._link(self._add(self._tree, start), end)
        self._ends[end] = WHOLE
        positions = [at for at, state in enumerate(self._states) if state.takes is not None]
        number = {at: n for n, at in enumerate(positions)}
        following = [self._following(at, number) for at in positions]
        return Automaton(
            self.kinds,
            tuple(self._states[at].takes or 0 for at in positions),
            tuple(steps for steps, _ in following),
            self._following(start, number)[0],
            tuple(self._states[at].groups for at in positions),
            tuple(ends for _, ends in following),
            self._unbounded_behind,
        )

    # The kinds of characters.

    def _sort(self) -> tuple[str, dict[tuple[str, Flags], _Mask]]:
        """A character of each kind that the expression's classes tell apart, and the kinds of each class."""
        named = {(node.source, node.flags) for node in parts(self._tree) if isinstance(node, Characters)}
        classes = [*sorted(named, key=str), (r"\w", _PLAIN), (r"\n", _PLAIN)]
        more = "".join(char for source, _ in classes for char in _written(source))
        told = [_holds(self._engine, self._version, *each, _SAMPLES + more) for each in classes]
        first: dict[tuple[bool, ...], int] = {}
        for at, kind in enumerate(zip(*told, strict=True)):
            first.setdefault(kind, at)
        masks = [sum(1 << number for number, at in enumerate(first.values()) if each[at]) for each in told]
        kinds = "".join((_SAMPLES + more)[at] for at in first.values())
        return kinds, dict(zip(classes, masks, strict=True))

    def _mask(self, source: str, flags: Flags) -> _Mask:
        return self._classes[source, flags]

    # States and the ways between them.

    def _state(self, takes: _Mask | None = None) -> int:
        self._states.append(_State(takes, self._groups))
        return len(self._states) - 1

    def _link(self, start: int, end: int, where: _Condition | None = None) -> None:
        self._states[start].out.append((end, where))

    def _add(self, node: Node, start: int) -> int:
        """Add what a part matches behind the state `start`; the state behind it."""
        match node:
            case Characters():
                at = self._state(self._mask(node.source, node.flags))
                self._link(start, at)
                return at
            case Edge():
                return self._passing(start, self._edge(node))
            case Sequence(inner):
                for each in inner:
                    start = self._add(each, start)
                return start
            case Choice(options):
                end = self._state()
                for option in options:
                    self._link(self._add(option, start), end)
                return end
            case Atomic(Repeat(Characters()) as inner):
                return self._repeat(Repeat(inner.part, inner.least, inner.most, possessive=True), start)
            case Atomic(part):
                return self._grouped(part, start)
            case Repeat() if node.possessive and not isinstance(node.part, Characters):
                return self._grouped(Repeat(node.part, node.least, node.most, possessive=False), start)
            case Repeat():
                return self._repeat(node, start)
            case Look():
                return self._look(node, start)

    def _passing(self, start: int, where: _Condition | None) -> int:
        end = self._state()
        self._link(start, end, where)
        return end

    def _grouped(self, node: Node, start: int) -> int:
        """Add a part of which no second way is tried."""
        outside = self._groups
        self._groups = (*outside, len(self._states))
        end = self._add(node, self._passing(start, None))
        self._ends[end] = self._groups[-1]
        self._groups = outside
        return self._passing(end, None)

    def _repeat(self, node: Repeat, start: int) -> int:
        least = min(node.least, _COPIES)
        most = None if node.most is None else least + min(node.most - node.least, _COPIES)
        for _ in range(least - (most is None and least > 0)):
            start = self._add(node.part, start)
        if most is not None:
            end = self._state()
            for _ in range(most - least):
                self._link(start, end)
                start = self._add(node.part, start)
            self._link(start, end)
            return end
        loop = self._passing(start, None)
        behind = self._add(node.part, loop)
        self._link(behind, loop)
        stop: _Condition | None = None
        if node.possessive and isinstance(node.part, Characters):
            stop = self._before(~self._mask(node.part.source, node.part.flags))
        end = self._state()
        self._link(behind, end, stop)
        if not least:
            self._link(start, end, stop)
        return end

    def _look(self, node: Look, start: int) -> int:
        if not node.ahead and any(isinstance(each, Repeat) and each.most is None for each in parts(node.part)):
            self._unbounded_behind = True
        if node.ahead:
            self._grouped(node.part, start)
        return self._passing(start, self._seen(node))

    # Conditions: what must stand on both sides of a place.

    def _before(self, after: _Mask) -> _Condition:
        return tuple(after & each for each in self._open)

    def _behind(self, before: _Mask, beginning: bool) -> _Condition:
        full = self._open[0]
        return (*(full * (before >> at & 1) for at in range(len(self.kinds))), full * beginning)

    def _edge(self, node: Edge) -> _Condition | None:
        word, line = (self._mask(source, _PLAIN) for source in (r"\w", r"\n"))
        both, neither = self._open[0], 0
        match node.source:
            case r"\b" | r"\B":
                after_word, after_other = both & ~word, word
                if node.source == r"\B":
                    after_word, after_other = word, both & ~word
                return tuple(after_word if word >> at & 1 else after_other for at in range(len(self.kinds) + 1))
            case "^" | r"\A":
                several = node.source == "^" and node.flags.several_lines
                return self._behind(line if several else neither, beginning=True)
            case "$" if node.flags.several_lines:
                return self._before(self._end | line)
            case "$":
                return self._before(self._end | line)
            case r"\Z" | r"\z":
                return self._before(self._end)
        return None  # \G: wherever the last match ended

    def _seen(self, node: Look) -> _Condition | None:
        """What a look-around asks of the characters beside the place, as far as one of them tells."""
        single = self._single(node.part)
        if single is not None:
            mask, edge = single
            if node.ahead:
                wanted = mask | self._end * edge
                return self._before(self._open[0] & ~wanted if node.negative else wanted)
            return self._behind(~mask if node.negative else mask, beginning=edge != node.negative)
        if node.negative:
            return None
        found = self._outermost(node.part, first=node.ahead)
        if found is None:
            return None
        return self._before(found) if node.ahead else self._behind(found, beginning=False)

    def _single(self, node: Node) -> tuple[_Mask, bool] | None:
        """The characters, if the part is always one, and whether it may be an edge of the text instead."""
        match node:
            case Characters():
                return self._mask(node.source, node.flags), False
            case Edge(source) if source in {"$", r"\Z", r"\A"} or (source == "^" and not node.flags.several_lines):
                return (self._mask(r"\n", _PLAIN) if source == "$" else 0), True
            case Choice(options) if options:
                found = [self._single(option) for option in options]
                known = [each for each in found if each is not None]
                if len(known) < len(found):
                    return None
                return reduce(or_, (mask for mask, _ in known)), any(edge for _, edge in known)
            case Sequence((only,)):
                return self._single(only)
        return None

    def _outermost(self, node: Node, first: bool) -> _Mask | None:
        """The characters that a part can begin or end with; `None` if it may be empty."""
        match node:
            case Characters():
                return self._mask(node.source, node.flags)
            case Sequence(inner):
                mask = 0
                for each in inner if first else inner[::-1]:
                    outermost = self._outermost(each, first)
                    if outermost is not None:
                        return mask | outermost
                    mask |= self._any(each)
                return None
            case Choice(options):
                found_in = [self._outermost(option, first) for option in options]
                masks = [each for each in found_in if each is not None]
                return reduce(or_, masks) if masks and len(masks) == len(found_in) else None
            case Repeat(part, least) if least:
                return self._outermost(part, first)
            case Atomic(part):
                return self._outermost(part, first)
        return None

    def _any(self, node: Node) -> _Mask:
        """All characters that a part can hold."""
        mask = 0
        if not isinstance(node, Look):
            for each in parts(node):
                if isinstance(each, Characters):
                    mask |= self._mask(each.source, each.flags)
        return mask

    # From states to positions.

    def _following(self, start: int, number: Mapping[int, int]) -> tuple[tuple[Step, ...], Mapping[int, _Condition]]:
        """The steps from a state to the positions after it, and where the groups that it's in may end there."""
        found: dict[tuple[int, _Condition], int] = defaultdict(int)
        seen: dict[tuple[int, _Condition], int] = defaultdict(int)
        ends = dict.fromkeys(self._states[start].groups, self._never)
        waiting: list[tuple[int, _Condition, frozenset[int]]] = [(start, self._open, frozenset())]
        while waiting:
            at, where, passed = waiting.pop()
            for to, more in self._states[at].out:
                both = where if more is None else tuple(a & b for a, b in zip(where, more, strict=True))
                if not any(both) or to in passed:
                    continue
                if to in number:
                    found[to, both] += 1
                elif seen[to, both] < 2:
                    seen[to, both] += 1
                    waiting.append((to, both, passed | {to}))
                if (group := self._ends.get(to)) in ends:
                    ends[group] = tuple(a | b for a, b in zip(ends[group], both, strict=True))
        steps = tuple(
            Step(number[to], where, times > 1 or any(_meet(where, other) for other in _others(found, to, where)))
            for (to, where), times in found.items()
        )
        return steps, ends


def _others(found: Iterable[tuple[int, _Condition]], to: int, where: _Condition) -> Iterator[_Condition]:
    return (other for target, other in found if target == to and other != where)


def _meet(one: _Condition, other: _Condition) -> bool:
    return any(a & b for a, b in zip(one, other, strict=True))
