"""The table of findings: its columns, a part of it, and the file it's written into. None of it holds draft text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from postcheck.draft import Draft
from postcheck.errors import Problem
from postcheck.finding import Finding, SuppressedBy
from postcheck.readers.writing import replacing
from postcheck.version import __version__

SCHEMA_NAME = "postcheck/audit/v1"

_GROUP = 50_000
"""Rows that are written at once."""


class Kind(StrEnum):
    """What a row tells: a finding, one that is silenced, or what couldn't be checked."""

    FINDING = "finding"
    SUPPRESSED = "suppressed"
    PROBLEM = "problem"


SCHEMA = pyarrow.schema(
    [
        pyarrow.field("kind", pyarrow.string(), nullable=False),
        pyarrow.field("file", pyarrow.string(), nullable=False),
        ("row", pyarrow.int64()),
        ("field", pyarrow.string()),
        ("id", pyarrow.string()),
        ("rule", pyarrow.string()),
        ("category", pyarrow.string()),
        ("severity", pyarrow.string()),
        ("confidence", pyarrow.float64()),
        ("start", pyarrow.int64()),
        ("end", pyarrow.int64()),
        pyarrow.field("message", pyarrow.string(), nullable=False),
        ("learned", pyarrow.bool_()),
        ("fingerprint", pyarrow.string()),
        ("suppressed_by", pyarrow.string()),
    ]
)
"""The columns, which `docs/archive.md` describes."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of a part of an archive: how many posts were judged, and the rows that it adds to the table."""

    posts: int
    table: Any


def finding_row(draft: Draft, finding: Finding, by: SuppressedBy | None = None) -> Row:
    """A finding as a row."""
    return {
        "kind": Kind.SUPPRESSED if by else Kind.FINDING,
        **_place(draft),
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "start": finding.span.start,
        "end": finding.span.end,
        "message": finding.message,
        "learned": finding.learned,
        "fingerprint": finding.fingerprint,
        "suppressed_by": by,
    }


def problem_row(problem: Problem, file: str, draft: Draft | None = None) -> Row:
    """What couldn't be checked as a row: a draft, or what stands at the problem's line of a file."""
    place = _place(draft) if draft else {"file": file, "row": problem.line}
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return {"kind": Kind.PROBLEM, **place, "message": message}


def table(rows: Iterable[Row]) -> Any:
    """Rows as an Arrow table."""
    return pyarrow.Table.from_pylist([*rows], SCHEMA)


def _place(draft: Draft) -> Row:
    return {"file": draft.path, "row": draft.row, "field": draft.field, "id": draft.id}


class FindingsFile:
    """A Parquet file on the way. `posts` tells how many posts were judged, `counts` how many rows there are
    of each kind, severity and rule.
    """

    def __init__(self, writer: Any) -> None:
        self.posts = 0
        self.counts: Counter[tuple[str, str | None, str | None]] = Counter()
        self._writer = writer
        self._waiting: list[Any] = []

    def add(self, audited: Audited) -> None:
        """Add what came of the next part."""
        self.posts += audited.posts
        self._waiting.append(audited.table)
        if sum(map(len, self._waiting)) >= _GROUP:
            self._write()

    def finish(self) -> None:
        """Write what is left, and what the file says of itself."""
        self._write()
        problems = sum(number for (kind, _, _), number in self.counts.items() if kind == Kind.PROBLEM)
        said = {
            "postcheck.schema": SCHEMA_NAME,
            "postcheck.version": __version__,
            "postcheck.posts": str(self.posts),
            "postcheck.complete": str(not problems).lower(),
        }
        self._writer.add_key_value_metadata(said)

    def _write(self) -> None:
        if not self._waiting:
            return
        rows = pyarrow.concat_tables(self._waiting)
        self._waiting = []
        keys = [rows.column(name).to_pylist() for name in ("kind", "severity", "rule")]
        self.counts.update(zip(*keys, strict=True))
        self._writer.write_table(rows, row_group_size=max(len(rows), 1))


@contextmanager
def findings_file(path: Path) -> Iterator[FindingsFile]:
    """A file to add findings to, which stands at `path` only once all are in it.

    Raises `PostcheckError` if it can't be written.
    """
    with replacing(path) as file, pyarrow.parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        findings = FindingsFile(writer)
        yield findings
        findings.finish()
