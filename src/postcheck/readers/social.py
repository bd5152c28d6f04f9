"""What the networks themselves make of a text: links, hashtags and mentions."""

from collections.abc import Iterable, Iterator

import regex

from postcheck.draft import Segment, SegmentKind, Span

_URL = regex.compile(
    r"(?:(?<![\p{L}\p{N}])(?:https?|ftp)://(?=[\p{L}\p{N}])"
    r"|(?<![\p{L}\p{N}@./-])(?:www\.(?=[\p{L}\p{N}])"
    r"|(?:[a-z0-9-]++\.){1,9}(?:com|org|net|edu|gov)(?![\p{L}\p{N}@_-]|\.[\p{L}\p{N}])))"
    r'[^\s\x1C-\x1F<>\[\]{}"“”|\\^`]*',
    regex.IGNORECASE,
)
_TAGS = {
    SegmentKind.HASHTAG: regex.compile(
        r"(?<![\p{L}\p{M}\p{N}_&/#@])[#\uFF03](?=[\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_\u00B7\u200C\u200D]+"
    ),
    SegmentKind.MENTION: regex.compile(
        r"(?<![\p{L}\p{M}\p{N}_/#@])[@\uFF20](?=[\p{N}_.-]*\p{L})[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?"
        r"(?:@[a-z0-9-]++(?:\.[a-z0-9-]++)+)?",
        regex.IGNORECASE,
    ),
}
_AFTER_URL = "?!.,:;*_~'\u2019)"


def social(text: str, taken: Iterable[Span] = ()) -> Iterator[Segment]:
    """The URLs, hashtags and mentions in a text, apart from any that touch a span in `taken`.

    URLs end as in GitHub Flavored Markdown's autolinks; hashtags and mentions hold a letter, as
    on X, and a mention may name its server, as on Mastodon.
    """
    free = bytearray(b"\1") * len(text)
    for span in taken:
        free[span.start : span.end] = bytes(len(span))
    for match in _URL.finditer(text):
        span = Span(match.start(), match.start() + _end(match[0]))
        if all(free[span.start : span.end]):
            free[span.start : span.end] = bytes(len(span))
            yield Segment(span, SegmentKind.URL)
    for kind, pattern in _TAGS.items():
        for match in pattern.finditer(text):
            if all(free[match.start() : match.end()]):
                yield Segment(Span(*match.span()), kind)


def _end(url: str) -> int:
    """Where a URL ends, and the punctuation of the sentence around it begins."""
    end = len(url)
    unopened = url.count(")") - url.count("(")
    while url[end - 1] in _AFTER_URL and (url[end - 1] != ")" or unopened > 0):
        end -= 1
        unopened -= url[end] == ")"
    return end
