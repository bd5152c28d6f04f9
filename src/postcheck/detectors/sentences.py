"""Where sentences end in a post, which has few of the marks of edited prose."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

_ENDS = frozenset(".!?\u2026")
_CLOSING = frozenset("\"')]}")


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of `doc`, without the white space around them.

    A sentence ends at a token of nothing but `.!?…`, with the closing marks and the symbols
    (such as emoji) that follow it, and at a line break. Abbreviations such as "Dr." are one
    token and end nothing.
    """
    start = end = 0
    ended = False
    for token in doc:
        if token.is_space:
            if "\n" in token.text and start < end:
                yield doc[start:end]
                start = end = token.i + 1
                ended = False
            continue
        attached = token.i == end and not doc[end - 1].whitespace_ if end else False
        if ended and not _trails(token.text, attached):
            yield doc[start:end]
            start = end = token.i
            ended = False
        if start == end:
            start = token.i
        end = token.i + 1
        ended = ended or _ENDS.issuperset(token.text)
    if start < end:
        yield doc[start:end]


def _trails(text: str, attached: bool) -> bool:
    """Whether a token after the end of a sentence still belongs to it."""
    if all(char in _ENDS or char in _CLOSING for char in text):
        return attached
    return not any(char.isalnum() or char.isascii() for char in text)
