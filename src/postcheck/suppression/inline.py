"""Comments in a draft: `<!-- postcheck: ignore[phi/patient-name] reason="our spokesperson" until=2027-06-30 -->`."""

import re
from collections.abc import Iterator
from datetime import date

from postcheck.draft import Draft, SegmentKind, Span
from postcheck.finding import Finding, SuppressedBy
from postcheck.suppression.suppression import Source, Suppression, expired

_COMMENT = re.compile(r"<!--\s*postcheck:(.*)-->", re.DOTALL)
_IGNORE = re.compile(r"\s*ignore\s*\[([^\]]*)\]((?:\s+\w+\s*=\s*(?:\"[^\"]*\"|\S+))*)\s*")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|(\S+))")
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_FORM = 'write <!-- postcheck: ignore[pack/rule] reason="..." -->'


def inline(today: date) -> Source:
    """The ignores in a draft's own comments.

    One holds for the paragraph that it stands in, up to the next blank lines, or in a page up to
    the next tag that begins a line; alone in its paragraph, it holds for the next one.
    """

    def suppressions(draft: Draft) -> Iterator[Suppression]:
        for segment in draft.segments:
            comment = _COMMENT.fullmatch(segment.span.cut(draft.text))
            if segment.kind is SegmentKind.METADATA and comment:
                yield _suppression(draft, segment.span, comment[1], today)

    return suppressions


def _suppression(draft: Draft, span: Span, command: str, today: date) -> Suppression:
    said = _IGNORE.fullmatch(command)
    rules = frozenset(name.strip() for name in said[1].split(",") if name.strip()) if said else frozenset()
    place = draft.position(span.start)
    concerned = _concerned(draft, span)

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


def _concerned(draft: Draft, comment: Span) -> Span:
    """The paragraph that a comment speaks of; an empty one at the end of the text if there is none."""
    ours = [segment.span for segment in draft.segments if segment.kind is SegmentKind.METADATA]
    for span in _blocks(draft):
        if span.end > comment.start and _says_something(draft.text, span, ours):
            return span
    return Span(len(draft.text), len(draft.text))


def _blocks(draft: Draft) -> Iterator[Span]:
    """The paragraphs of a draft: of a page what stands between its tags, of other texts between blank lines."""
    breaks = [segment.span for segment in draft.segments if segment.kind is SegmentKind.BREAK]
    if not breaks:
        yield from (Span(*block.span()) for block in _BLOCK.finditer(draft.text))
        return
    done = 0
    for each in breaks:
        yield Span(done, max(done, each.start))
        done = max(done, each.end)
    yield Span(done, len(draft.text))


def _says_something(text: str, span: Span, ours: list[Span]) -> bool:
    """Whether there is more in a part of a text than what is only for postcheck."""
    return any(
        not text[at].isspace() and not any(each.start <= at < each.end for each in ours)
        for at in range(span.start, span.end)
    )
