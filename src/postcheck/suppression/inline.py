"""Comments in a draft: `<!-- postcheck: ignore[phi/patient-name] reason="our spokesperson" until=2027-06-30 -->`."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from postcheck.draft import Draft, SegmentKind, Span
from postcheck.finding import Finding, SuppressedBy
from postcheck.suppression.suppression import Source, Suppression, expired

_COMMENT = re.compile(r"<!--\s*postcheck:(.*)-->", re.DOTALL)
_IGNORE = re.compile(r"\s*ignore\s*\[([\w /,-]*)\]((?:\s+\w+\s*=\s*(?:\"[^\"]*\"|[^\s\"]\S*))*)\s*")
_ATTRIBUTE = re.compile(r"(?<!\w)(\w+)\s*=\s*(?:\"([^\"]*)\"|([^\s\"]\S*))")
_BLOCK = re.compile(r"^[^\S\n]*\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", re.MULTILINE)
_FORM = 'write <!-- postcheck: ignore[pack/rule] reason="..." -->'


def inline(today: date) -> Source:
    """The ignores in a draft's own comments.

    One holds for the paragraph that it stands in, up to the next blank lines, or in a page up to
    the next tag that begins a line; alone in its paragraph, it holds for the next one.
    """

    def suppressions(draft: Draft) -> Iterator[Suppression]:
        ours = [segment.span for segment in draft.segments if segment.kind is SegmentKind.METADATA]
        comments = [(span, comment[1]) for span in ours if (comment := _COMMENT.fullmatch(span.cut(draft.text)))]
        concerned = _blocks(draft, ours) if comments else []
        return (_suppression(draft, *comment, concerned, today) for comment in comments)

    return suppressions


def paragraph(draft: Draft, at: int) -> Span | None:
    """The paragraph at an offset, or else the next one: that for which an ignore holds which stands there."""
    return _block(_blocks(draft, [each.span for each in draft.segments if each.kind is SegmentKind.METADATA]), at)


def _suppression(draft: Draft, span: Span, command: str, blocks: Sequence[Span], today: date) -> Suppression:
    said = _IGNORE.fullmatch(command)
    rules = frozenset(name.strip() for name in said[1].split(",") if name.strip()) if said else frozenset()
    place = draft.position(span.start)
    concerned = _block(blocks, span.start) or Span(len(draft.text), len(draft.text))

    def holds(draft: Draft, finding: Finding) -> bool:
        return finding.span.overlaps(concerned)

    return Suppression(
        SuppressedBy.INLINE,
        rules,
        holds,
        draft.path,
        place.line,
        place.column,
        _flaw(said, rules, today),
        concerned,
    )


def _flaw(said: re.Match[str] | None, rules: frozenset[str], today: date) -> str | None:
    """Why an ignore silences nothing, if it doesn't."""
    if not said:
        return f"isn't what postcheck understands: {_FORM}"
    values = {name: quoted or bare for name, quoted, bare in _ATTRIBUTE.findall(said[2])}
    unknown = {*values} - {"reason", "until"}
    if unknown:
        return f'has no "{min(unknown)}": {_FORM}'
    if not rules:
        return f"names no rule: {_FORM}"
    if not values.get("reason", "").strip():
        return f"gives no reason: {_FORM}"
    try:
        return expired(date.fromisoformat(values["until"]) if "until" in values else None, today)
    except ValueError:
        return "has no day after until=: write it as 2027-06-30"


def _block(blocks: Sequence[Span], at: int) -> Span | None:
    """The first of some blocks that ends after an offset."""
    following = bisect_right(blocks, at, key=lambda block: block.end)
    return blocks[following] if following < len(blocks) else None


def _blocks(draft: Draft, ours: Sequence[Span]) -> list[Span]:
    """The paragraphs of a draft that say something: of a page what stands between its tags, of other texts between
    blank lines. What is only for postcheck says nothing.
    """
    said = bytearray(not char.isspace() for char in draft.text)
    for span in ours:
        said[span.start : span.end] = bytes(len(span))
    breaks = [segment.span for segment in draft.segments if segment.kind is SegmentKind.BREAK]
    blocks = _between(breaks, len(draft.text)) if breaks else _paragraphs(draft.text)
    return [block for block in blocks if any(said[block.start : block.end])]


def _paragraphs(text: str) -> Iterator[Span]:
    return (Span(*block.span()) for block in _BLOCK.finditer(text))


def _between(breaks: Iterable[Span], end: int) -> Iterator[Span]:
    done = 0
    for each in breaks:
        yield Span(done, max(done, each.start))
        done = max(done, each.end)
    yield Span(done, end)
