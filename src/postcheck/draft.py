"""A draft: one post, its metadata, and the typed parts of its text."""

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `[start, end)`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def cut(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]


LONGEST = 1_000_000
"""Code points that a draft may have to be checked: what reads it needs about 4 kB of memory for each."""


LARGEST_FILE = 50
"""Megabytes that a file of drafts may have, unless the configuration says otherwise."""


class Author(StrEnum):
    """Who posts: an employee on a personal account, or the institution's own account."""

    EMPLOYEE = "employee"
    OFFICIAL = "official"


class SegmentKind(StrEnum):
    """What a part of a draft's text is. Text in no segment is prose.

    `MARKUP` (the `**` of bold text) and `METADATA` (front matter keys that postcheck itself
    reads, postcheck's own comments) are not part of the post: detectors don't see them. Nor are
    `BREAK` (markup that begins a line, as `<p>` does) and `SPACE` (whatever shows as one blank,
    as a line break in the source of a page does). Everything else is seen, since an identifier
    in code or in a quote is still an identifier.
    """

    CODE = "code"
    QUOTE = "quote"
    URL = "url"
    HASHTAG = "hashtag"
    MENTION = "mention"
    ALT_TEXT = "alt-text"
    MARKUP = "markup"
    BREAK = "break"
    SPACE = "space"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A typed part of a draft's text."""

    span: Span
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, as editors count: 1-based line, 1-based column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One post, as read. Offsets always refer to `text`, which a reader never alters.

    `path` names the source for the reader of a report. In a file of several posts, `record` is
    the 0-based index and `id` the post's own id if it has one. In a table, `row` is the record's
    line in the file, or its row in the spreadsheet's `sheet`, and `field` the heading of the
    column that holds the text. `part` names what of a file the text is, if that isn't the file's
    main text: "comments", "subject". Where the text stands in the file as it is, it's `verbatim`, and
    `first_line` is the line on which it begins. `line_name` is what people call a line of it: in a Word document
    "paragraph". `in_reply_to` is the public post that is being answered: context, never checked
    itself.
    """

    text: str
    path: str = "<text>"
    author: Author = Author.EMPLOYEE
    channel: str | None = None
    in_reply_to: str | None = None
    approval: str | None = None
    authorization: str | None = None
    record: int | None = None
    id: str | None = None
    row: int | None = None
    sheet: str | None = None
    field: str | None = None
    part: str | None = None
    verbatim: bool = True
    first_line: int = 1
    line_name: str = "line"
    segments: tuple[Segment, ...] = ()
    _line_starts: tuple[int, ...] = dataclasses.field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        starts = (0, *(at + 1 for at, char in enumerate(self.text) if char == "\n"))
        object.__setattr__(self, "_line_starts", starts)

    def position(self, offset: int) -> Position:
        """Where the code point at `offset` stands.

        In a table the line is the record's line in the file, and the column counts code
        points of the record's text.
        """
        if self.row is not None:
            return Position(self.row, offset + 1)
        index = bisect_right(self._line_starts, offset) - 1
        return Position(self.first_line + index, offset - self._line_starts[index] + 1)

    def lines(self, span: Span) -> Iterator[tuple[int, Span]]:
        """The lines of `text` that `span` touches, as (number from `first_line` on, span without its line break)."""
        first = bisect_right(self._line_starts, span.start) - 1
        last = bisect_right(self._line_starts, max(span.start, span.end - 1)) - 1
        for index in range(first, last + 1):
            start = self._line_starts[index]
            following = index + 1 < len(self._line_starts)
            end = self._line_starts[index + 1] - 1 if following else len(self.text)
            carriage_return = following and self.text[start:end].endswith("\r")
            yield self.first_line + index, Span(start, end - carriage_return)
