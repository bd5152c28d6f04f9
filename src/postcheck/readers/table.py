"""Tables: a draft for each cell of a column with text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from postcheck.draft import Author, Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns, Headings, Row, headings, reads_as_text, shown
from postcheck.readers.metadata import KEYS, Metadata, parse
from postcheck.readers.social import social

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{3}")


def table(
    rows: Sequence[Row], path: str, defaults: Metadata, columns: Columns, sheet: str | None = None
) -> tuple[Draft, ...]:
    """The drafts of a table whose rows aren't blank. Raises `PostcheckError` with all that can't be read."""
    if not rows:
        return ()
    found = headings(rows, columns)
    if found is None:
        raise PostcheckError(no_text(rows[0], path, columns, sheet))
    drafts: list[Draft] = []
    problems = [*missing(found, path, columns, sheet)]
    for row in rows[found.index + 1 :]:
        try:
            drafts += row_drafts(row, found, path, defaults, columns, sheet)
        except PostcheckError as error:
            problems += error.problems
    if problems:
        raise PostcheckError(*problems)
    return tuple(replace(draft, record=index) for index, draft in enumerate(drafts))


def row_drafts(
    row: Row, found: Headings, path: str, defaults: Metadata, columns: Columns, sheet: str | None = None
) -> list[Draft]:
    """The drafts in a row below the headings. Raises `PostcheckError` with all that can't be read."""
    problems = [*_unreadable(row, found, path, sheet)]
    try:
        said = parse(_said(row, found, columns), path, dict.fromkeys(KEYS, row.number)).over(defaults)
    except PostcheckError as error:
        problems += error.problems
    if problems:
        raise PostcheckError(*problems)
    drafts = []
    for column in found.text:
        text = row.cell(column)
        if text.strip():
            place = {"row": row.number, "sheet": sheet, "field": shown(found.row.cell(column))}
            drafts.append(said.draft(text, path, tuple(sorted(social(text))), verbatim=False, **place))
    return drafts


def missing(found: Headings, path: str, columns: Columns, sheet: str | None = None) -> Iterator[Problem]:
    """The columns that are named and aren't there."""
    for key in ("author", "channel", "id"):
        named = getattr(columns, key)
        if named is not None and key not in found.about:
            within = f" in the sheet {sheet}" if sheet else ""
            message = f'there is no column "{named}"{within}'
            yield Problem(message, path, found.row.number, hint=_named(found.row))


def no_text(first: Row, path: str, columns: Columns, sheet: str | None = None) -> Problem:
    """That a table, of which this is the first row, has no column that is known to hold the text."""
    within = f"the sheet {sheet} has" if sheet else "has"
    if columns.text:
        wanted = " and ".join(f'"{name}"' for name in columns.text)
        return Problem(f"{within} no column {wanted}", path, first.number, hint=_named(first))
    if not _are_headings(first):
        hint = "name the columns in the first row: text, author, channel"
        return Problem(f"{within} no row of headings", path, first.number, hint=hint)
    hint = f"name it with --text-column; {_named(first)}"
    return Problem(f"{within} no column that is known to hold the text", path, first.number, hint=hint)


def _said(row: Row, found: Headings, columns: Columns) -> dict[str, object]:
    """What a row says about its text.

    A column that isn't named on purpose may be about something else: an author there counts if
    it's one of the two words, an approval or an authorization if it holds a number, since
    "pending" is none.
    """
    said = {key: row.cell(at) for key, at in found.about.items() if at not in row.formulas}
    if columns.author is None and said.get("author", "").strip().lower() not in {*Author}:
        said.pop("author", None)
    for key in ("approval", "authorization"):
        if not _DIGIT.search(said.get(key, "")):
            said.pop(key, None)
    return {**said}


def _unreadable(row: Row, found: Headings, path: str, sheet: str | None) -> Iterator[Problem]:
    within = f" of the sheet {sheet}" if sheet else ""
    for column in found.text:
        if column in row.formulas:
            message = f'the column "{shown(found.row.cell(column))}"{within} holds a formula, which can\'t be checked'
            yield Problem(message, path, row.number, hint="copy the cell, and paste it as a value")
    last = max(at for at, cell in enumerate(found.row.cells) if cell.strip())
    if any(cell.strip() for cell in row.cells[last + 1 :]):
        message = f"a cell{within} stands under no heading"
        yield Problem(message, path, row.number, hint="give its column a heading; put a text with commas in quotes")


def _named(row: Row) -> str:
    """The headings in a row, unless it may be a post."""
    if not _are_headings(row):
        return "see the first row for its headings"
    return "the columns are " + ", ".join(f'"{shown(cell)}"' for cell in row.cells if cell.strip())


def _are_headings(row: Row) -> bool:
    return not any(reads_as_text(cell) or _NUMBER.search(cell) for cell in row.cells)
