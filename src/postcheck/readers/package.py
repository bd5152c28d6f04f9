"""Office files: zip archives, looked at before anything is unpacked."""

import io
import zipfile

from postcheck.errors import PostcheckError, Problem

_MOST = 200
"""Megabytes that a file may unpack to."""

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files begin that are encrypted, or of the formats before 2007."""


def checked(content: bytes, path: str, what: str) -> io.BytesIO:
    """The bytes of an office file, as a file. `what` is it, as in "a Word document".

    Raises `PostcheckError` if it's locked by a password, is no such file, or unpacks to more
    than 200 megabytes.
    """
    if content.startswith(_OLD_OR_LOCKED):
        hint = "open it, and save it without a password in today's format"
        raise PostcheckError(Problem("is locked by a password, or of an old format", path, hint=hint))
    file = io.BytesIO(content)
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged(path, what) from None
    if size > _MOST * 1_000_000:
        hint = "save what is to be checked as a file of its own"
        raise PostcheckError(Problem(f"unpacks to more than {_MOST} megabytes", path, hint=hint))
    file.seek(0)
    return file


def damaged(path: str, what: str) -> PostcheckError:
    """That a file isn't what it's called, or is damaged."""
    return PostcheckError(Problem(f"isn't {what}, or is damaged", path, hint="open it, and save it anew"))
