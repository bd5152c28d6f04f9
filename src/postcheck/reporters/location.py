"""Where a finding stands in its file, for programs that open the file there."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from postcheck.draft import Draft, Span


@dataclass(frozen=True, slots=True)
class Region:
    """A half-open range of a file, as `Draft.position` counts.

    `columns` are those of the start and of the end. They are missing where the draft is only a
    part of its file, since they would count the draft's text.
    """

    line: int
    end_line: int
    columns: tuple[int, int] | None


def region(draft: Draft, span: Span) -> Region:
    """The part of the draft's file that the span covers."""
    begin, end = draft.position(span.start), draft.position(span.end)
    columns = (begin.column, end.column) if draft.record is None else None
    return Region(begin.line, end.line, columns)


def file_path(path: str) -> str:
    """The path with forward slashes; relative, if it lies below the working directory."""
    file = Path(path)
    with suppress(ValueError):
        file = file.relative_to(Path.cwd())
    return file.as_posix()
