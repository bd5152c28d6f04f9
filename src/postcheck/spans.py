"""Spans in the order of their beginnings, and those of them that a place touches, found without looking at all."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from postcheck.draft import Span


class SpanIndex:
    """An index of `spans`, which are in the order of their beginnings and may overlap."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]
        self._reach = [*accumulate((span.end for span in spans), max)]

    def touching(self, place: Span) -> list[int]:
        """Which of the spans overlap `place`, in order."""
        first, last = bisect_right(self._reach, place.start), bisect_left(self._starts, place.end)
        return [at for at in range(first, last) if self._spans[at].overlaps(place)]

    def beside(self, place: Span, window: Span, most: int) -> tuple[Span, ...]:
        """The spans that overlap `window` but not `place`: on each side the nearest, as many as `most`."""
        before: list[Span] = []
        at = bisect_left(self._starts, min(place.start, window.end))
        while at and len(before) < most and self._reach[at - 1] > window.start:
            at -= 1
            span = self._spans[at]
            if span.end <= place.start and span.overlaps(window):
                before.append(span)
        first, last = bisect_left(self._starts, place.end), bisect_left(self._starts, window.end)
        after = [span for span in self._spans[first : min(last, first + most)] if span.overlaps(window)]
        return (*reversed(before), *after)
