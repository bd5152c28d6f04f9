"""A part of an archive: so many rows of a file, few enough to be read and judged at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Headings

_Row = TypeVar("_Row")

ROWS = 2_000
"""The rows of a part: all of it that is ever in memory, and all that is judged again when a worker dies."""


@dataclass(frozen=True, slots=True)
class Part:
    """`rows` rows of a file, from the byte (in a Parquet file: the row) `start` on; the first one's number is `first`.

    `headings` and `delimiter` are the file's, if it has any. `problems` say what of the file can't be read.
    """

    path: str
    start: int = 0
    first: int = 1
    rows: int = 0
    headings: Headings | None = None
    delimiter: str = ""
    problems: tuple[Problem, ...] = ()


def every(part: Part, rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows of a part, which are the first of `rows`. Raises `PostcheckError` where one is missing."""
    waiting = iter(rows)
    for taken in range(part.rows):
        try:
            yield next(waiting)
        except StopIteration:
            message = f"the file was changed while it was read: {part.rows - taken} rows are gone"
            problem = Problem(message, part.path, part.first + taken, hint="audit it again when it's at rest")
            raise PostcheckError(problem) from None
