"""Archives as delimited text, read a row at a time."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from postcheck.archives.part import Part, every
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns, Headings, Row, headings
from postcheck.readers.delimited import delimiter, rows
from postcheck.readers.encoding import refuse_other_encodings, unreadable
from postcheck.readers.metadata import Metadata
from postcheck.readers.table import missing, no_text, row_drafts


class _Lines:
    """The lines of a file from a byte on; bytes that aren't UTF-8 are lone surrogates in them.

    `end` is the byte at which the last line that was taken ends, `number` how many there were.
    """

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        file.seek(start)
        if not start and file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
            start = len(codecs.BOM_UTF8)
        file.seek(start)
        self._lines = io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")
        self.end = start
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.end += len(line.encode("utf-8", "surrogateescape"))
        self.number += 1
        return line


def parts(path: Path, columns: Columns, size: int) -> Iterator[Part]:
    """The parts of a table. Raises `PostcheckError` if it has no column that is known to hold the text."""
    with path.open("rb") as file:
        refuse_other_encodings(file.read(4), str(path))
        mark = next((delimiter(line) for line in _Lines(file) if line.strip("\r\n")), "")
    if not mark:
        return
    found = _headings(path, mark, columns)
    with path.open("rb") as file:
        lines = _Lines(file)
        source = rows(lines, mark, str(path))
        next(islice((row for row in source if row.filled), found.index, None))
        taken, broken = size, None
        while taken == size and not broken:
            start, first, taken = lines.end, lines.number + 1, 0
            try:
                for taken, _ in enumerate(islice(source, size), 1):  # noqa: B007
                    pass
            except PostcheckError as error:
                broken = error.problems[0]
            if taken:
                yield Part(str(path), start, first, taken, found, mark)
    if broken:
        yield Part(str(path), problems=(replace(broken, message=f"{broken.message}: nothing from it on is checked"),))


def read(part: Part, defaults: Metadata, columns: Columns) -> Iterator[Draft | Problem]:
    """The posts of a part, and a problem for each row that can't be read. Raises `PostcheckError` if rows are gone."""
    assert part.headings is not None
    used = {*part.headings.text, *part.headings.about.values()}
    with Path(part.path).open("rb") as file:
        source = rows(_Lines(file, part.start), part.delimiter, part.path, part.first)
        for row in every(part, source):
            if flaw := unreadable("".join(map(row.cell, used)), part.path, row.number):
                yield flaw
            elif row.filled:
                try:
                    yield from row_drafts(row, part.headings, part.path, defaults, columns)
                except PostcheckError as error:
                    yield from error.problems


def _headings(path: Path, mark: str, columns: Columns) -> Headings:
    found = headings(_filled(path, mark), columns)
    if found is None:
        raise PostcheckError(no_text(next(_filled(path, mark)), str(path), columns))
    if problems := [*missing(found, str(path), columns)]:
        raise PostcheckError(*problems)
    return found


def _filled(path: Path, mark: str) -> Iterator[Row]:
    with path.open("rb") as file:
        yield from (row for row in rows(_Lines(file), mark, str(path)) if row.filled)
