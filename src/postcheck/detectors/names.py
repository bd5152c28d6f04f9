"""What the model takes for a name, checked by what is known of words."""

import regex

from postcheck.detectors.words import is_everyday, may_be_given_name
from postcheck.draft import Span

_TITLE = regex.compile(
    r"(?:mr|mrs|ms|mx|miss|dr|drs|prof|professor|sir|madam|nurse|pastor|father|sister|senator|rep|gov|judge"
    r"|officer|deputy|coach|dra|sr|sra|srta|señor|señora|don|doña|the|a|rt)\b\.?[\s:]+",
    regex.IGNORECASE,
)
_TITLE_BEFORE = regex.compile(r"\b(?:mr|mrs|ms|mx|dr|drs|prof|rev)\b\.?\s$", regex.IGNORECASE)
_LONGEST_TITLE = 8
_CREDENTIALS = regex.compile(r"(?:,?\s(?:\p{Lu}{2,5}|Ph\.?D\.?|M\.D\.|R\.N\.|Jr\.?|Sr\.?|PharmD|DrPH|Esq\.?)){1,12}$")
_BEFORE = regex.compile(r"[^\p{L}\p{N}]+")
_AFTER = regex.compile(r"'s$|(?<![^\p{L}\p{N}.])[^\p{L}\p{N}.]+$|(?<!\b\p{L})\.$")
_FIRST = regex.compile(r"(\p{L}+)\s+(?=\p{L})")
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['-]\p{L}+)*")
_STRANGE = regex.compile(r"[\d@#/_\\=<>|*]|\b(?:https?|www)\b")


def plausible(span: Span, kind: str, text: str) -> Span | None:
    """The part of `span` that is a name of that kind, or `None` if it's hardly one."""
    span = _trimmed(span, text, kind)
    name = span.cut(text)
    if not _WORD.search(name) or _STRANGE.search(name) or text[span.start - 1 : span.start] in {"@", "#"}:
        return None
    if kind == "ORGANIZATION":
        return span
    titled = _TITLE_BEFORE.search(text, max(0, span.start - _LONGEST_TITLE), span.start)
    return None if name.islower() or len(name) == 1 or (only_everyday(name) and not titled) else span


def only_everyday(name: str) -> bool:
    """Whether a name consists of everyday words, none of which is a given name."""
    words = _WORD.findall(name)
    return all(is_everyday(word) and not may_be_given_name(word) for word in words)


def _trimmed(span: Span, text: str, kind: str) -> Span:
    """The span on one line, without titles, credentials, a possessive, and everyday words before the name."""
    start = span.start
    end = start + len(span.cut(text).strip("\n").partition("\n")[0])
    while True:
        name = text[start:end]
        if leading := _leading(name, kind):
            start += leading
        elif trailing := _trailing(name, kind):
            end -= trailing
        else:
            return Span(start, end)


def _leading(name: str, kind: str) -> int:
    """How many code points at the start of `name` don't belong to it."""
    if match := _BEFORE.match(name) or _TITLE.match(name):
        return match.end()
    first = _FIRST.match(name) if kind == "PERSON" else None
    return first.end() if first and is_everyday(first[1]) and not may_be_given_name(first[1]) else 0


def _trailing(name: str, kind: str) -> int:
    """How many code points at the end of `name` don't belong to it."""
    if match := _AFTER.search(name):
        return len(match[0])
    credentials = _CREDENTIALS.search(name) if kind == "PERSON" and not name.isupper() else None
    return len(credentials[0]) if credentials else 0
