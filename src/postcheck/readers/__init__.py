"""Readers: the bytes of a file become drafts. A new format is a function and a line in the table."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from postcheck.draft import LONGEST, Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns
from postcheck.readers.encoding import decode
from postcheck.readers.metadata import Metadata

Reader = Callable[[bytes, str, Metadata, Columns], tuple[Draft, ...]]
"""Makes drafts of a file's bytes, its name, the metadata that holds where a draft says nothing, and the
columns that are named for tables.
"""

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


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises `PostcheckError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PostcheckError(Problem(f"can't be read: {error.strerror}", str(path))) from None


def read_file(path: Path, defaults: Metadata, columns: Columns = _TOLD) -> tuple[Draft, ...]:
    """The drafts in a file. Raises `PostcheckError`."""
    return read(read_bytes(path), str(path), defaults, columns)
