"""Markdown: what of it is text, and what only says how the text looks.

The grammars of tree-sitter-markdown find the structure: one the blocks, the other what is in a
line. What they call a delimiter is markup; a word never is, so a text that a grammar misreads
is still seen. Destinations, labels and titles of links stay visible too.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser, Point, Range

from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.readers.frontmatter import front_matter
from postcheck.readers.metadata import Metadata
from postcheck.readers.several import split
from postcheck.readers.social import social

_BLOCKS = Language(tree_sitter_markdown.language())
_INLINES = Language(tree_sitter_markdown.inline_language())

_DELIMITERS = {
    "block_continuation",
    "block_quote_marker",
    "code_span_delimiter",
    "emphasis_delimiter",
    "fenced_code_block_delimiter",
    "list_marker_dot",
    "list_marker_minus",
    "list_marker_parenthesis",
    "list_marker_plus",
    "list_marker_star",
    "pipe_table_delimiter_row",
    "setext_h1_underline",
    "setext_h2_underline",
    "task_list_marker_checked",
    "task_list_marker_unchecked",
    "thematic_break",
    *(f"atx_h{level}_marker" for level in range(1, 7)),
}
_MARKUP = re.compile(r"[-\s#*_~`>|:+=.()\[\]<!\"'\\]*|\d{1,2}[.)]|\[[xX]\]")
"""What a delimiter can be. A list item's long number may be a record's number, so it's no delimiter."""

_LONGEST = 4000
"""Bytes of a paragraph that are parsed together: the time that the grammar takes grows with their square."""

_LINKS = {"inline_link", "full_reference_link", "collapsed_reference_link", "shortcut_link", "image"}
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])(#+)[ \t]*\Z")
_OUR_COMMENT = re.compile(r"<!--\s*postcheck:")
_BARE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font"
    r"|h[1-6]|hr|i|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|summary|sup"
    r"|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|wbr)\s*/?>"
)


def read_markdown(text: str, path: str, defaults: Metadata) -> tuple[Draft, ...]:
    """The drafts of a file. Raises `PostcheckError` where front matter can't be read."""
    posts = split(text, path)
    if posts is None:
        return (_post(text, path, defaults),)
    first = front_matter(text, path)
    if first.several:
        defaults = replace(first.metadata, id=None).over(defaults)
    return tuple(
        _post(post.cut(text), path, defaults, record=record, first_line=text.count("\n", 0, post.start) + 1)
        for record, post in enumerate(posts)
    )


def _post(text: str, path: str, defaults: Metadata, **place: int) -> Draft:
    front = front_matter(text, path)
    segments = {*front.segments, *_segments(_Source.of(text, front.end))}
    apart = {SegmentKind.CODE, SegmentKind.URL, SegmentKind.METADATA}
    segments |= set(social(text, [segment.span for segment in segments if segment.kind in apart]))
    return front.metadata.over(defaults).draft(text, path, tuple(sorted(segments)), **place)


@dataclass(frozen=True, slots=True)
class _Source:
    """A text from `begin` on as the grammars see it: bytes, and the byte at which each code point starts.

    A newline before the text keeps a leading `---` from being taken for front matter, and a
    dollar sign, with which the grammar's formulas start, is a per cent sign.
    """

    text: str
    begin: int
    content: bytes
    starts: Sequence[int]

    @classmethod
    def of(cls, text: str, begin: int) -> "_Source":
        body = text[begin:]
        starts = array("L", accumulate((len(char.encode()) for char in body), initial=1))
        return cls(text, begin, b"\n" + body.encode().replace(b"$", b"%"), starts)

    def span(self, start: int, end: int) -> Span:
        """The code points between two bytes, without white space around them."""
        first, last = (self.begin + bisect_left(self.starts, at) for at in (start, end))
        cut = self.text[first:last]
        first += len(cut) - len(cut.lstrip())
        return Span(first, first + len(cut.strip()))

    def cut(self, node: Node) -> str:
        return self.span(node.start_byte, node.end_byte).cut(self.text)

    def segment(self, kind: SegmentKind, start: int, end: int) -> Iterator[Segment]:
        """The segment between two bytes, unless it's blank, or is no markup though it's said to be."""
        span = self.span(start, end)
        if span and (kind is not SegmentKind.MARKUP or _MARKUP.fullmatch(span.cut(self.text))):
            yield Segment(span, kind)

    def markup(self, *nodes: Node) -> Iterator[Segment]:
        for node in nodes:
            yield from self.segment(SegmentKind.MARKUP, node.start_byte, node.end_byte)

    def ends(self, node: Node) -> Iterator[Segment]:
        """The first and the last byte of a node, as markup: brackets or quotes."""
        yield from self.segment(SegmentKind.MARKUP, node.start_byte, node.start_byte + 1)
        yield from self.segment(SegmentKind.MARKUP, node.end_byte - 1, node.end_byte)


def _segments(source: _Source) -> Iterator[Segment]:
    blocks = list(_walk(Parser(_BLOCKS).parse(source.content).root_node))
    labels = {
        _label(source.cut(child))
        for node in blocks
        if node.type == "link_reference_definition"
        for child in node.children
        if child.type == "link_label"
    }
    inline = Parser(_INLINES)
    for node in blocks:
        yield from _of_block(node, source)
        if node.type in {"inline", "pipe_table_cell"}:
            for ranges in _parts(_own_ranges(node), source.content):
                inline.included_ranges = ranges
                for part in _walk(inline.parse(source.content).root_node):
                    yield from _of_inline(part, source, labels)


def _walk(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def _own_ranges(node: Node) -> Iterator[Range]:
    """The parts of an inline node that aren't the marks of a quote or a list around it."""
    start, point = node.start_byte, node.start_point
    for mark in node.children:
        if mark.type == "block_continuation":
            if start < mark.start_byte:
                yield Range(point, mark.start_point, start, mark.start_byte)
            start, point = mark.end_byte, mark.end_point
    if start < node.end_byte:
        yield Range(point, node.end_point, start, node.end_byte)


def _parts(ranges: Iterable[Range], content: bytes) -> Iterator[list[Range]]:
    """The ranges of a paragraph together; if the parser would take too long, in parts that are cut at blanks."""
    together: list[Range] = []
    size = 0
    for whole in ranges:
        for part in _cut(whole, content):
            if size + part.end_byte - part.start_byte > _LONGEST:
                yield together
                together, size = [], 0
            together.append(part)
            size += part.end_byte - part.start_byte
    yield together


def _cut(whole: Range, content: bytes) -> Iterator[Range]:
    start, point = whole.start_byte, whole.start_point
    while whole.end_byte - start > _LONGEST:
        end = max(content.rfind(blank, start + 1, start + _LONGEST) for blank in (b"\n", b" "))
        if end < 0:
            end = start + _LONGEST
            while content[end] & 0xC0 == 0x80:  # within a character
                end -= 1
        rows = content.count(b"\n", start, end)
        column = end - 1 - content.rfind(b"\n", start, end) if rows else point.column + end - start
        following = Point(point.row + rows, column)
        yield Range(point, following, start, end)
        start, point = end, following
    if start < whole.end_byte:
        yield Range(point, whole.end_point, start, whole.end_byte)


def _of_block(node: Node, source: _Source) -> Iterator[Segment]:
    match node.type:
        case kind if kind in _DELIMITERS:
            yield from source.markup(node)
        case "block_quote":
            yield from source.segment(SegmentKind.QUOTE, node.start_byte, node.end_byte)
        case "indented_code_block":
            yield from source.segment(SegmentKind.CODE, node.start_byte, node.end_byte)
        case "fenced_code_block":
            yield from _code(node, source, "fenced_code_block_delimiter")
        case "pipe_table_header" | "pipe_table_row":
            yield from source.markup(*_children(node, "|"))
        case "atx_heading":
            for inline in _children(node, "inline"):
                closing = _CLOSING_MARKS.search(source.cut(inline))
                if closing:
                    yield from source.segment(SegmentKind.MARKUP, inline.end_byte - len(closing[1]), inline.end_byte)
        case "link_reference_definition":
            yield from source.markup(*_children(node, ":"))
            for part in node.children:
                yield from _of_link(part, source)
        case "html_block":
            yield from _html(node, source)


def _of_inline(node: Node, source: _Source, labels: set[str]) -> Iterator[Segment]:
    match node.type:
        case kind if kind in _DELIMITERS:
            yield from source.markup(node)
        case "code_span":
            yield from _code(node, source, "code_span_delimiter")
        case kind if kind in _LINKS and _leads_somewhere(node, source, labels):
            yield from source.markup(*_children(node, "!", "[", "]", "(", ")"))
            for part in node.children:
                yield from _of_link(part, source)
        case "uri_autolink":
            yield from source.ends(node)
            yield from source.segment(SegmentKind.URL, node.start_byte + 1, node.end_byte - 1)
        case "email_autolink":
            yield from source.ends(node)
        case "backslash_escape" | "hard_line_break":
            yield from source.segment(SegmentKind.MARKUP, node.start_byte, node.start_byte + 1)
        case "html_tag":
            yield from _html(node, source)


def _of_link(part: Node, source: _Source) -> Iterator[Segment]:
    match part.type:
        case "image_description":
            yield from source.segment(SegmentKind.ALT_TEXT, part.start_byte, part.end_byte)
        case "link_destination":
            bracketed = int(source.cut(part).startswith("<"))
            if bracketed:
                yield from source.ends(part)
            yield from source.segment(SegmentKind.URL, part.start_byte + bracketed, part.end_byte - bracketed)
        case "link_label" | "link_title":
            yield from source.ends(part)


def _leads_somewhere(link: Node, source: _Source, labels: set[str]) -> bool:
    """Whether a link has a destination: its own, or the definition of its label. Else its brackets are text."""
    if any(_children(link, "(")):
        return True
    named = [*_children(link, "link_label"), *_children(link, "link_text", "image_description")]
    return bool(named) and _label(source.cut(named[0])) in labels


def _label(cut: str) -> str:
    """A link's label as CommonMark compares it."""
    return " ".join(cut.removeprefix("[").removesuffix("]").casefold().split())


def _code(node: Node, source: _Source, delimiter: str) -> Iterator[Segment]:
    fences = [*_children(node, delimiter)]
    start = fences[0].end_byte if fences else node.start_byte
    end = fences[-1].start_byte if len(fences) > 1 else node.end_byte
    yield from source.segment(SegmentKind.CODE, start, end)


def _html(node: Node, source: _Source) -> Iterator[Segment]:
    """Our own comments, and tags that hold nothing but their name. All other HTML stays visible."""
    place = source.span(node.start_byte, node.end_byte)
    html = place.cut(source.text)
    done = 0
    for comment in [*_comments(html), Span(len(html), len(html))]:
        for tag in _BARE_TAG.finditer(html, done, comment.start):
            yield Segment(Span(place.start + tag.start(), place.start + tag.end()), SegmentKind.MARKUP)
        if _OUR_COMMENT.match(html, comment.start):
            yield Segment(Span(place.start + comment.start, place.start + comment.end), SegmentKind.METADATA)
        done = comment.end


def _comments(html: str) -> Iterator[Span]:
    start = html.find("<!--")
    while start >= 0 and (end := html.find("-->", start + 4)) >= 0:
        yield Span(start, end + 3)
        start = html.find("<!--", end + 3)


def _children(node: Node, *types: str) -> Iterator[Node]:
    return (child for child in node.children if child.type in types)
