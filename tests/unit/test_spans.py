"""Which spans a place touches, against looking at all of them."""

from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Span
from postcheck.spans import SpanIndex

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(0, 9))
SORTED = st.lists(SPANS.filter(bool), max_size=12).map(sorted)


@given(SORTED, SPANS)
def test_all_spans_that_touch_a_place_are_found_in_order(spans: list[Span], place: Span) -> None:
    assert SpanIndex(spans).touching(place) == [at for at, span in enumerate(spans) if span.overlaps(place)]


@given(SORTED, SPANS.filter(bool), SPANS)
def test_all_spans_beside_a_place_are_found_in_order(spans: list[Span], place: Span, window: Span) -> None:
    expected = [span for span in spans if span.overlaps(window) and not span.overlaps(place)]
    assert sorted(SpanIndex(spans).beside(place, window, len(spans))) == expected


@given(SORTED.map(lambda spans: sorted({*spans})), SPANS.filter(bool), st.integers(1, 3))
def test_of_many_spans_those_nearest_to_a_place_are_found(spans: list[Span], place: Span, most: int) -> None:
    found = SpanIndex(spans).beside(place, Span(0, 99), most)
    after = [span for span in spans if span.start >= place.end]
    assert [span for span in found if span.start >= place.end] == after[:most]
    assert len(found) <= 2 * most
