"""Archives as JSON Lines, read a line at a time."""

import codecs
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from postcheck.archives.part import Part, every
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns
from postcheck.readers.encoding import refuse_other_encodings, unreadable
from postcheck.readers.jsonl import line_drafts
from postcheck.readers.metadata import Metadata


def parts(path: Path, columns: Columns, size: int) -> Iterator[Part]:
    """The parts of a file of one post a line. Raises `PostcheckError` if it isn't UTF-8 text."""
    with path.open("rb") as file:
        beginning = file.read(4)
        refuse_other_encodings(beginning, str(path))
        start = len(codecs.BOM_UTF8) if beginning.startswith(codecs.BOM_UTF8) else 0
        file.seek(start)
        first = 1
        while sizes := [len(line) for line in islice(file, size)]:
            yield Part(str(path), start, first, len(sizes))
            start += sum(sizes)
            first += len(sizes)


def read(part: Part, defaults: Metadata, columns: Columns) -> Iterator[Draft | Problem]:
    """The posts of a part, and a problem for each line that isn't sound. Raises `PostcheckError` if lines are gone."""
    with Path(part.path).open("rb") as file:
        file.seek(part.start)
        for number, content in enumerate(every(part, file), part.first):
            line = content.decode("utf-8", "surrogateescape").removesuffix("\n")
            if flaw := unreadable(line, part.path, number):
                yield flaw
            elif line.strip():
                try:
                    yield from line_drafts(line, part.path, number, defaults, columns)
                except PostcheckError as error:
                    yield from error.problems
