import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Draft, Position, Span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_is_half_open_and_in_order(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_spans_that_only_touch_dont_overlap() -> None:
    assert not Span(0, 2).overlaps(Span(2, 4))
    assert Span(0, 3).overlaps(Span(2, 4))
    assert Span(0, 4).contains(Span(2, 4))


@given(st.text(alphabet="ab\n\U0001f600", max_size=30), st.data())
def test_a_position_counts_lines_and_code_points_from_one(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    assert Draft(text).position(offset) == Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


@given(st.text(alphabet="ab\n", max_size=30), st.data())
def test_the_lines_of_a_span_cover_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    lines = list(Draft(text).lines(span))
    assert all("\n" not in line.cut(text) for _, line in lines)
    assert [number for number, _ in lines] == list(range(lines[0][0], lines[0][0] + len(lines)))
    assert lines[0][1].start <= span.start
    assert lines[-1][1].end + 1 >= span.end


def test_a_line_of_a_windows_file_ends_before_its_carriage_return() -> None:
    assert [line.cut("one\r\ntwo") for _, line in Draft("one\r\ntwo").lines(Span(0, 8))] == ["one", "two"]


def test_a_post_within_a_file_counts_the_lines_of_the_file() -> None:
    draft = Draft("one\ntwo", first_line=5)
    assert draft.position(4) == Position(6, 1)
    assert [number for number, _ in draft.lines(Span(0, 7))] == [5, 6]


def test_in_a_table_the_line_is_that_of_the_record() -> None:
    assert Draft("a\nb", row=7).position(2) == Position(7, 3)
