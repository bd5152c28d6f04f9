"""HTML: the text is the page's source, and tags are what says how it looks.

What a reader of the page or of its source can come across stays visible: text that is set not
to be displayed, comments, descriptions of pictures, the addresses of links. Whatever can't be
told for sure to be a tag is text.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.readers.frontmatter import front_matter
from postcheck.readers.metadata import Metadata
from postcheck.readers.social import social
from postcheck.readers.tags import Token, tokens

_BLOCK = re.compile(
    r"address|article|aside|audio|base|blockquote|body|br|button|canvas|caption|center|col|"
    r"colgroup|dd|details|dialog|dir|div|dl|dt|embed|fieldset|figcaption|figure|footer|form|"
    r"frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|iframe|input|legend|li|link|main|"
    r"map|menu|meta|nav|noframes|noscript|object|ol|optgroup|option|p|param|pre|script|search|"
    r"section|select|source|style|summary|table|tbody|td|template|textarea|tfoot|th|thead|title|"
    r"tr|track|ul|video"
)
_INLINE = re.compile(
    r"a|abbr|acronym|area|b|bdi|bdo|big|cite|code|data|datalist|del|dfn|em|font|g|i|img|"
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
_LINE_BREAK = re.compile(r"(?<![ \t\f\r\n])[ \t\f\r]*\n[ \t\f\r\n]*")
_OUR_COMMENT = re.compile(r"<!--\s*postcheck:")


def read_html(text: str, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """One draft. Raises `PostcheckError` where its front matter can't be read."""
    front = front_matter(text, path)
    segments = {*front.segments, *_segments(text[front.end :], front.end)}
    apart = [segment.span for segment in segments if segment.kind not in {SegmentKind.QUOTE, SegmentKind.ALT_TEXT}]
    segments |= set(social(text, apart))
    return (front.metadata.over(defaults).draft(text, path, tuple(sorted(segments))),)


def _segments(page: str, base: int) -> Iterator[Segment]:
    """The segments of a page, or of a part of one, that begins at `base`."""
    opened: dict[str, list[int]] = {}
    hidden = False
    for token, following in pairwise([*tokens(page), Token(len(page), "text")]):
        start, end, name = token.start, following.start, token.name
        cut, at = page[start:end], base + start
        match token.kind:
            case "start" | "tag" | "end" if _TAG.match(cut) and _known(name):
                yield from _tag(cut, at, name)
                if token.kind == "start":
                    opened.setdefault(name, []).append(base + end)
                    hidden = "json" not in cut
                elif token.kind == "end" and opened.get(name):
                    begin = opened[name].pop()
                    if name in _AREAS and begin < at:
                        yield Segment(Span(begin, at), _AREAS[name])
            case "raw" if hidden:
                yield Segment(Span(at, base + end), SegmentKind.BREAK)
            case "text" | "raw" if not any(opened.get(each) for each in _PRESERVED):
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
        yield Segment(Span(at + done, at + span.start), kind)
        if said:
            yield Segment(Span(at + span.start, at + span.end), said)
        done = span.end
    yield Segment(Span(at + done, at + len(tag)), kind)


def _values(tag: str, name: str) -> Iterator[tuple[Span, SegmentKind | None]]:
    """The values of a tag's attributes that stay visible, and what they are."""
    technical = name == "meta" and _TECHNICAL.search(tag)
    for match in _ATTRIBUTE.finditer(tag, len(name) + 1):
        attribute = match[1].lower()
        quoted = next((number for number in (2, 3, 4) if match[number]), None)
        if quoted is None or _BINARY.match(match[quoted]):
            continue
        if _ADDRESS.fullmatch(attribute):
            yield Span(*match.span(quoted)), SegmentKind.URL
        elif attribute == "alt":
            yield Span(*match.span(quoted)), SegmentKind.ALT_TEXT
        elif _SPOKEN.fullmatch(attribute) and not technical:
            yield Span(*match.span(quoted)), None


def _comment(comment: str, at: int) -> Iterator[Segment]:
    """Our own comments are metadata. What stands in any other can be read in the source of the page."""
    if _OUR_COMMENT.match(comment):
        yield Segment(Span(at, at + len(comment)), SegmentKind.METADATA)
    elif not any(map(str.isalnum, comment)):
        yield Segment(Span(at, at + len(comment)), SegmentKind.MARKUP)
    elif comment.startswith("<!--") and comment.endswith("-->"):
        inner = len(comment) - len("-->")
        yield Segment(Span(at, at + 4), SegmentKind.BREAK)
        yield from _segments(comment[4:inner], at + 4)
        yield Segment(Span(at + inner, at + len(comment)), SegmentKind.BREAK)
