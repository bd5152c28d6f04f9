"""Places in a text as an editor counts them: 0-based lines, and columns in the units of an encoding."""

import re
from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

_END = re.compile(r"\r\n|\r|\n")
"""All that ends a line, by the protocol's definition."""

_UNITS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}
"""How a column is counted in each encoding: its bytes, and how many of them are a unit."""


class Lines:
    """The lines of a text. Offsets are code points of the text; what lies beyond an end is taken to that end."""

    def __init__(self, text: str, encoding: str) -> None:
        self._text = text
        self._codec, self._bytes = _UNITS[PositionEncodingKind(encoding)]
        ends = [end.span() for end in _END.finditer(text)]
        self._starts = (0, *(after for _, after in ends))
        self._ends = (*(before for before, _ in ends), len(text))

    def position(self, offset: int) -> Position:
        """Where the code point at an offset stands; one within a line's end stands before that."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(line, min(offset, self._ends[line])))

    def offset(self, position: Position) -> int:
        """The code point at a position; of one that takes several units, any of them names it."""
        if position.line >= len(self._starts):
            return len(self._text)
        line = position.line
        offsets = range(self._starts[line], self._ends[line] + 1)
        return offsets[bisect_right(offsets, position.character, key=lambda at: self._units(line, at)) - 1]

    def range(self, start: int, end: int) -> Range:
        """The range of the code points from one offset to another."""
        return Range(self.position(start), self.position(end))

    def line(self, number: int) -> Range:
        """All of a 0-based line but its end; of the last one, where there is none of that number."""
        at = min(number, len(self._starts) - 1)
        return self.range(self._starts[at], self._ends[at])

    def _units(self, line: int, offset: int) -> int:
        """The units from a line's beginning to an offset on it. Half a character counts as one alone."""
        before = self._text[self._starts[line] : offset]
        return len(before.encode(self._codec, "surrogatepass")) // self._bytes
