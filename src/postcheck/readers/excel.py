"""Excel workbooks: every sheet is a table, hidden ones too."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns, Row, headings, reads_as_text
from postcheck.readers.metadata import Metadata
from postcheck.readers.package import checked, damaged
from postcheck.readers.table import table

_WHAT = "an Excel workbook"

_LAST_ROW = 1_048_576
"""Where Excel's sheets end, by its specification of limits. A damaged file may name any row."""

_MOST_CELLS = 20_000_000
"""So many cells of a sheet are read, the blank ones before others in their rows included: about ten seconds' work."""


def read_excel(content: bytes, path: str, defaults: Metadata, columns: Columns) -> tuple[Draft, ...]:
    """The drafts of all sheets.

    A sheet with no column that is known to hold text is passed over if another has one and no
    cell reads as a text: it may be a list of networks. Raises `PostcheckError`.
    """
    sheets = _sheets(content, path)
    known = {name for name, rows in sheets.items() if headings(rows, columns)}
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for name, rows in sheets.items():
        if name not in known and known and not _holds_text(rows):
            continue
        try:
            drafts += table(rows, path, defaults, columns, name)
        except PostcheckError as error:
            problems += error.problems
    if problems:
        raise PostcheckError(*problems)
    return tuple(replace(draft, record=index) for index, draft in enumerate(drafts))


def _sheets(content: bytes, path: str) -> dict[str, list[Row]]:
    """The rows of each sheet."""
    file = checked(content, path, _WHAT)
    from openpyxl.reader.excel import ExcelReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = ExcelReader(file, read_only=True)
            reader.read()
            whole = all(place.target in reader.valid_files for _, place in reader.parser.find_sheets())
            sheets = {sheet.title: [*_rows(sheet, path)] for sheet in reader.wb.worksheets}
    except PostcheckError:
        raise
    except Exception:  # openpyxl has no exception of its own for a damaged file, and a message may quote it
        raise damaged(path, _WHAT) from None
    if not whole:  # openpyxl passes over a sheet that the file names and doesn't hold
        raise damaged(path, _WHAT)
    return sheets


def _rows(sheet: Any, path: str) -> Iterator[Row]:
    """The rows of a read-only sheet that aren't blank. What a file says of a sheet's size may be wrong.

    Raises `PostcheckError` for a sheet that has no end.
    """
    sheet.reset_dimensions()
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells += len(row)
        if number > _LAST_ROW:
            raise damaged(path, _WHAT)
        if cells > _MOST_CELLS:
            message = f"a sheet has more than {_MOST_CELLS:,} cells"
            raise PostcheckError(Problem(message, path, hint="copy what is to be posted into a workbook of its own"))
        formulas = frozenset(at for at, cell in enumerate(row) if cell.data_type == "f")
        texts = tuple("" if at in formulas or cell.value is None else str(cell.value) for at, cell in enumerate(row))
        if formulas or any(text.strip() for text in texts):
            yield Row(number, texts, formulas)


def _holds_text(rows: list[Row]) -> bool:
    return any(reads_as_text(cell) for row in rows for cell in row.cells)
