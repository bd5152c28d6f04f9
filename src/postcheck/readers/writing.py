"""The way back: new texts of drafts into the bytes of their file, and those over the file."""

import codecs
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem


def put_back(content: bytes, drafts: Sequence[Draft], texts: Sequence[str]) -> bytes:
    """`content` with each draft's text replaced; whatever hasn't changed stays byte for byte."""
    if not drafts:
        return content
    if all(draft.row is None for draft in drafts):
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        return mark + "".join(texts).encode("utf-8")
    lines = content.split(b"\n")
    for draft, text in zip(drafts, texts, strict=True):
        if draft.row is not None and text != draft.text:
            line = lines[draft.row - 1]
            record = json.loads(line.removeprefix(codecs.BOM_UTF8)) | {"text": text}
            end = b"\r" if line.endswith(b"\r") else b""
            lines[draft.row - 1] = json.dumps(record, ensure_ascii=False).encode("utf-8") + end
    return b"\n".join(lines)


def _umask() -> int:
    """What a new file's mode is without; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_over(path: Path, content: bytes) -> None:
    """Replace a file, or make it: whenever this is cut off, the file is the old one or the new one.

    Raises `PostcheckError` if it can't be written; the old file then stands.
    """
    target = path.resolve()
    new: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            new = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        new.replace(target)
    except OSError as error:
        raise PostcheckError(Problem(f"can't be written: {error.strerror}", str(path))) from None
    finally:
        if new is not None:
            new.unlink(missing_ok=True)
