"""E-mail: its subject, its texts and what is attached to it. Whom it's from and to isn't published."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.normalization import view
from postcheck.readers.columns import Columns
from postcheck.readers.encoding import decode
from postcheck.readers.html import read_html
from postcheck.readers.metadata import Metadata
from postcheck.readers.social import social

if TYPE_CHECKING:
    from email.message import Message

Attached = Callable[[str], Callable[[bytes, str, Metadata, Columns], tuple[Draft, ...]] | None]
"""Knows what reads an attachment, by its suffix in lower case."""

_HEADERS = {"subject", "from", "to", "date", "mime-version", "content-type", "message-id", "received"}
_WITHOUT_TEXT = {"image", "audio", "video"}
"""What isn't looked at, in an e-mail as in any draft."""


def read_mail(
    content: bytes,
    path: str,
    defaults: Metadata,
    columns: Columns,
    attached: Attached,
) -> tuple[Draft, ...]:
    """The drafts in an e-mail: a text and the page that says the same are one. Pictures aren't looked at.

    Raises `PostcheckError` with every part that can't be read.
    """
    from email import message_from_bytes, policy

    message = message_from_bytes(content, policy=policy.default)
    if not _HEADERS & {name.lower() for name in message}:
        hint = "save the e-mail from the mail program as .eml"
        raise PostcheckError(Problem("isn't an e-mail", path, hint=hint))
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for part in message.walk():
        try:
            drafts += _subject(part, path, defaults)
            drafts += _drafts(part, path, defaults, columns, attached, drafts)
        except PostcheckError as error:
            problems += error.problems
    if problems:
        raise PostcheckError(*problems)
    return tuple(drafts)


def _subject(part: "Message", path: str, defaults: Metadata) -> Iterator[Draft]:
    """The subject of a message, be it forwarded within another."""
    if subject := str(part.get("subject", "")):
        yield defaults.draft(subject, path, tuple(sorted(social(subject))), part="subject")


def _drafts(
    part: "Message", path: str, defaults: Metadata, columns: Columns, attached: Attached, known: Sequence[Draft]
) -> tuple[Draft, ...]:
    """The drafts of a part that are not `known` yet."""
    name, kind = part.get_filename(), part.get_content_type()
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if part.defects:
        raise PostcheckError(Problem("is damaged", path, hint="save the e-mail anew"))
    if part.is_multipart():
        return ()
    if name is None and kind == "text/plain":
        text = _text(content, part, path)
        return (defaults.draft(text, path, tuple(sorted(social(text)))),)
    if name is None and kind == "text/html":
        page = read_html(_text(content, part, path), path, defaults)
        return tuple(replace(draft, part="HTML") for draft in page if not _is_said(draft, known))
    if part.get_content_maintype() in _WITHOUT_TEXT:
        return ()
    named = f"the attachment {name or kind}"
    reader = attached(PurePath(name or "").suffix.lower())
    if reader is None:
        hint = "take it out, or save what is to be posted as .docx, .xlsx or .txt"
        raise PostcheckError(Problem(f"{named} can't be checked", path, hint=hint))
    try:
        found = reader(content, path, defaults, columns)
    except PostcheckError as error:
        told = (replace(problem, message=f"{named}: {problem.message}") for problem in error.problems)
        raise PostcheckError(*told) from None
    return tuple(replace(draft, part=", ".join(filter(None, (named[4:], draft.part)))) for draft in found)


def _text(content: bytes, part: "Message", path: str) -> str:
    """The text of a part in its own encoding; ASCII is UTF-8 too."""
    charset = part.get_content_charset("utf-8")
    try:
        return decode(content, path) if charset in {"us-ascii", "utf-8"} else content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        raise PostcheckError(Problem("isn't in the encoding that it names", path, hint="save it anew")) from None


def _is_said(draft: Draft, known: Sequence[Draft]) -> bool:
    """Whether a draft has the words of another: mail programs send a text, and a page that says the same."""
    words = view(draft).text.split()
    return any(view(other).text.split() == words for other in known)
