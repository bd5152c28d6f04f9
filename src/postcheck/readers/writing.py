"""The way back: new texts of drafts into the bytes of their file, and those over the file."""

import codecs
import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.delimited import delimiter, records
from postcheck.readers.encoding import decode


def put_back(content: bytes, drafts: Sequence[Draft], texts: Sequence[str]) -> bytes:
    """`content` with each draft's text replaced; whatever hasn't changed stays byte for byte.

    Raises `PostcheckError` where postcheck can't write such a file.
    """
    if not drafts:
        return content
    path = drafts[0].path
    refuse(path)
    changed = {draft: text for draft, text in zip(drafts, texts, strict=True) if text != draft.text}
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    writer = _WRITERS.get(PurePath(path).suffix.lower(), _in_text)
    return mark + writer(decode(content, path), changed).encode("utf-8")


def refuse(path: str) -> None:
    """Raises `PostcheckError` if postcheck can't write such a file."""
    if not is_writable(path):
        hint = "postcheck redact prints the safe text: copy it"
        raise PostcheckError(Problem("is of a format that postcheck doesn't write", path, hint=hint))


def is_writable(path: str) -> bool:
    """Whether postcheck can write drafts back into such a file."""
    return PurePath(path).suffix.lower() not in _READ_ONLY


def _in_text(content: str, changed: Mapping[Draft, str]) -> str:
    """The text of each draft stands in the file as it is, from its first line on."""
    starts = [0, *(at + 1 for at, char in enumerate(content) if char == "\n")]
    for draft, text in sorted(changed.items(), key=lambda each: each[0].first_line, reverse=True):
        start = starts[draft.first_line - 1]
        content = content[:start] + text + content[start + len(draft.text) :]
    return content


def _in_lines(content: str, changed: Mapping[Draft, str]) -> str:
    """Each record is an object on a line of its own."""
    lines = content.split("\n")
    for draft, text in changed.items():
        line = lines[_row(draft)]
        record = json.loads(line) | {"text": text}
        lines[_row(draft)] = json.dumps(record, ensure_ascii=False) + ("\r" if line.endswith("\r") else "")
    return "\n".join(lines)


def _in_rows(content: str, changed: Mapping[Draft, str]) -> str:
    """Each record is a row of one line or several; the rows that change are written with the same delimiter."""
    lines = [*io.StringIO(content, newline="")]
    new: dict[int, dict[str, str]] = {}
    for draft, text in changed.items():
        new.setdefault(_row(draft), {})[draft.text] = text
    rows = [*records(content, "")]
    ends = [*(row.number - 1 for row in rows[1:]), len(lines)]
    written = io.StringIO(newline="")
    for row, end in zip(rows, ends, strict=True):
        raw = "".join(lines[row.number - 1 : end])
        if texts := new.get(row.number - 1):
            end_of_line = raw[len(raw.rstrip("\r\n")) :]
            writer = csv.writer(written, delimiter=delimiter(content), lineterminator=end_of_line)
            writer.writerow([texts.get(cell, cell) for cell in row.cells])
        else:
            written.write(raw)
    return written.getvalue()


def _row(draft: Draft) -> int:
    """The index of a record's line."""
    return (draft.row or 1) - 1


_WRITERS: Mapping[str, Callable[[str, Mapping[Draft, str]], str]] = {
    ".jsonl": _in_lines,
    ".ndjson": _in_lines,
    ".csv": _in_rows,
    ".tsv": _in_rows,
}
_READ_ONLY = {".docx", ".xlsx", ".eml"}


def _umask() -> int:
    """What a new file's mode is without; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_over(path: Path, content: bytes) -> None:
    """Replace a file, or make it: whenever this is cut off, the file is the old one or the new one.

    Raises `PostcheckError` if it can't be written; the old file then stands.
    """
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file beside that one, which takes its place once all is written. A device or a pipe is written to.

    Raises `PostcheckError` if it can't be written; the old file then stands.
    """
    target = path.resolve()
    new: Path | None = None
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                yield device
            return
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            new = Path(file.name)
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        new.replace(target)
    except OSError as error:
        raise PostcheckError(Problem(f"can't be written: {error.strerror}", str(path))) from None
    finally:
        if new is not None:
            new.unlink(missing_ok=True)
