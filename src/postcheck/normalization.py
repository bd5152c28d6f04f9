"""Text as a detector should see it, with a map back to the source.

People write "**Mar**ia", "Ma\\u200bria" and "Mаria" with a Cyrillic "а", and other people read
Maria. `view` undoes that, and every code point it yields knows which part of the draft it
stands for.
"""

import html
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from postcheck.draft import Draft, SegmentKind, Span


@dataclass(frozen=True, slots=True)
class View:
    """A rewritten text. Code point `i` stands for `[starts[i], ends[i])` of the source."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "View":
        """The view that shows `text` as it is."""
        return cls(text, array("L", range(len(text))), array("L", range(1, len(text) + 1)))

    def to_source(self, span: Span) -> Span:
        """The range of the source that `span` of the view stands for."""
        if not span:
            at = self.starts[span.start] if span.start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[span.start], max(self.ends[span.start : span.end]))

    def rewritten(self, edits: Iterable[tuple[Span, str]]) -> "View":
        """This view with each span replaced by a text; `edits` are in order and don't overlap.

        A text as long as its span replaces it code point by code point; any other stands as a
        whole for the whole span.
        """
        pieces: list[str] = []
        starts, ends = array("L"), array("L")
        done = 0

        def keep(start: int, end: int) -> None:
            pieces.append(self.text[start:end])
            starts.extend(self.starts[start:end])
            ends.extend(self.ends[start:end])

        for span, text in edits:
            keep(done, span.start)
            pieces.append(text)
            done = span.end
            if len(text) == len(span):
                starts.extend(self.starts[span.start : span.end])
                ends.extend(self.ends[span.start : span.end])
            else:
                source = self.to_source(span)
                starts.extend([source.start] * len(text))
                ends.extend([source.end] * len(text))
        keep(done, len(self.text))
        return View("".join(pieces), starts, ends)


_INLINE_MARKUP = regex.compile(
    r"[*_~`\\=^]+"
    r"|</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^>]*)?/?>",
    regex.IGNORECASE,
)
_BLOCK_MARKUP = regex.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|h[1-6]|tr|table|blockquote|section|article)\b.*", regex.I | regex.S
)
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10}\d{0,2});", regex.IGNORECASE)
_CLUSTER = regex.compile(r"\P{M}[\p{Mn}--[\uFE00-\uFE0F]]+", regex.VERSION1)
_INVISIBLE = regex.compile(r"[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+|\r(?=\n)")
_COMPATIBLE = regex.compile(
    r"[\uFF01-\uFF5E\uFB00-\uFB06\u2460-\u2473\u24B6-\u24E9\U0001D400-\U0001D7FF\U0001F130-\U0001F149\U0001F150-\U0001F169\U0001F170-\U0001F189]"
)
_LOOSE_DASH = regex.compile(r"(?<!\s)[\u2014\u2015]|[\u2014\u2015](?!\s)")
_MIXED = regex.compile(r"(?=\p{L}*\p{Latin})(?=\p{L}*[\p{Cyrillic}\p{Greek}])\p{L}+")

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u0060", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u2028\u2029\u0085\v\f\r", "\n"),
    }
)
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЬаеѕіјкорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ",
    "ABESIJKMHOPCTYXbaesijkopcyxhdqw" + "ABEZHIKMNOPTYXaikvopux",
)


def view(draft: Draft) -> View:
    """What detectors and rules read of `draft`."""
    shown = View.of(draft.text).rewritten(_segments(draft))
    shown = shown.rewritten(_each(_ENTITY, shown.text, html.unescape))
    shown = shown.rewritten(_each(_INVISIBLE, shown.text, lambda _: ""))
    shown = shown.rewritten(_each(_CLUSTER, shown.text, lambda cluster: unicodedata.normalize("NFC", cluster)))
    shown = shown.rewritten(_each(_COMPATIBLE, shown.text, lambda char: unicodedata.normalize("NFKC", char)))
    shown = shown.rewritten(_each(_LOOSE_DASH, shown.text, lambda _: " - "))
    shown = View(shown.text.translate(_PLAIN), shown.starts, shown.ends)
    return shown.rewritten(_each(_MIXED, shown.text, lambda word: word.translate(_LOOK_ALIKES)))


def _segments(draft: Draft) -> Iterator[tuple[Span, str]]:
    """What replaces markup and metadata: a mark in a word goes, a block becomes a break."""
    done = 0
    for segment in sorted(draft.segments):
        if segment.span.start < done or not segment.span:
            continue
        if segment.kind is SegmentKind.METADATA:
            yield segment.span, "\n\n"
        elif segment.kind is SegmentKind.MARKUP:
            yield segment.span, _shown_markup(segment.span.cut(draft.text))
        else:
            continue
        done = segment.span.end


def _shown_markup(markup: str) -> str:
    if "\n" in markup or _BLOCK_MARKUP.fullmatch(markup.strip()):
        return "\n"
    if _ENTITY.fullmatch(markup):
        return html.unescape(markup)
    return "" if _INLINE_MARKUP.fullmatch(markup) else " "


def _each(pattern: regex.Pattern[str], text: str, rewrite: Callable[[str], str]) -> Iterator[tuple[Span, str]]:
    for match in pattern.finditer(text):
        yield Span(*match.span()), rewrite(match[0])
