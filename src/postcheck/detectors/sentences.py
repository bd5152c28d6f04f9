"""Where sentences end in a post, which has few of the marks of edited prose."""

from collections.abc import Iterator

from spacy.tokens import Doc

from postcheck.draft import Span

_ENDS = frozenset(".!?\u2026")
_CLOSING = frozenset("\"')]}")


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of `doc`, without the white space around them.

    A sentence ends at a token of nothing but `.!?…`, with the closing marks and the symbols
    (such as emoji) that follow it, and at a line break. Abbreviations such as "Dr." are one
    token and end nothing.
    """
    start = end = None
    ended = False
    for token in doc:
        text = token.text
        if text.isspace():
            if "\n" in text and start is not None and end is not None:
                yield Span(start, end)
                start, ended = None, False
            continue
        if ended and start is not None and end is not None and not _trails(text, attached=token.idx == end):
            yield Span(start, end)
            start, ended = None, False
        if start is None:
            start = token.idx
        end = token.idx + len(text)
        ended = ended or _ENDS.issuperset(text)
    if start is not None and end is not None:
        yield Span(start, end)


def _trails(text: str, attached: bool) -> bool:
    """Whether a token after the end of a sentence still belongs to it."""
    if all(char in _ENDS or char in _CLOSING for char in text):
        return attached
    return not any(char.isalnum() or char.isascii() for char in text)
