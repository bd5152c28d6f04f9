import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Author, Position, SegmentKind, Span
from postcheck.errors import PostcheckError
from postcheck.readers import read
from postcheck.readers.metadata import Metadata


def test_the_text_is_the_whole_file_front_matter_and_all() -> None:
    text = "---\nchannel: x\n---\nHi @ana #Hope https://a.org\n"
    (draft,) = read(b"\xef\xbb\xbf" + text.encode(), "a.txt", Metadata(author=Author.OFFICIAL, channel="y"))
    assert draft.text == text
    assert (draft.path, draft.author, draft.channel, draft.record) == ("a.txt", Author.OFFICIAL, "x", None)
    assert [(s.kind.value, s.span.cut(text)) for s in draft.segments] == [
        ("metadata", "---"),
        ("metadata", "channel: x"),
        ("metadata", "---"),
        ("mention", "@ana"),
        ("hashtag", "#Hope"),
        ("url", "https://a.org"),
    ]


def test_a_hashtag_in_our_front_matter_is_no_part_of_the_post() -> None:
    text = '---\nin_reply_to: "#Hope @ana"\ntitle: "#New"\n---\n'
    (draft,) = read(text.encode(), "a.txt", Metadata())
    assert [s.span.cut(text) for s in draft.segments if s.kind is SegmentKind.HASHTAG] == ["#New"]


def test_plain_text_has_no_markup() -> None:
    (draft,) = read(b"# Not a **heading** <!-- postcheck: x --> `code`", "a.txt", Metadata())
    assert draft.segments == ()


def test_an_empty_file_is_an_empty_draft() -> None:
    for name in ("a.txt", "a.md"):
        (draft,) = read(b"", name, Metadata())
        assert (draft.text, draft.segments) == ("", ())
    assert read(b"", "a.jsonl", Metadata()) == ()


def test_windows_line_ends_stay_and_places_are_those_of_an_editor() -> None:
    (draft,) = read(b"one\r\ntwo @ana\r\n", "a.txt", Metadata())
    assert draft.text == "one\r\ntwo @ana\r\n"
    (mention,) = draft.segments
    assert draft.position(mention.span.start) == Position(2, 5)
    ((number, line),) = draft.lines(mention.span)
    assert (number, line.cut(draft.text).rstrip("\r")) == (2, "two @ana")


def test_broken_front_matter_stops_the_reading() -> None:
    with pytest.raises(PostcheckError, match=r'^a.txt:2: "author" must be'):
        read(b"---\nauthor: nobody\n---\n", "a.txt", Metadata())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_is_read_whole_with_segments_inside(text: str) -> None:
    (draft,) = read(b"\xef\xbb\xbf" + text.encode(), "a.txt", Metadata())
    assert draft.text == text
    assert all(Span(0, len(text)).contains(segment.span) for segment in draft.segments)
