"""The lines of a draft around a finding, with what is marked in them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import regex

from postcheck.draft import Draft, Span
from postcheck.reporters.elision import Mark, Piece, elided
from postcheck.reporters.visible import visible

_TAB = "    "
_MOST_LINES = 5
"""A span of more lines is shown by its first ones and its last."""
_MOST_RELATED = 3
"""Lines that are shown for related spans alone."""

_CHARACTERS = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the draft, by its 1-based number in the draft's text. Without a number: lines are left out here."""

    number: int | None
    pieces: tuple[Piece, ...] = ()


def excerpt(
    draft: Draft, span: Span, related: Iterable[Span], width: int, cells: Callable[[str], int]
) -> Iterator[Row]:
    """The lines that `span` and the `related` spans touch, each cut to `width` cells around what is marked.

    `cells` tells how many cells of the terminal a string takes.
    """
    related = tuple(related)
    marked = span if span else Span(span.start, span.start + 1)
    before = None
    for number, line in _lines(draft, span, related):
        if before is not None and number > before + 1:
            yield Row(None)
        before = number
        yield Row(number, tuple(elided(_characters(draft, line, marked, related, cells), width)))


def _lines(draft: Draft, span: Span, related: tuple[Span, ...]) -> list[tuple[int, Span]]:
    """The lines to show, in order: those of the span, and of the related spans the nearest."""
    own = list(draft.lines(span))
    if len(own) > _MOST_LINES:
        own = [*own[: _MOST_LINES - 2], own[-1]]
    chosen = dict(own)
    others = {number: line for each in related for number, line in draft.lines(each) if number not in chosen}
    first, last = own[0][0], own[-1][0]
    outside = (number for number in others if not first <= number <= last)
    nearest = sorted(outside, key=lambda number: (max(first - number, number - last), number))[:_MOST_RELATED]
    return sorted([*own, *((number, others[number]) for number in nearest)])


def _characters(
    draft: Draft, line: Span, span: Span, related: tuple[Span, ...], cells: Callable[[str], int]
) -> list[Piece]:
    """A line in what a reader takes for characters. One is marked where any of its code points is."""
    characters = []
    for match in _CHARACTERS.finditer(line.cut(draft.text).removesuffix("\r")):
        place = Span(line.start + match.start(), line.start + match.end())
        near = any(place.overlaps(each) for each in related)
        mark = Mark.SPAN if place.overlaps(span) else Mark.RELATED if near else Mark.NONE
        text = visible(match[0].replace("\t", _TAB))
        characters.append(Piece(text, cells(text), mark))
    return characters
