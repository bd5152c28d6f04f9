"""Readers: the bytes of a file become drafts. A new format is a function and a line in the table."""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.encoding import decode
from postcheck.readers.jsonl import read_jsonl
from postcheck.readers.markdown import read_markdown
from postcheck.readers.metadata import Metadata
from postcheck.readers.text import read_text

Reader = Callable[[str, str, Metadata], tuple[Draft, ...]]
"""Makes drafts of a file's text, its name and the metadata that holds where a draft says nothing."""

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
"""The reader of each kind of file, by its suffix in lower case."""


def read(content: bytes, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """The drafts in a file's bytes. `path` names the format by its suffix; any other is plain text.

    Raises `PostcheckError`.
    """
    reader = READERS.get(PurePath(path).suffix.lower(), read_text)
    return reader(decode(content, path), path, defaults)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises `PostcheckError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PostcheckError(Problem(f"can't be read: {error.strerror}", str(path))) from None


def read_file(path: Path, defaults: Metadata) -> tuple[Draft, ...]:
    """The drafts in a file. Raises `PostcheckError`."""
    return read(read_bytes(path), str(path), defaults)
