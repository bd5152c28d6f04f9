"""The tags, comments and texts of a page, each with its place, found in one pass.

`html.parser` looks for the end of each tag that has none up to the end of the page, and what it
makes of such tags differs from one release of Python to the next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["start", "tag", "end", "text", "raw", "comment", "declaration", "instruction"]


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a page from `start` up to the next token, and the name of a tag.

    A `tag` begins and ends at once, as `<br/>`; a `raw` text is no HTML.
    """

    start: int
    kind: Kind
    name: str = ""


RAW = frozenset({"script", "style"})
"""Tags whose content is no HTML, if they are closed."""

_OPENING = re.compile(r"<(/?)(\s*)([A-Za-z][^\s/<>\0]*)(?=[\s/>])")
_PART = re.compile(r"[^<>=]+")
_VALUE = re.compile(r"=\s*")
_ENDS = {
    "comment": re.compile(r"--\s*>"),
    "section": re.compile(r"\]>"),
    "data": re.compile(r"\]\]>"),
    **{mark: re.compile(mark) for mark in ">\"'"},
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in RAW},
}


def tokens(page: str) -> Iterator[Token]:
    """The tokens of a page, without a gap between them.

    What begins like a tag, a comment or a declaration and has no end is text.
    """
    scan = _Scan(page)
    at = done = 0
    while (at := page.find("<", at)) >= 0:
        kind, name, end = scan.markup(at)
        if end is None:
            at += 1
            continue
        if done < at:
            yield Token(done, "text")
        yield Token(at, kind, name)
        at = done = end
        if kind == "start" and name in RAW and (close := scan.find(name, at)):
            if at < close.start():
                yield Token(at, "raw")
            at = done = close.start()
    if done < len(page):
        yield Token(done, "text")


class _Scan:
    """Finds where things end. What has been sought in vain isn't sought again, so all that costs one pass."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._gone: dict[str, int] = {}
        self._unclosed: set[int] = set()

    def markup(self, at: int) -> tuple[Kind, str, int | None]:
        """What begins at a `<`, the name of the tag, and where it ends; `None` if nowhere."""
        begins = self._page.startswith
        if opening := _OPENING.match(self._page, at):
            slash, blanks, name = opening.groups()
            if slash:
                return "end", name.lower(), self._behind(">", opening.end())
            end = None if blanks else self._tag_end(at, opening.end())
            return ("tag" if end and begins("/", end - 2) else "start"), name.lower(), end
        if begins("<!--", at):
            return "comment", "", self._behind("comment", at + 4)
        if begins("<![", at):
            return "instruction", "", self._behind("data" if begins("<![CDATA[", at) else "section", at)
        if begins("<!", at):
            doctype = self._page[at + 2 : at + 9].lower() == "doctype"
            return ("declaration" if doctype else "instruction"), "", self._behind(">", at)
        return "instruction", "", self._behind(">", at) if begins(("<?", "</"), at) else None

    def find(self, what: str, at: int) -> re.Match[str] | None:
        """The next of what ends something."""
        if at >= self._gone.get(what, len(self._page)):
            return None
        found = _ENDS[what].search(self._page, at)
        if found is None:
            self._gone[what] = at
        return found

    def _behind(self, what: str, at: int) -> int | None:
        found = self.find(what, at)
        return found.end() if found else None

    def _tag_end(self, begin: int, at: int) -> int | None:
        """The place behind a tag, whose values may hold anything in quotes. No mark is passed in vain twice."""
        passed = [begin]
        while at < len(self._page) and self._unclosed.isdisjoint((begin, at)):
            if self._page[at] == ">":
                return at + 1
            if self._page[at] in "<=":
                passed.append(at)
            at = self._part_end(at)
        self._unclosed.update(passed)
        return None

    def _part_end(self, at: int) -> int:
        """The place behind a value in quotes, or behind what stands before the next value."""
        if part := _PART.match(self._page, at):
            return part.end()
        value = _VALUE.match(self._page, at)
        end = value.end() if value else at + 1
        quote = self._page[end : end + 1]
        if quote not in {'"', "'"}:
            return end
        return self._behind(quote, end + 1) or len(self._page)
