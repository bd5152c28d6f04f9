"""Where a finding stands, in numbers for programs and in words for people."""

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
    """The place within the draft's own text, as in `line 3, columns 5-19`. A draft of one line needs no line."""
    touched = list(draft.lines(span))
    (first, begin), (last, end) = touched[0], touched[-1]
    column, end_column = span.start - begin.start + 1, max(span.end - end.start, 1)
    if first != last:
        return f"line {first}, column {column} to line {last}, column {end_column}"
    columns = f"column {column}" if end_column <= column else f"columns {column}-{end_column}"
    return f"line {first}, {columns}" if "\n" in draft.text else columns


def source(draft: Draft) -> str:
    """What to open to find the draft: its path, and in a table its line and its id."""
    if draft.record is None:
        return draft.path
    line = f"record {draft.record + 1}" if draft.row is None else f"line {draft.row}"
    return f"{draft.path}, {line}" if draft.id is None else f"{draft.path}, {line}, {draft.id}"
