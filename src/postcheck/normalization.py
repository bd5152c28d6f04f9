"""Text as a detector should see it, with a map back to the source.

People write "**Mar**ia", put invisible characters into a name or take a letter of another
script, and other people read Maria. `view` undoes that, and every code point it yields knows
which part of the draft it stands for.
"""

import html
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from itertools import pairwise

import regex

from postcheck.confusables import LOOK_ALIKES, OTHER_SCRIPTS, STYLED, plain
from postcheck.draft import Draft, SegmentKind, Span
from postcheck.spacing import line_breaks, spelled_out, split_numbers


@dataclass(frozen=True, slots=True)
class View:
    """A rewritten text. Code point `i` stands for `[starts[i], ends[i])` of the source."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "View":
        """The view that shows `text` as it is."""
        return cls(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))

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
        edits = [*edits]
        if not edits:
            return self
        pieces: list[str] = []
        starts, ends = array("I"), array("I")
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
    r"(?:[*_~`\\=^]"
    r"|<!--[^<>]*-->|</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^>]*|/)?>)+",
    regex.IGNORECASE,
)
_BLOCK_MARKUP = regex.compile(r"</?(?:p|div|br|hr|li|[uo]l|h[1-6]|t[rdh]|table|blockquote)\b", regex.IGNORECASE)
_REFERENCE = regex.compile(
    r"&(?:#\d{1,7};?|#[xX][\da-fA-F]{1,6};?|[A-Za-z][A-Za-z\d]{1,31};"
    rf"|(?:{'|'.join(name for name in html5 if not name.endswith(';'))})(?![\w;=]))"
)
"""A character reference, as in `&eacute;` or `&#233;`. As in a browser, some need no semicolon."""
_MIRRORED = regex.compile(r"\u202E([^\n\u202A-\u202E]*)\u202C?")
_INVISIBLE = regex.compile(
    r"[\p{Default_Ignorable_Code_Point}\u202A-\u202E--\uFE0F]+|(?<=[\p{L}\p{N}])\uFE0F|\r(?=\n)", regex.VERSION1
)
_CLUSTER = regex.compile(r"[^\p{M}\s]\p{Mn}+")
_MARKED = regex.compile(r"[\p{Latin}\p{Nd}]")
_ON_LETTERS = regex.compile(rf"(?<={_MARKED.pattern})[\p{{Mn}}\u20DD-\u20E4]+")
_LOOSE_DASH = regex.compile(r"(?<!\s)[\u2014\u2015]|[\u2014\u2015](?!\s)")
_BLANKS = regex.compile(r"[ \t]{2,}|\t")

_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-")
    | dict.fromkeys([chr(code) for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)], " ")
    | dict.fromkeys("\u2028\u2029\u0085\v\f\r", "\n")
)

_OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}\N{POP DIRECTIONAL FORMATTING}"
_SHOWN_AS = {SegmentKind.METADATA: "\n\n", SegmentKind.BREAK: "\n", SegmentKind.SPACE: " "}
"""What stands for a segment that isn't seen; for markup that depends on what is around it."""


def view(draft: Draft) -> View:
    """What detectors and rules read of `draft`.

    Markup within a word goes, a block of it becomes a line break, metadata a paragraph break.
    References become their characters; letters, quotes, dashes and blanks the plain ones that
    they stand for; look-alikes of other scripts only in words that mix scripts or hold nothing
    else. What is spelled out letter by letter, and what is broken into lines, is put together. A
    dash between words gets blanks around it.
    """
    shown = View.of(draft.text).rewritten(_without_markup(draft))
    shown = shown.rewritten(_each(_REFERENCE, shown.text, html.unescape))
    shown = shown.rewritten(_each(_MIRRORED, shown.text, lambda mirrored: mirrored.strip(_OVERRIDE)[::-1]))
    shown = shown.rewritten(_each(STYLED, shown.text, plain))
    shown = shown.rewritten(_each(_INVISIBLE, shown.text, lambda _: ""))
    shown = shown.rewritten(_each(_CLUSTER, shown.text, _composed))
    shown = shown.rewritten(_each(_ON_LETTERS, shown.text, lambda _: ""))
    shown = shown.rewritten(spelled_out(shown.text))
    shown = shown.rewritten(split_numbers(shown.text))
    shown = shown.rewritten(_each(_LOOSE_DASH, shown.text, lambda _: " - "))
    shown = View(shown.text.translate(_PLAIN), shown.starts, shown.ends)
    shown = shown.rewritten(line_breaks(shown.text))
    shown = shown.rewritten(_each(_BLANKS, shown.text, lambda _: " "))
    return shown.rewritten(_each(OTHER_SCRIPTS, shown.text, lambda word: word.translate(LOOK_ALIKES)))


def _composed(cluster: str) -> str:
    """A letter with its marks as one character; without them, if they strike it out or are too many for that."""
    composed = unicodedata.normalize("NFC", cluster)
    bare = unicodedata.normalize("NFD", cluster)[0]
    return bare if len(composed) > 1 and _MARKED.match(bare) else composed


def _each(pattern: regex.Pattern[str], text: str, rewrite: Callable[[str], str]) -> Iterator[tuple[Span, str]]:
    return ((Span(*match.span()), rewrite(match[0])) for match in pattern.finditer(text))


def _without_markup(draft: Draft) -> Iterator[tuple[Span, str]]:
    """What replaces markup and metadata, where adjacent marks are one."""
    text = draft.text
    for kind, span in _hidden(draft):
        before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
        yield span, _SHOWN_AS.get(kind) or _replacement(span.cut(text), before, after)


def _hidden(draft: Draft) -> Iterator[tuple[SegmentKind, Span]]:
    """What of a draft detectors don't see, in order, not overlapping; adjacent ones of a kind are joined."""
    last: tuple[SegmentKind, Span] | None = None
    for segment in sorted(draft.segments):
        kind, span = segment.kind, segment.span
        if kind is not SegmentKind.MARKUP and kind not in _SHOWN_AS:
            continue
        if last and span.start < last[1].end:
            span = Span(last[1].end, max(last[1].end, span.end))
        if not span:
            continue
        if last and last[0] is kind and last[1].end == span.start:
            last = kind, Span(last[1].start, span.end)
        else:
            if last:
                yield last
            last = kind, span
    if last:
        yield last


def _replacement(markup: str, before: str, after: str) -> str:
    """What stands for markup between two characters."""
    if _BLOCK_MARKUP.search(markup):
        return "\n"
    if _REFERENCE.fullmatch(markup):
        return html.unescape(markup)
    apart = before.isalnum() and after.isalnum() and not _INLINE_MARKUP.fullmatch(markup)
    return " " if apart else ""


_TAG = regex.compile(r"(?<![\w&/.])[#@](?=[\w.-]*\p{L})(\w[\w.-]*\w)")
_PIECE = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|[\p{Lo}\p{Lt}]+|\p{N}+")
_RUN_TOGETHER = regex.compile(
    r"(?P<before>pray(?:ers|ing)?for|prayersupfor|team|justicefor|rip|remembering|fight(?:ing)?for|hopefor|love|missyou)?"
    r"(?P<name>\p{Ll}{3,}?)(?P<after>strong(?:er)?|fights|army|warriors?|tough|forever|squad|sjourney|journey)?",
)


def split_tags(text: str) -> View:
    """`text` with its hashtags and handles written as words: "#PrayForMarisol" as "Pray For Marisol"."""
    return View.of(text).rewritten(edit for match in _TAG.finditer(text) for edit in _apart(match))


def _apart(tag: "regex.Match[str]") -> Iterator[tuple[Span, str]]:
    """The edits that turn a hashtag or a handle into words."""
    yield Span(tag.start(), tag.start() + 1), ""
    done = tag.start(1)
    for piece in _PIECE.finditer(tag[1]):
        for start, end in _words(piece):
            start, end = tag.start(1) + start, tag.start(1) + end
            if start > tag.start(1):
                yield Span(done, start), " "
            done = end


def _words(piece: "regex.Match[str]") -> Iterator[tuple[int, int]]:
    """Where the words of a piece of a tag are: in "prayformarisol" two of them."""
    together = _RUN_TOGETHER.fullmatch(piece[0])
    parts = [piece.start() + at for at in together.span("name")] if together else []
    edges = sorted({piece.start(), *parts, piece.end()})
    yield from pairwise(edges)
