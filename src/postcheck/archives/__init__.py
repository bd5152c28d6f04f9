"""Archives of past posts: files that may be larger than memory, judged part by part.

files -> parts -> drafts -> Checker -> rows of findings -> a Parquet file. An engine decides only where the
parts are judged; what comes of each is the same, and in the order of the archive.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from postcheck.archives import delimited, jsonl, parquet
from postcheck.archives.part import ROWS, Part
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Format:
    """`parts` cuts a file into parts of so many rows, and raises `PostcheckError` if it can't be read at all.

    `read` reads one: its posts, and a problem on the row of each that can't be read.
    """

    parts: Callable[[Path, Columns, int], Iterator[Part]]
    read: Callable[[Part, Metadata, Columns], Iterator[Draft | Problem]]


_DELIMITED = Format(delimited.parts, delimited.read)
_LINES = Format(jsonl.parts, jsonl.read)

FORMATS: Mapping[str, Format] = {
    ".parquet": Format(parquet.parts, parquet.read),
    ".csv": _DELIMITED,
    ".tsv": _DELIMITED,
    ".jsonl": _LINES,
    ".ndjson": _LINES,
}
"""What an archive's files may be, by their suffix in lower case."""


def cut(files: Iterable[Path], columns: Columns, size: int = ROWS) -> Iterator[Part]:
    """The parts of all files, in order, of so many rows each. A file that can't be read is a part that says so."""
    for file in files:
        try:
            yield from FORMATS[file.suffix.lower()].parts(file, columns, size)
        except PostcheckError as error:
            yield Part(str(file), problems=error.problems)
        except OSError as error:
            yield Part(str(file), problems=(Problem(f"can't be read: {error.strerror}", str(file)),))
