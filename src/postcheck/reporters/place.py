"""Where a finding stands, in numbers for programs and in words for people."""

from collections.abc import Iterator

from postcheck.draft import Draft, Span


def in_numbers(draft: Draft, span: Span) -> dict[str, int]:
    """`start` and `end` in code points of the draft's text; line and column as `Draft.position` counts them.

    The end is that of a half-open range: `end_column` is the column after the last character.
    """
    begin, end = draft.position(span.start), draft.position(span.end)
    return {
        "start": span.start,
        "end": span.end,
        "line": begin.line,
        "column": begin.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def in_words(draft: Draft, span: Span) -> str:
    """The place in the lines of the draft, as in `line 3, columns 5-19`. A draft of one line needs no line."""
    touched = list(draft.lines(span))
    (first, begin), (last, end) = touched[0], touched[-1]
    column, end_column = span.start - begin.start + 1, max(span.end - end.start, 1)
    name = draft.line_name
    if first != last:
        return f"{name} {first}, column {column} to {name} {last}, column {end_column}"
    columns = f"column {column}" if end_column <= column else f"columns {column}-{end_column}"
    return f"{name} {first}, {columns}" if "\n" in draft.text or draft.first_line > 1 else columns


def source(draft: Draft) -> str:
    """What to open to find the draft, as in `posts.xlsx, sheet Spring, row 5, column Caption`."""
    return ", ".join([draft.path, *_within(draft)])


def _within(draft: Draft) -> Iterator[str]:
    if draft.part is not None:
        yield draft.part
    if draft.sheet is not None:
        yield f"sheet {draft.sheet}"
    if draft.row is not None:
        yield f"line {draft.row}" if draft.sheet is None else f"row {draft.row}"
    elif draft.record is not None:
        yield f"post {draft.record + 1}"
    if draft.field is not None:
        yield f"column {draft.field}"
    if draft.id is not None:
        yield draft.id
