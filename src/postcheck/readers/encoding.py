"""Bytes of a file as text. Only UTF-8 is read: a guess at an encoding could hide a name."""

import codecs
import re

from postcheck.errors import PostcheckError, Problem

_HINT = "drafts are text files: save it as UTF-8"
_OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_ESCAPED = re.compile("[\udc80-\udcff]")


def decode(content: bytes, path: str) -> str:
    """The text of UTF-8 bytes, without a byte order mark; line ends stay as they are.

    Raises `PostcheckError` with the line of the first byte that isn't UTF-8 text.
    """
    refuse_other_encodings(content, path)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PostcheckError(Problem("isn't UTF-8 text", path, _line(content, error.start), hint=_HINT)) from None
    if "\0" in text:
        raise PostcheckError(Problem("isn't a text file", path, _line(content, content.index(0)), hint=_HINT))
    return text


def refuse_other_encodings(beginning: bytes, path: str) -> None:
    """Raises `PostcheckError` if the first bytes of a file mark it as text in another encoding than UTF-8."""
    for mark, name in _OTHER_MARKS:
        if beginning.startswith(mark):
            raise PostcheckError(Problem(f"is {name} text, not UTF-8", path, 1, hint=_HINT))


def unreadable(escaped: str, path: str, row: int) -> Problem | None:
    """Why a row isn't text, if it isn't; in it, bytes that aren't UTF-8 are lone surrogates (`surrogateescape`)."""
    if _ESCAPED.search(escaped):
        return Problem("isn't UTF-8 text", path, row, hint=_HINT)
    return Problem("isn't text", path, row, hint=_HINT) if "\0" in escaped else None


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1
