"""HTML: the text is the page's source, and tags are what says how it looks.

What a reader of the page or of its source can come across stays visible: text that is set not
to be displayed, comments, descriptions of pictures, the addresses of links. Whatever can't be
told for sure to be a tag is text.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import accumulate, pairwise

from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.readers.frontmatter import front_matter
from postcheck.readers.metadata import Metadata
from postcheck.readers.social import social

_BLOCK = re.compile(
    r"address|article|aside|audio|base|blockquote|body|br|button|canvas|caption|center|col|"
    r"colgroup|dd|details|dialog|dir|div|dl|dt|embed|fieldset|figcaption|figure|footer|form|"
    r"frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|iframe|img|input|legend|li|link|main|"
    r"map|menu|meta|nav|noframes|noscript|object|ol|optgroup|option|p|param|pre|script|search|"
    r"section|select|source|style|summary|table|tbody|td|template|textarea|tfoot|th|thead|title|"
    r"tr|track|ul|video"
)
_INLINE = re.compile(
    r"a|abbr|acronym|area|b|bdi|bdo|big|cite|code|data|datalist|del|dfn|em|font|g|i|"
    r"ins|kbd|label|mark|math|meter|output|path|picture|progress|q|rp|rt|ruby|s|samp|"
    r"slot|small|span|strike|strong|sub|sup|svg|time|tt|u|use|var|wbr"
)
"""The names of tags: of those that begin a line or stand apart, and of those that stand in one."""

_SPOKEN = re.compile(
    r"abbr|alt|aria-description|aria-label|aria-roledescription|aria-valuetext|content|label|"
    r"placeholder|prompt|srcdoc|summary|title|value|data-caption|data-content|data-title|data-tooltip"
)
"""The attributes whose values people read or have read to them."""

_ADDRESS = re.compile(r"action|background|cite|data|formaction|href|longdesc|poster|src|srcset")
_TECHNICAL = re.compile(
    r"""\b(?:http-equiv\b|name\s*=\s*["']?(?:viewport|generator|robots|theme-color|color-scheme|format-detection"""
    r"""|[\w.-]+-verification)\b)""",
    re.IGNORECASE,
)
"""In `<meta>`: what tells programs how to treat the page."""

_RAW = {"script", "style"}
_PRESERVED = {"pre", "textarea"}
_AREAS = {
    "blockquote": SegmentKind.QUOTE,
    "q": SegmentKind.QUOTE,
    "code": SegmentKind.CODE,
    "kbd": SegmentKind.CODE,
    "pre": SegmentKind.CODE,
    "samp": SegmentKind.CODE,
}
_TAG = re.compile(r"</?[A-Za-z]")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_BINARY = re.compile(r"data:[^,]*;base64,", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[ \t\f\r\n]*\n[ \t\f\r\n]*")
_OUR_COMMENT = re.compile(r"<!--\s*postcheck:")


def read_html(text: str, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """One draft. Raises `PostcheckError` where its front matter or a declaration can't be read."""
    front = front_matter(text, path)
    try:
        segments = {*front.segments, *_segments(text[front.end :], front.end)}
    except AssertionError:
        hint = "remove what begins with <![ and is no comment"
        raise PostcheckError(Problem("isn't HTML that can be read", path, hint=hint)) from None
    apart = [segment.span for segment in segments if segment.kind not in {SegmentKind.QUOTE, SegmentKind.ALT_TEXT}]
    segments |= set(social(text, apart))
    return (front.metadata.over(defaults).draft(text, path, tuple(sorted(segments))),)


class _Tokens(HTMLParser):
    """The tags, comments and texts of a page, as (offset, what it is, the name of the tag)."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._line_starts = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self.found: list[tuple[int, str, str]] = []
        self.feed(page)
        self.close()

    def _note(self, what: str, name: str = "") -> None:
        line, column = self.getpos()
        self.found.append((self._line_starts[line - 1] + column, what, name))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._note("start", tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self._note("tag", tag)

    def handle_endtag(self, tag: str) -> None:
        self._note("end", tag)

    def handle_data(self, data: str) -> None:
        self._note("text")

    def handle_entityref(self, name: str) -> None:
        self._note("reference")

    def handle_charref(self, name: str) -> None:
        self._note("reference")

    def handle_comment(self, data: str) -> None:
        self._note("comment")

    def handle_decl(self, decl: str) -> None:
        self._note("declaration")

    def handle_pi(self, data: str) -> None:
        self._note("instruction")

    def unknown_decl(self, data: str) -> None:
        self._note("instruction")


def _segments(page: str, base: int) -> Iterator[Segment]:
    """The segments of a page, or of a part of one, that begins at `base`."""
    tokens = [*_Tokens(page).found, (len(page), "end of page", "")]
    opened: dict[str, list[int]] = {}
    hidden = False
    for (start, what, name), (end, _, _) in pairwise(tokens):
        cut, at = page[start:end], base + start
        match what:
            case "start" | "tag" | "end" if _TAG.match(cut) and _known(name):
                yield from _tag(cut, at, name)
                if what == "start":
                    opened.setdefault(name, []).append(base + end)
                    hidden = name in _RAW and "json" not in cut
                elif what == "end" and opened.get(name):
                    begin, hidden = opened[name].pop(), False
                    if name in _AREAS and begin < at:
                        yield Segment(Span(begin, at), _AREAS[name])
            case "text" if hidden:
                yield Segment(Span(at, base + end), SegmentKind.BREAK)
            case "text" if not any(opened.get(each) for each in _PRESERVED):
                for match in _LINE_BREAK.finditer(cut):
                    yield Segment(Span(at + match.start(), at + match.end()), SegmentKind.SPACE)
            case "comment":
                yield from _comment(cut, at)
            case "declaration":
                yield Segment(Span(at, base + end), SegmentKind.BREAK)


def _known(name: str) -> bool:
    """Whether that is the name of a tag: "<Ana Lopez>" is none."""
    return bool(_BLOCK.fullmatch(name) or _INLINE.fullmatch(name)) or ":" in name or "-" in name


def _tag(tag: str, at: int, name: str) -> Iterator[Segment]:
    """A tag is markup, but for the values of attributes that are read or lead somewhere."""
    values = [*_values(tag, name)]
    inline = SegmentKind.SPACE if values else SegmentKind.MARKUP
    kind = SegmentKind.BREAK if _BLOCK.fullmatch(name) else inline
    done = 0
    for span, said in values:
        yield Segment(Span(at + done, at + span.start), SegmentKind.BREAK if done else kind)
        if said:
            yield Segment(Span(at + span.start, at + span.end), said)
        done = span.end
    yield Segment(Span(at + done, at + len(tag)), kind)


def _values(tag: str, name: str) -> Iterator[tuple[Span, SegmentKind | None]]:
    """The values of a tag's attributes that stay visible, and what they are."""
    for match in _ATTRIBUTE.finditer(tag, len(name) + 1):
        attribute = match[1].lower()
        quoted = next((number for number in (2, 3, 4) if match[number]), None)
        if quoted is None or _BINARY.match(match[quoted]):
            continue
        if _ADDRESS.fullmatch(attribute):
            yield Span(*match.span(quoted)), SegmentKind.URL
        elif attribute == "alt":
            yield Span(*match.span(quoted)), SegmentKind.ALT_TEXT
        elif _SPOKEN.fullmatch(attribute) and not (name == "meta" and _TECHNICAL.search(tag)):
            yield Span(*match.span(quoted)), None


def _comment(comment: str, at: int) -> Iterator[Segment]:
    """Our own comments are metadata. What stands in any other can be read in the source of the page."""
    if _OUR_COMMENT.match(comment):
        yield Segment(Span(at, at + len(comment)), SegmentKind.METADATA)
    elif comment.startswith("<!--") and comment.endswith("-->") and len(comment) > len("<!---->"):
        inner = len(comment) - len("-->")
        yield Segment(Span(at, at + 4), SegmentKind.BREAK)
        yield from _segments(comment[4:inner], at + 4)
        yield Segment(Span(at + inner, at + len(comment)), SegmentKind.BREAK)
