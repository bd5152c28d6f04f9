"""E-mail: its subject, its texts and what is attached to it. Whom it's from and to isn't published."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of an e-mail says: its kind as in "text/plain", and what is written in it.

    `name` is that of an attachment, `subject` that of a message, be it forwarded within another.
    """

    kind: str
    name: str | None
    subject: str
    charset: str
    content: bytes
    several: bool


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
    message = _message(content, path)
    if not _HEADERS & {name.lower() for name in message}:
        hint = "save the e-mail from the mail program as .eml"
        raise PostcheckError(Problem("isn't an e-mail", path, hint=hint))
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for each in message.walk():
        try:
            part = _part(each, path)
            drafts += _subject(part, path, defaults)
            drafts += _drafts(part, path, defaults, columns, attached, drafts)
        except PostcheckError as error:
            problems += error.problems
    if problems:
        raise PostcheckError(*problems)
    return tuple(replace(draft, verbatim=False) for draft in drafts)


def _message(content: bytes, path: str) -> "Message":
    from email import message_from_bytes, policy

    try:
        return message_from_bytes(content, policy=policy.default)
    except Exception:  # the email package has no exception of its own for headers that it can't take apart
        raise _damaged(path) from None


def _part(part: "Message", path: str) -> _Part:
    """What a part says. Raises `PostcheckError` if it's damaged."""
    try:
        payload = part.get_payload(decode=True)
        said = _Part(
            kind=part.get_content_type(),
            name=part.get_filename(),
            subject=str(part.get("subject", "")),
            charset=part.get_content_charset("utf-8"),
            content=payload if isinstance(payload, bytes) else b"",
            several=part.is_multipart(),
        )
    except Exception:  # the same
        raise _damaged(path) from None
    if part.defects:
        raise _damaged(path)
    return said


def _damaged(path: str) -> PostcheckError:
    return PostcheckError(Problem("is damaged", path, hint="save the e-mail anew"))


def _subject(part: _Part, path: str, defaults: Metadata) -> Iterator[Draft]:
    if part.subject:
        subject = _whole(part.subject, path)
        yield defaults.draft(subject, path, tuple(sorted(social(subject))), part="subject")


def _drafts(
    part: _Part, path: str, defaults: Metadata, columns: Columns, attached: Attached, known: Sequence[Draft]
) -> tuple[Draft, ...]:
    """The drafts of a part that are not `known` yet."""
    if part.several:
        return ()
    if part.name is None and part.kind == "text/plain":
        text = _text(part, path)
        return (defaults.draft(text, path, tuple(sorted(social(text)))),)
    if part.name is None and part.kind == "text/html":
        page = read_html(_text(part, path), path, defaults)
        return tuple(replace(draft, part="HTML") for draft in page if not _is_said(draft, known))
    if part.kind.partition("/")[0] in _WITHOUT_TEXT:
        return ()
    named = f"the attachment {part.name or part.kind}"
    reader = attached(PurePath(part.name or "").suffix.lower())
    if reader is None:
        hint = "take it out, or save what is to be posted as .docx, .xlsx or .txt"
        raise PostcheckError(Problem(f"{named} can't be checked", path, hint=hint))
    try:
        found = reader(part.content, path, defaults, columns)
    except PostcheckError as error:
        told = (replace(problem, message=f"{named}: {problem.message}") for problem in error.problems)
        raise PostcheckError(*told) from None
    return tuple(replace(draft, part=", ".join(filter(None, (named[4:], draft.part)))) for draft in found)


def _text(part: _Part, path: str) -> str:
    """The text of a part in its own encoding; ASCII is UTF-8 too."""
    if part.charset in {"us-ascii", "utf-8"}:
        return decode(part.content, path)
    try:
        text = part.content.decode(part.charset)
    except (LookupError, ValueError):
        raise _in_another_encoding(path) from None
    return _whole(text, path)


def _whole(text: str, path: str) -> str:
    """A text without halves of characters, which some encodings can tell. Raises `PostcheckError` if it holds any."""
    if _HALF.search(text):
        raise _in_another_encoding(path)
    return text


def _in_another_encoding(path: str) -> PostcheckError:
    return PostcheckError(Problem("isn't in the encoding that it names", path, hint="save it anew"))


def _is_said(draft: Draft, known: Sequence[Draft]) -> bool:
    """Whether a draft has the words of another: mail programs send a text, and a page that says the same."""
    words = view(draft).text.split()
    return any(view(other).text.split() == words for other in known)
