"""Places in a text, counted as editors count them."""

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range, TextDocumentContentChangePartial, TextDocumentItem
from pygls.workspace import PositionCodec

from postcheck.lsp.lines import Lines
from postcheck.lsp.page import Page
from postcheck.lsp.rewriting import difference

TEXTS = st.text(
    st.sampled_from("ab\r\n\x0c\x85\u2028é\N{PARTY POPPER}\ud83d\ude00\N{COMBINING ACUTE ACCENT}"), max_size=40
)
ENCODINGS = st.sampled_from([*PositionEncodingKind])


def lines_of(text: str) -> list[str]:
    """The lines with their ends, found character by character."""
    lines, line = [], ""
    for at, char in enumerate(text):
        line += char
        if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
            lines.append(line)
            line = ""
    return [*lines, line]


@given(TEXTS, ENCODINGS)
def test_a_place_is_counted_as_the_library_of_the_protocol_counts_it(text: str, encoding: PositionEncodingKind) -> None:
    codec, lines, made = PositionCodec(encoding), lines_of(text), Lines(text, encoding)
    start = 0
    for number, line in enumerate(lines):
        said = line.rstrip("\r\n")
        for column in range(len(said) + 1):
            expected = Position(number, codec.client_num_units(said[:column]))
            assert made.position(start + column) == expected
            assert made.offset(expected) == start + column
        start += len(line)


@given(TEXTS, ENCODINGS, st.integers(0, 50), st.integers(0, 200))
def test_any_place_that_an_editor_names_is_one_of_the_text(
    text: str, encoding: PositionEncodingKind, line: int, character: int
) -> None:
    made = Lines(text, encoding)
    offset = made.offset(Position(line, character))
    assert 0 <= offset <= len(text)
    assert made.position(offset) <= Position(line, character) or line > made.position(offset).line
    assert made.offset(made.position(offset)) == offset


@given(TEXTS, TEXTS, ENCODINGS, st.data())
def test_an_edit_changes_what_the_editor_changed(
    text: str, new: str, encoding: PositionEncodingKind, data: st.DataObject
) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    made = Lines(text, encoding)
    begin, stop = made.position(start), made.position(end)
    page = Page(TextDocumentItem("file:///a.txt", "plaintext", 1, text), PositionCodec(encoding))
    page.apply_change(TextDocumentContentChangePartial(Range(begin, stop), new))
    assert page.source == text[: made.offset(begin)] + new + text[made.offset(stop) :]


@given(TEXTS, TEXTS, ENCODINGS)
def test_the_difference_of_two_texts_makes_the_one_of_the_other(
    old: str, new: str, encoding: PositionEncodingKind
) -> None:
    lines = Lines(old, encoding)
    edit = difference(old, new, lines)
    start, end = lines.offset(edit.range.start), lines.offset(edit.range.end)
    assert old[:start] + edit.new_text + old[end:] == new
