"""A draft's text cut into runs, each with the findings that mark it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from postcheck.draft import Draft, Span
from postcheck.finding import Finding
from postcheck.reporters.visible import visible
from postcheck.spans import SpanIndex


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line, with the findings that cover it and those of which it is a related part, by their index.

    `begins` are the findings that cover this run as their first.
    """

    text: str
    findings: tuple[int, ...]
    related: tuple[int, ...]
    begins: tuple[int, ...]


class _Marks:
    """Spans with the index of their finding, and which of them are at a place."""

    def __init__(self, marks: Iterable[tuple[Span, int]]) -> None:
        self._marks = sorted(marks)
        self._index = SpanIndex([span for span, _ in self._marks])

    def spans(self, place: Span) -> Iterator[Span]:
        return (self._marks[at][0] for at in self._index.touching(place))

    def findings(self, place: Span) -> tuple[int, ...]:
        return tuple(sorted({self._marks[at][1] for at in self._index.touching(place)}))


def marked_lines(draft: Draft, findings: Sequence[Finding]) -> Iterator[list[Run]]:
    """The lines of the draft as runs. A finding without extent covers the character after it."""
    extents = _Marks(
        (finding.span or Span(finding.span.start, finding.span.start + 1), i) for i, finding in enumerate(findings)
    )
    others = _Marks((span, i) for i, finding in enumerate(findings) for span in finding.related)
    begun: set[int] = set()
    for _, line in draft.lines(Span(0, len(draft.text))):
        edges = {edge for mark in (*extents.spans(line), *others.spans(line)) for edge in (mark.start, mark.end)}
        inside = {edge for edge in edges if line.start < edge < line.end}
        runs = []
        for place in (Span(*cut) for cut in pairwise(sorted({line.start, line.end, *inside}))):
            covering, related = extents.findings(place), others.findings(place)
            begins = tuple(index for index in covering if index not in begun)
            begun.update(begins)
            runs.append(Run(visible(place.cut(draft.text)), covering, related, begins))
        yield runs
