"""A draft's text cut into runs, each with the findings that mark it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from postcheck.draft import Draft, Span
from postcheck.finding import Finding
from postcheck.reporters.visible import visible


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line, with the findings that cover it and those of which it is a related part, by their index.

    `begins` are the findings that cover this run as their first.
    """

    text: str
    findings: tuple[int, ...]
    related: tuple[int, ...]
    begins: tuple[int, ...]


def marked_lines(draft: Draft, findings: Sequence[Finding]) -> Iterator[list[Run]]:
    """The lines of the draft as runs. A finding without extent covers the character after it."""
    extents = [finding.span or Span(finding.span.start, finding.span.start + 1) for finding in findings]
    marks = [*extents, *(span for finding in findings for span in finding.related)]
    begun: set[int] = set()
    for _, line in draft.lines(Span(0, len(draft.text))):
        inside = {edge for mark in marks for edge in (mark.start, mark.end) if line.start < edge < line.end}
        runs = []
        for place in (Span(*cut) for cut in pairwise(sorted({line.start, line.end, *inside}))):
            covering = tuple(index for index, extent in enumerate(extents) if place.overlaps(extent))
            related = tuple(
                index for index, finding in enumerate(findings) if any(place.overlaps(span) for span in finding.related)
            )
            begins = tuple(index for index in covering if index not in begun)
            begun.update(begins)
            runs.append(Run(visible(place.cut(draft.text)), covering, related, begins))
        yield runs
