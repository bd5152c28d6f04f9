"""Readers: the bytes of a file become drafts. A new format is a function and a line in the table."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path, PurePath
from stat import S_ISREG
from typing import Any, BinaryIO

from postcheck.draft import LARGEST_FILE, LONGEST, Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns
from postcheck.readers.encoding import decode
from postcheck.readers.metadata import Metadata

Reader = Callable[[bytes, str, Metadata, Columns], tuple[Draft, ...]]
"""Makes drafts of a file's bytes, its name, the metadata that holds where a draft says nothing, and the
columns that are named for tables.
"""

STANDARD_INPUT = "-"

_TOLD = Columns()
"""Every column is told by its heading."""


def _function(module: str) -> Callable[..., Any]:
    """The reader in a module, which is loaded when it first reads, since a run needs few of them."""
    function: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), f"read_{module}")
    return function


def _of_text(module: str) -> Reader:
    """A reader of bytes from one of text."""
    return lambda content, path, defaults, _: _function(module)(decode(content, path), path, defaults)


def _of_table(module: str) -> Reader:
    """A reader of tables."""
    return lambda content, path, defaults, columns: _function(module)(content, path, defaults, columns)


READERS: Mapping[str, Reader] = {
    ".txt": _of_text("text"),
    ".text": _of_text("text"),
    ".md": _of_text("markdown"),
    ".markdown": _of_text("markdown"),
    ".html": _of_text("html"),
    ".htm": _of_text("html"),
    ".jsonl": _of_text("jsonl"),
    ".ndjson": _of_text("jsonl"),
    ".csv": _of_table("delimited"),
    ".tsv": _of_table("delimited"),
    ".xlsx": _of_table("excel"),
    ".docx": lambda content, path, defaults, _: _function("word")(content, path, defaults),
    ".eml": lambda content, path, defaults, columns: _function("mail")(content, path, defaults, columns, READERS.get),
}
"""The reader of each kind of file, by its suffix in lower case."""

_OTHERS: Mapping[str, tuple[str, str]] = {
    ".doc": ("an old Word file", ".docx"),
    ".xls": ("an old Excel file", ".xlsx"),
    ".rtf": ("a rich text file", ".docx"),
    ".odt": ("an OpenDocument text", ".docx"),
    ".ods": ("an OpenDocument spreadsheet", ".xlsx"),
    ".pages": ("a Pages document", ".docx"),
    ".numbers": ("a Numbers spreadsheet", ".xlsx"),
    ".msg": ("an Outlook message", ".eml"),
}
"""Files that hold drafts but aren't read: what they are, and as what to save them."""


def read(content: bytes, path: str, defaults: Metadata, columns: Columns = _TOLD) -> tuple[Draft, ...]:
    """The drafts in a file's bytes. `path` names the format by its suffix; any other is plain text.

    Raises `PostcheckError`.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix in _OTHERS:
        what, wanted = _OTHERS[suffix]
        raise PostcheckError(Problem(f"is {what}", path, hint=f"save it as {wanted}"))
    drafts = READERS.get(suffix, READERS[".txt"])(content, path, defaults, columns)
    if problems := [problem for draft in drafts for problem in too_long(draft)]:
        raise PostcheckError(*problems)
    return drafts


def too_long(draft: Draft) -> Iterator[Problem]:
    """What of a draft is longer than can be checked."""
    for what, text in (("a draft", draft.text), ("the post that a draft answers", draft.in_reply_to or "")):
        if len(text) > LONGEST:
            hint = "split it into several"
            yield Problem(f"{what} is longer than {LONGEST:,} characters", draft.path, _line(draft), hint=hint)


def _line(draft: Draft) -> int | None:
    """The line of the file on which a draft begins, if that's known."""
    return draft.position(0).line if draft.verbatim or draft.row is not None else None


def read_bytes(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, or of standard input, which is `-`.

    Raises `PostcheckError` if it can't be read, is no ordinary file (to read another may never
    end) or has more than `largest` megabytes.
    """
    most = largest * 1_000_000
    try:
        with _opened(path) as file:
            content = file.read(most + 1)
    except OSError as error:
        raise PostcheckError(Problem(f"can't be read: {error.strerror}", str(path))) from None
    if len(content) > most:
        hint = "make several files of it, or raise max_file_mb in the configuration"
        raise PostcheckError(Problem(f"is larger than {largest} MB", str(path), hint=hint))
    return content


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    if str(path) == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    if not S_ISREG(path.stat().st_mode):
        hint = "give what it holds to standard input: ... | postcheck -"
        raise PostcheckError(Problem("is no ordinary file", str(path), hint=hint))
    return path.open("rb")


def read_file(
    path: Path, defaults: Metadata, columns: Columns = _TOLD, largest: int = LARGEST_FILE
) -> tuple[Draft, ...]:
    """The drafts in a file of up to `largest` megabytes. Raises `PostcheckError`."""
    return read(read_bytes(path, largest), str(path), defaults, columns)
