"""Tables of text: the values of a row between commas, semicolons, tabs or bars."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns, Row
from postcheck.readers.encoding import decode
from postcheck.readers.metadata import Metadata
from postcheck.readers.table import table

_DELIMITERS = ",;\t|"

_LINE_END = re.compile(r"[\r\n]")
# The module gives up at 131,072 characters, as if the quotes didn't fit; `read` tells of a draft that is too long.
csv.field_size_limit(2**31 - 1)


def read_delimited(content: bytes, path: str, defaults: Metadata, columns: Columns) -> tuple[Draft, ...]:
    """The drafts of a table. A row is where its first line is. Raises `PostcheckError`."""
    filled = [row for row in records(decode(content, path), path) if row.filled]
    return table(filled, path, defaults, columns)


def records(text: str, path: str) -> Iterator[Row]:
    """All rows, blank ones too. Raises `PostcheckError` where quotes don't fit."""
    return rows(io.StringIO(text, newline=""), delimiter(text), path)


def rows(lines: Iterable[str], delimiter: str, path: str, first: int = 1) -> Iterator[Row]:
    """The rows in lines of which the first has that number. Lines are taken only as rows are asked for.

    Raises `PostcheckError` where quotes don't fit.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + first
        try:
            yield Row(line, tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error:
            hint = 'close each quote, and write a quote within a text twice: "She said ""hi"""'
            raise PostcheckError(Problem("the quotes of this row don't fit", path, line, hint=hint)) from None


def delimiter(text: str) -> str:
    """What parts the first line into most cells; a comma, where nothing does."""
    first = _LINE_END.split(text.lstrip("\r\n"), maxsplit=1)[0]
    return max(_DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))
