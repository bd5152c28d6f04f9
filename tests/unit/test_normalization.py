"""How people write, and what detectors read of it."""

import pytest

from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.normalization import View, split_tags, view

MARKUP, METADATA = SegmentKind.MARKUP, SegmentKind.METADATA


def marked(text: str, *hidden: tuple[int, int], kind: SegmentKind = MARKUP) -> Draft:
    return Draft(text, segments=tuple(Segment(Span(*place), kind) for place in hidden))


def source(shown: View, text: str, part: str) -> str:
    """The part of the source behind the first occurrence of `part` in the view."""
    start = shown.text.index(part)
    return shown.to_source(Span(start, start + len(part))).cut(text)


@pytest.mark.parametrize(
    ("text", "read", "name", "written"),
    [
        ("Hi Ma\u200bri\u00ada!", "Hi Maria!", "Maria", "Ma\u200bri\u00ada"),
        ("\u202eairaM\u202c", "Maria", "Maria", "\u202eairaM\u202c"),
        ("Hi \uff2d\uff41\uff52\uff49\uff41", "Hi Maria", "Maria", "\uff2d\uff41\uff52\uff49\uff41"),
        ("Hi \U0001d40c\U0001d41a\U0001d42b\U0001d422\U0001d41a", "Hi Maria", "Mar", "\U0001d40c\U0001d41a\U0001d42b"),
        ("\u041c\u0430ria", "Maria", "Maria", "\u041c\u0430ria"),
        ("Jose\u0301 left", "Jos\u00e9 left", "Jos\u00e9", "Jose\u0301"),
        ("M\u0336a\u0336ria", "Maria", "Maria", "M\u0336a\u0336ria"),
        ("\u201cMaria\u2019s\u201d", "\"Maria's\"", "Maria's", "Maria\u2019s"),
        ("3\u20134 \u2212 5", "3-4 - 5", "3-4", "3\u20134"),
        ("chemo\u2014he left", "chemo - he left", "he", "he"),
        ("chemo \u2014 he left", "chemo - he left", "chemo", "chemo"),
        ("a\u00a0b\u2003c\u3000d", "a b c d", "b", "b"),
        ("a  b\t\tc", "a b c", "b c", "b\t\tc"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree", "two", "two"),
        ("Mar&iacute;a &amp; I", "Mar\u00eda & I", "Mar\u00eda", "Mar&iacute;a"),
        ("&#74ohn &copy &hellip;", "John \u00a9 \u2026", "John", "&#74ohn"),
        ("2 &CounterClockwiseContourIntegral; x", "2 \u2233 x", "\u2233", "&CounterClockwiseContourIntegral;"),
        ("o\ufb03ce", "office", "office", "o\ufb03ce"),
    ],
)  # fmt: skip
def test_disguised_text_is_read_as_it_is_meant(text: str, read: str, name: str, written: str) -> None:
    shown = view(Draft(text))
    assert shown.text == read
    assert source(shown, text, name) == written


@pytest.mark.parametrize(
    "text",
    [
        "\u041c\u0430\u0440\u0438\u044f",
        "\u03b1-interferon, \u03bcg",
        "Siobh\u00e1n \U0001f49a\ufe0f",
        "#PrayFor @me_2",
        "AT&T; R&D, x?a=1&copy=2 &notes",
        "`x` 'y'",
    ],
)
def test_what_is_no_disguise_stays(text: str) -> None:
    assert view(Draft(text)).text == text


def test_a_mark_within_a_word_goes_and_the_map_holds() -> None:
    draft = marked("so **Mar**ia left", (3, 5), (8, 10))
    shown = view(draft)
    assert shown.text == "so Maria left"
    assert source(shown, draft.text, "Maria") == "Mar**ia"
    assert source(shown, draft.text, "left") == "left"


def test_markup_between_words_keeps_them_apart() -> None:
    assert view(marked("see [Maria](fund.example)now", (4, 5), (10, 12), (24, 25))).text == "see Maria fund.example now"


def test_markup_beside_a_blank_leaves_no_second_blank() -> None:
    assert view(marked("see [Maria] now", (4, 5), (10, 11))).text == "see Maria now"


def test_block_markup_becomes_a_line_break() -> None:
    assert view(marked("Maria</p><p>Gone", (5, 9), (9, 12))).text == "Maria\nGone"


def test_inline_tags_within_a_word_go() -> None:
    assert view(marked("<b>Mar</b>ia", (0, 3), (6, 10))).text == "Maria"


def test_metadata_becomes_a_paragraph_break() -> None:
    assert view(marked("one<!-- x -->two", (3, 13), kind=METADATA)).text == "one\n\ntwo"


def test_a_break_begins_a_line_and_a_space_is_one_blank() -> None:
    text = "one<td>two\n   three"
    segments = (Segment(Span(3, 7), SegmentKind.BREAK), Segment(Span(10, 14), SegmentKind.SPACE))
    assert view(Draft(text, segments=segments)).text == "one\ntwo three"


def test_other_segments_are_read() -> None:
    text = "`Maria` @m"
    segments = (Segment(Span(0, 7), SegmentKind.CODE), Segment(Span(8, 10), SegmentKind.MENTION))
    assert view(Draft(text, segments=segments)).text == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("#PrayForMarisela now", "Pray For Marisela now"),
        ("hi @desmond_in_beaumont.", "hi desmond in beaumont."),
        ("#MDAndersonEmployee", "MD Anderson Employee"),
        ("#prayformarisela", "prayfor marisela"),
        ("@marisela.reyes84!", "marisela reyes 84!"),
        ("mail me@x.example, #1", "mail me@x.example, #1"),
    ],
)
def test_tags_are_split_into_words(text: str, read: str) -> None:
    assert split_tags(text).text == read


def test_a_name_in_a_tag_leads_back_to_its_place() -> None:
    text = "so #PrayForMarisela"
    assert source(split_tags(text), text, "Marisela") == "Marisela"


def test_an_empty_place_leads_to_an_empty_place() -> None:
    assert View.of("ab").to_source(Span(1, 1)) == Span(1, 1)
    assert View.of("ab").to_source(Span(2, 2)) == Span(2, 2)
    assert View.of("").to_source(Span(0, 0)) == Span(0, 0)
