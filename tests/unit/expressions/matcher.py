"""A matcher that goes back over its choices as Python's own does, and counts the characters that it looks at."""

import re
from collections.abc import Iterator
from contextlib import suppress

from postcheck.expressions.syntax import Atomic, Characters, Choice, Edge, Look, Node, Repeat, Sequence, tree

MOST = 50_000
"""Steps after which a search is given up."""


class _TooManyError(Exception):
    pass


class CountingMatcher:
    """Searches texts for an expression."""

    def __init__(self, expression: str) -> None:
        self._tree = tree(re.compile(expression))
        self.steps = 0

    def search_all(self, text: str) -> int:
        """The number of characters that a search for all matches looks at."""
        self.steps = at = 0
        with suppress(_TooManyError):
            while at <= len(text):
                end = next(self._ends(self._tree, text, at), None)
                at = at + 1 if end is None or end == at else end
        return self.steps

    def _ends(self, node: Node, text: str, at: int) -> Iterator[int]:
        match node:
            case Characters(source):
                self.steps += 1
                if self.steps == MOST:
                    raise _TooManyError
                if at < len(text) and re.fullmatch(source, text[at]):
                    yield at + 1
            case Edge(source):
                if re.compile(source).match(text, at):
                    yield at
            case Sequence(parts):
                yield from self._in_order(parts, text, at)
            case Choice(options):
                for option in options:
                    yield from self._ends(option, text, at)
            case Repeat(possessive=True):
                first = next(self._again(node, text, at, 0), None)
                yield from () if first is None else (first,)
            case Repeat():
                yield from self._again(node, text, at, 0)
            case Atomic(part):
                first = next(self._ends(part, text, at), None)
                yield from () if first is None else (first,)
            case Look(part, ahead=True):
                found = next(self._ends(part, text, at), None) is not None
                yield from (at,) if found != node.negative else ()
            case Look(Characters(source)):
                found = at > 0 and re.fullmatch(source, text[at - 1]) is not None
                yield from (at,) if found != node.negative else ()

    def _in_order(self, parts: tuple[Node, ...], text: str, at: int) -> Iterator[int]:
        if not parts:
            yield at
            return
        for end in self._ends(parts[0], text, at):
            yield from self._in_order(parts[1:], text, end)

    def _again(self, node: Repeat, text: str, at: int, times: int) -> Iterator[int]:
        if node.most is None or times < node.most:
            for end in self._ends(node.part, text, at):
                if end > at:
                    yield from self._again(node, text, end, times + 1)
        if times >= node.least:
            yield at
