"""A line with marks, cut to a width: what is marked stays, with as much around it as fits."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, groupby, pairwise
from typing import TypeAlias

ELLIPSIS = "…"
_WORD = 12
"""Characters of a cut word that are given up to end at a space."""

_Range: TypeAlias = tuple[int, int]


class Mark(IntEnum):
    """Why a character is marked; the greater wins."""

    NONE = 0
    RELATED = 1
    SPAN = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with one mark, ready to print, and the cells it takes."""

    text: str
    cells: int
    mark: Mark


def elided(characters: list[Piece], width: int) -> Iterator[Piece]:
    """The characters of a line, cut to `width` cells, as runs of one mark. What is left out is shown by `…`."""
    shown: list[Piece] = []
    at = 0
    for start, end in [*_kept(characters, width), (len(characters), len(characters))]:
        if start > at:
            inside = at > 0 and start < len(characters)
            mark = min(characters[at].mark, characters[start - 1].mark) if inside else Mark.NONE
            shown.append(Piece(ELLIPSIS, 1, mark))
        shown += characters[start:end]
        at = end
    for mark, run in groupby(shown, key=lambda piece: piece.mark):
        pieces = list(run)
        yield Piece("".join(piece.text for piece in pieces), sum(piece.cells for piece in pieces), mark)


def _kept(characters: list[Piece], width: int) -> list[_Range]:
    """The ranges of characters that fit into `width` cells: first what is marked, then what surrounds it."""
    sums = [0, *accumulate(character.cells for character in characters)]
    count = len(characters)

    def fits(ranges: list[_Range]) -> bool:
        """Whether the ranges fit, with an ellipsis for each gap between and around them."""
        gaps = sum(end < start for (_, end), (start, _) in pairwise([(0, 0), *ranges, (count, count)]))
        return sum(sums[end] - sums[start] for start, end in ranges) + gaps <= width

    if fits([(0, count)]):
        return [(0, count)]
    runs = _runs(characters) or [(0, 1)]
    start, end = runs[0]
    if not fits([runs[0]]):  # the mark itself is too wide: its beginning and its end
        return _grown(_merged([(start, start + 1), (end - 1, end)]), runs[0], fits)
    kept: list[_Range] = []
    for run in runs:
        if fits(wider := _merged([*kept, run])):
            kept = wider
    return [_to_words(each, characters) for each in _grown(kept, (0, count), fits)]


def _runs(characters: list[Piece]) -> list[_Range]:
    """The ranges of one mark, those of the span first, then the related ones from the nearest on."""
    runs: list[tuple[Mark, _Range]] = []
    at = 0
    for mark, run in groupby(characters, key=lambda character: character.mark):
        start, at = at, at + sum(1 for _ in run)
        if mark:
            runs.append((mark, (start, at)))
    focus = max(runs, default=(Mark.NONE, (0, 0)), key=lambda each: each[0])[1]
    return [run for _, run in sorted(runs, key=lambda each: (-each[0], abs(each[1][0] - focus[0])))]


def _merged(ranges: Iterable[_Range]) -> list[_Range]:
    """The ranges in order, those that touch made one."""
    merged: list[_Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _grown(ranges: list[_Range], within: _Range, fits: Callable[[list[_Range]], bool]) -> list[_Range]:
    """The ranges, made wider by turns on both sides as long as they fit and stay `within`."""
    growing = True
    while growing:
        growing = False
        for start, end in list(ranges):
            for wider in ((max(start - 1, within[0]), end), (start, min(end + 1, within[1]))):
                grown = _merged([*ranges, wider])
                if grown != ranges and fits(grown):
                    ranges, growing = grown, True
    return ranges


def _to_words(kept: _Range, characters: list[Piece]) -> _Range:
    """The range without the parts of words at its ends, where these are short and not marked."""
    start, end = kept
    marked = [at for at in range(start, end) if characters[at].mark] or [start, end - 1]
    starts = range(start, min(start + _WORD, marked[0]))
    ends = range(end, max(end - _WORD, marked[-1] + 1), -1)
    if start > 0:
        start = next((at for at in starts if characters[at].text.isspace()), start)
    if end < len(characters):
        end = next((at for at in ends if characters[at - 1].text.isspace()), end)
    return start, end
