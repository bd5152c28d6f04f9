"""Archives as Parquet, of which only the columns that matter are read, a batch of rows at a time."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from postcheck.archives.part import Part, every
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns, Headings, Row, headings, shown
from postcheck.readers.encoding import unreadable
from postcheck.readers.metadata import Metadata
from postcheck.readers.table import missing, no_text, row_drafts

_BUFFER = 1 << 20
"""Bytes of a column that are read ahead. Without a limit, a whole row group would be in memory."""

_types = pyarrow.types


def parts(path: Path, columns: Columns, size: int) -> Iterator[Part]:
    """The parts of a table. Raises `PostcheckError` if it can't be read, or no column is known to hold the text."""
    with _opened(path) as file:
        found, number = _headings(file.schema_arrow, str(path), columns), file.metadata.num_rows
    for start in range(0, number, size):
        yield Part(str(path), start, start + 1, min(size, number - start), found)


def read(part: Part, defaults: Metadata, columns: Columns) -> Iterator[Draft | Problem]:
    """The posts of a part, and a problem for each row that can't be read. Raises `PostcheckError` if rows are gone."""
    assert part.headings is not None
    with _opened(Path(part.path)) as file:
        for number, cells in enumerate(every(part, _cells(file, part, part.headings)), part.first):
            row = Row(number, cells)
            if flaw := unreadable("".join(cells), part.path, row.number):
                yield flaw
                continue
            try:
                yield from row_drafts(row, part.headings, part.path, defaults, columns)
            except PostcheckError as error:
                yield from error.problems


def _opened(path: Path) -> Any:
    try:
        return pyarrow.parquet.ParquetFile(path, buffer_size=_BUFFER)
    except (pyarrow.ArrowException, OSError) as error:
        reason = getattr(error, "strerror", None)
        message = f"can't be read: {reason}" if reason else "isn't a Parquet file, or is damaged"
        raise PostcheckError(Problem(message, str(path))) from None


def _headings(schema: Any, path: str, columns: Columns) -> Headings:
    row = Row(1, tuple(schema.names))
    found = headings([row], columns)
    if found is None:
        raise PostcheckError(replace(no_text(row, path, columns), line=None))
    problems = [replace(problem, line=None) for problem in missing(found, path, columns)]
    for at in sorted({*found.text, *found.about.values()}):
        name = shown(row.cells[at])
        if row.cells.count(row.cells[at]) > 1:
            problems.append(Problem(f'two columns are called "{name}"', path, hint="give one another name"))
        if not (_is_text(schema.types[at]) or (at not in found.text and _is_plain(schema.types[at]))):
            hint = "name the columns of text with --text-column" if at in found.text else "write it as text"
            problems.append(Problem(f'the column "{name}" holds no text, but {schema.types[at]}', path, hint=hint))
    if problems:
        raise PostcheckError(*problems)
    return found


def _is_text(kind: Any) -> bool:
    if _types.is_dictionary(kind):
        kind = kind.value_type
    strings = (_types.is_string, _types.is_large_string, _types.is_string_view)
    return any(is_such(kind) for is_such in (*strings, _types.is_binary, _types.is_large_binary, _types.is_null))


def _is_plain(kind: Any) -> bool:
    return any(is_such(kind) for is_such in (_types.is_integer, _types.is_floating, _types.is_boolean))


def _cells(file: Any, part: Part, found: Headings) -> Iterator[tuple[str, ...]]:
    """The cells of each row of a part; those of columns that don't matter are blank."""
    names = found.row.cells
    used = sorted({*found.text, *found.about.values()})
    ends = [*accumulate(file.metadata.row_group(each).num_rows for each in range(file.metadata.num_row_groups))]
    last = part.start + part.rows
    groups = [
        at for at, (begin, end) in enumerate(zip([0, *ends], ends, strict=False)) if begin < last and end > part.start
    ]
    at = 0 if not groups or not groups[0] else ends[groups[0] - 1]
    asked = [names[each] for each in used]
    for batch in file.iter_batches(part.rows, row_groups=groups, columns=asked, use_threads=False):
        begin, end = max(part.start - at, 0), min(last - at, len(batch))
        at += len(batch)
        if begin < end:
            part_of_it = batch.slice(begin, end - begin)
            read_columns = {each: _strings(part_of_it.column(names[each])) for each in used}
            blank = [""] * (end - begin)
            yield from zip(*(read_columns.get(each, blank) for each in range(len(names))), strict=True)
        if at >= last:
            return


def _strings(column: Any) -> list[str]:
    """The cells of a column. Bytes that aren't UTF-8 are lone surrogates in them."""
    if _types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not _is_text(column.type):
        column = column.cast(pyarrow.string())
    cells = column.cast(pyarrow.large_binary()).to_pylist()
    return ["" if cell is None else cell.decode("utf-8", "surrogateescape") for cell in cells]
