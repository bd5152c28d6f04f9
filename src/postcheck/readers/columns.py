"""Which column of a table holds the text, and which say something about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of columns, where they are named. What isn't named is told by its heading."""

    text: tuple[str, ...] = ()
    author: str | None = None
    channel: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its 1-based number in the file, its cells, and which of them are formulas."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()

    def cell(self, column: int) -> str:
        """The text of a cell; beyond the last one there is none."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """How many cells aren't blank."""
        return sum(bool(cell.strip()) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Headings:
    """What the headings of a table say: their row, its index, the columns with text, those with metadata by key."""

    row: Row
    index: int
    text: tuple[int, ...]
    about: Mapping[str, int]


_ASIDE = re.compile(r"(?<!\s)\s*\([^)]{0,200}\)|[\W_]+")
_TEXT = frozenset({"body", "caption", "content", "copy", "draft", "message", "post", "text", "tweet"})
"""What the heading of a column with text ends in, as in "Post", "LinkedIn copy" and "Alt text"."""

_ABOUT = {
    "author": "author",
    "posted by": "author",
    "account type": "author",
    "channel": "channel",
    "platform": "channel",
    "network": "channel",
    "social network": "channel",
    "in reply to": "in_reply_to",
    "reply to": "in_reply_to",
    "approval": "approval",
    "authorization": "authorization",
    "id": "id",
    "post id": "id",
}
"""The key of metadata that a heading stands for."""

_MOST_ABOVE = 10
"""How many rows may stand above the headings, as a title does."""

_WORDS = 6
"""A cell of so many words reads as a text, not as a heading, a name or a date."""


def headings(rows: Iterable[Row], columns: Columns) -> Headings | None:
    """The headings of a table, or `None` if none is known to be that of a text.

    They are the first row that names a column of text; with a single cell, only if no row of the table has
    more. If none does and a single column holds longer text, it's that column, under the first row. Of the
    rows, no more are read than it takes to know, and none is kept.
    """
    waiting = iter(rows)
    top = [*islice(waiting, _MOST_ABOVE)]
    naming = [found for index, row in enumerate(top) if (found := _naming(row, index, columns))]
    wide = next((found for found in naming if found.row.filled > 1), None)
    if wide or not top:
        return wide
    first, widest = top[0], 0
    long: set[int] = set()
    for index, row in enumerate(chain(top, waiting)):
        widest = max(widest, row.filled)
        if index:
            long |= {at for at, cell in enumerate(row.cells) if reads_as_text(cell)}
    if naming and widest == 1:
        return naming[0]
    if columns.text or any(map(reads_as_text, first.cells)) or len(long) != 1 or not first.cell(min(long)).strip():
        return None
    return Headings(first, 0, tuple(long), _about(_names(first), columns))


def reads_as_text(cell: str) -> bool:
    """Whether a cell holds more than a heading, a name or a date."""
    return len(cell.split()) >= _WORDS


def shown(heading: str) -> str:
    """A heading on one line."""
    return " ".join(heading.split())


def _naming(row: Row, index: int, columns: Columns) -> Headings | None:
    """What a row says as headings, if it names the columns of text."""
    names, wanted = _names(row), [_plain(name) for name in columns.text]
    text = [at for at, name in enumerate(names) if (name in wanted if wanted else _is_text(name))]
    return Headings(row, index, tuple(text), _about(names, columns)) if text and {*wanted} <= {*names} else None


def _names(row: Row) -> list[str]:
    return [_plain(cell) for cell in row.cells]


def _about(names: Sequence[str], columns: Columns) -> dict[str, int]:
    """The column of each key of metadata; the one that is named, else the first whose heading says so."""
    about: dict[str, int] = {}
    for at, name in enumerate(names):
        if name in _ABOUT:
            about.setdefault(_ABOUT[name], at)
    for key in ("author", "channel", "id"):
        named = getattr(columns, key)
        if named is not None and _plain(named) in names:
            about[key] = names.index(_plain(named))
        elif named is not None:
            about.pop(key, None)
    return about


def _is_text(name: str) -> bool:
    return name.rpartition(" ")[2] in _TEXT


def _plain(heading: str) -> str:
    """A heading as headings are compared: "Post_Text (max. 280):" is "post text"."""
    return " ".join(_ASIDE.sub(" ", heading).casefold().split())
