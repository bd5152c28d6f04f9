"""The lines of a draft around a finding, with what is marked in them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from postcheck.draft import Draft, Span
from postcheck.reporters.elision import Mark, Piece, elided
from postcheck.reporters.visible import visible

_TAB = "    "
_MOST_LINES = 5
"""A span of more lines is shown by its first ones and its last."""
_MOST_RELATED = 3
"""Lines that are shown for related spans alone."""

_LONG = 16
"""Times the width that a line may have and still be looked at from its beginning to its end."""
_MOST_MARKS = 8
"""Related spans that are looked for in a line that is longer."""

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
        shown = _shown(line, marked, related, width)
        yield Row(number, tuple(elided([*_characters(draft, shown, marked, related, cells, width)], width)))


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


def _shown(line: Span, span: Span, related: tuple[Span, ...], width: int) -> list[Span]:
    """What of a line may be shown: all of it, but of one that is far too long only what is near its marks."""
    if len(line) <= _LONG * width:
        return [line]
    others = sorted((each for each in related if each.overlaps(line)), key=lambda each: abs(each.start - span.start))
    edges = sorted(edge for each in (span, *others[:_MOST_MARKS]) for edge in (each.start, each.end))
    shown: list[Span] = []
    for edge in edges:
        start, end = (min(max(at, line.start), line.end) for at in (edge - 2 * width, edge + 2 * width))
        if shown and start <= shown[-1].end:
            start = shown.pop().start
        shown.append(Span(start, end))
    return shown


def _characters(
    draft: Draft, shown: list[Span], span: Span, related: tuple[Span, ...], cells: Callable[[str], int], width: int
) -> Iterator[Piece]:
    """Parts of a line in what a reader takes for characters, and what is too wide to be shown for what is between.

    One is marked where any of its code points is.
    """
    close = [each for each in related if each.overlaps(Span(shown[0].start, shown[-1].end))]

    def mark(place: Span) -> Mark:
        near = any(place.overlaps(each) for each in close)
        return Mark.SPAN if place.overlaps(span) else Mark.RELATED if near else Mark.NONE

    for before, part in pairwise([None, *shown]):
        if before is not None and part is not None:
            yield Piece("", width + 1, mark(Span(before.end, part.start)))
        if part is not None:
            for match in _CHARACTERS.finditer(part.cut(draft.text).removesuffix("\r")):
                text = visible(match[0].replace("\t", _TAB))
                place = Span(part.start + match.start(), part.start + match.end())
                yield Piece(text, cells(text), mark(place))
