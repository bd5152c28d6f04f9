"""Readers: the bytes of a file become drafts. A new format is a function and a line in the table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from postcheck.draft import LONGEST, Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.columns import Columns
from postcheck.readers.delimited import read_delimited
from postcheck.readers.encoding import decode
from postcheck.readers.excel import read_excel
from postcheck.readers.html import read_html
from postcheck.readers.jsonl import read_jsonl
from postcheck.readers.mail import read_mail
from postcheck.readers.markdown import read_markdown
from postcheck.readers.metadata import Metadata
from postcheck.readers.text import read_text
from postcheck.readers.word import read_word

Reader = Callable[[bytes, str, Metadata, Columns], tuple[Draft, ...]]
"""Makes drafts of a file's bytes, its name, the metadata that holds where a draft says nothing, and the
columns that are named for tables.
"""

_TOLD = Columns()
"""Every column is told by its heading."""


def _of_text(reader: Callable[[str, str, Metadata], tuple[Draft, ...]]) -> Reader:
    """A reader of bytes from one of text."""
    return lambda content, path, defaults, _: reader(decode(content, path), path, defaults)


READERS: Mapping[str, Reader] = {
    ".txt": _of_text(read_text),
    ".text": _of_text(read_text),
    ".md": _of_text(read_markdown),
    ".markdown": _of_text(read_markdown),
    ".html": _of_text(read_html),
    ".htm": _of_text(read_html),
    ".jsonl": _of_text(read_jsonl),
    ".ndjson": _of_text(read_jsonl),
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_excel,
    ".docx": lambda content, path, defaults, _: read_word(content, path, defaults),
    ".eml": lambda content, path, defaults, columns: read_mail(content, path, defaults, columns, READERS.get),
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
    drafts = READERS.get(suffix, _of_text(read_text))(content, path, defaults, columns)
    if problems := [*_too_long(drafts)]:
        raise PostcheckError(*problems)
    return drafts


def _too_long(drafts: Iterable[Draft]) -> Iterator[Problem]:
    for draft in drafts:
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
