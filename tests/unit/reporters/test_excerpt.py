"""Excerpts: what is marked is shown, in lines that fit."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from postcheck.draft import Draft, Span
from postcheck.reporters.elision import Mark
from postcheck.reporters.excerpt import Row, excerpt
from tests.unit.reporters.samples import span

LONG = " ".join(f"word{number}" for number in range(60))


def rows(draft: Draft, place: Span, *related: Span, width: int = 60) -> list[Row]:
    return [*excerpt(draft, place, related, width, cell_len)]


def shown(row: Row) -> str:
    """The line as it is printed, `[[` and `]]` around the span, `(` and `)` around what is related."""
    forms = {Mark.NONE: "{}", Mark.RELATED: "({})", Mark.SPAN: "[[{}]]"}
    return "".join(forms[piece.mark].format(piece.text) for piece in row.pieces)


def test_a_short_line_is_shown_whole() -> None:
    draft = Draft("The bell rang twice.")
    assert [shown(row) for row in rows(draft, span(draft, "bell"))] == ["The [[bell]] rang twice."]


def test_a_long_line_is_cut_at_words_around_the_span() -> None:
    (row,) = rows(Draft(LONG), span(Draft(LONG), "word30"), width=40)
    assert shown(row) == "… word28 word29 [[word30]] word31 word32 …"


def test_the_ends_of_a_long_line_are_not_marked_as_cut() -> None:
    draft = Draft(LONG)
    assert shown(rows(draft, span(draft, "word0"), width=30)[0]).startswith("[[word0]] word1")
    assert shown(rows(draft, span(draft, "word59"), width=30)[0]).endswith("word58 [[word59]]")


def test_a_span_wider_than_the_line_shows_its_beginning_and_its_end_under_one_mark() -> None:
    (row,) = rows(Draft(LONG), Span(6, len(LONG) - 7), width=31)
    assert shown(row) == "…[[word1 word2 wo… word57 word58]]…"


def test_related_places_far_off_in_the_line_are_shown_too() -> None:
    draft = Draft(LONG)
    (row,) = rows(draft, span(draft, "word50"), span(draft, "word10"), width=40)
    assert "(word10)" in shown(row)
    assert "[[word50]]" in shown(row)


def test_the_nearest_lines_of_related_places_are_shown_and_gaps_between_lines_too() -> None:
    draft = Draft("\n".join(f"line{number}" for number in range(1, 30)))
    related = [span(draft, f"line{number}") for number in (3, 21, 22, 24, 29)]
    assert [row.number for row in rows(draft, span(draft, "line20"), *related)] == [20, 21, 22, None, 24]


def test_of_a_span_of_many_lines_the_first_and_the_last_are_shown() -> None:
    draft = Draft("\n".join(f"line{number}" for number in range(1, 30)))
    place = Span(span(draft, "line5").start, span(draft, "line15").end)
    lines = rows(draft, place)
    assert [row.number for row in lines] == [5, 6, 7, None, 15]
    assert all(shown(row).startswith("[[line") for row in lines if row.number)


def test_tabs_are_spaces_and_carriage_returns_at_the_end_are_left_out() -> None:
    draft = Draft("a\tbell\r\nb")
    assert [shown(row) for row in rows(draft, span(draft, "bell"))] == ["a    [[bell]]"]


def test_a_character_of_several_code_points_is_marked_as_one() -> None:
    draft = Draft("a 👩‍⚕️ e\u0301.")
    assert shown(rows(draft, Span(3, 4))[0]) == "a [[👩‍⚕️]] e\u0301."
    assert [piece.cells for piece in rows(draft, Span(3, 4))[0].pieces] == [2, 2, 3]


def test_an_empty_span_marks_the_character_at_its_place() -> None:
    assert shown(rows(Draft("abc"), Span(1, 1))[0]) == "a[[b]]c"


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FF), max_size=300), st.data(), st.integers(24, 100))
def test_every_line_fits_and_shows_the_ends_of_the_span(text: str, data: st.DataObject, width: int) -> None:
    draft = Draft(text)
    start = data.draw(st.integers(0, len(text)))
    place = Span(start, data.draw(st.integers(start, len(text))))
    related = Span(*sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text))))))
    for row in rows(draft, place, related, width=width):
        assert sum(piece.cells for piece in row.pieces) <= width
    (row,) = rows(draft, place, related, width=width)
    if place:
        marked = "".join(piece.text for piece in row.pieces if piece.mark is Mark.SPAN)
        assert marked


@given(st.integers(0, 400), st.integers(1, 400), st.lists(st.integers(0, 400), max_size=4))
@settings(max_examples=40, deadline=None)
def test_of_an_endless_line_the_same_is_shown_as_of_a_long_one(at: int, length: int, others: list[int]) -> None:
    words = "".join(f"w{number:03} " for number in range(500))
    places = [Span(at * 5, at * 5 + length), *(Span(other * 5, other * 5 + 4) for other in others)]

    def excerpt_within(around: str) -> str:
        moved = [Span(each.start + len(around), each.end + len(around)) for each in places]
        (row,) = rows(Draft(around + words + around), *moved, width=300)
        return shown(row)

    assert excerpt_within("x " * 5000) == excerpt_within("x " * 1000)
