"""New texts of drafts as edits of their page."""

from collections.abc import Sequence
from itertools import takewhile

from lsprotocol.types import TextEdit

from postcheck.lsp.judging import Judged
from postcheck.lsp.lines import Lines
from postcheck.readers.writing import put_back


def rewritten(judged: Judged, texts: Sequence[str], lines: Lines) -> list[TextEdit]:
    """The edit that gives the drafts of a page new texts, from the first character that changes to the last.

    Raises `PostcheckError` where postcheck can't write such a file.
    """
    content = judged.text.encode("utf-8")
    new = put_back(content, judged.report.drafts, texts).decode("utf-8")
    return [] if new == judged.text else [difference(judged.text, new, lines)]


def difference(old: str, new: str, lines: Lines) -> TextEdit:
    """What to write over what. It cuts no line's end in two, where there is no place."""
    before = _alike(old, new)
    after = _alike(old[before:][::-1], new[before:][::-1])
    if old[:before].endswith("\r"):
        before -= 1
    if after and old[-after] == "\n":
        after -= 1
    return TextEdit(lines.range(before, len(old) - after), new[before : len(new) - after])


def _alike(one: str, other: str) -> int:
    """How many characters the beginnings of two texts have in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
