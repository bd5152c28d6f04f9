from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import SegmentKind, Span
from postcheck.readers.social import social


def found(text: str, kind: SegmentKind) -> list[str]:
    return [segment.span.cut(text) for segment in social(text) if segment.kind is kind]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("See https://a.org/x?y=1#z.", ["https://a.org/x?y=1#z"]),
        ("(https://a.org/b_(c)) and (http://a.org)", ["https://a.org/b_(c)", "http://a.org"]),
        ("“https://a.org/”, <ftp://b.net/c>; www.c.info!", ["https://a.org/", "ftp://b.net/c", "www.c.info"]),
        ("Give at hope.example.org/give, or Hope.EDU.", ["hope.example.org/give", "Hope.EDU"]),
        ("write to ana@hope.org or @ana.hope.org", []),
        ("e.g. this, etc.com-like, a.m./p.m., https:// and www. alone, x.organic", []),
        ("Look…https://a.org", ["https://a.org"]),
    ],
)
def test_urls_end_before_the_punctuation_of_the_sentence(text: str, urls: list[str]) -> None:
    assert found(text, SegmentKind.URL) == urls


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#EndCancer, #été2024! 😀#Hope_Now (#b)", ["#EndCancer", "#été2024", "#Hope_Now", "#b"]),
        ("Room #1, C# and a#b, ##x, &#39; https://a.org/#top", []),
        ("#5k \uff03希望", ["#5k", "\uff03希望"]),
    ],
)
def test_a_hashtag_holds_a_letter_and_starts_a_word(text: str, tags: list[str]) -> None:
    assert found(text, SegmentKind.HASHTAG) == tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ana_b: thanks @Dr.Bo.", ["@ana_b", "@Dr.Bo"]),
        ("(@ana) .@bo @cy@hub.example", ["@ana", "@bo", "@cy@hub.example"]),
        ("ana@hope.org, at @ 5, @1500, https://a.org/@ana", []),
    ],
)
def test_a_mention_is_no_mail_address(text: str, names: list[str]) -> None:
    assert found(text, SegmentKind.MENTION) == names


def test_nothing_is_sought_where_it_is_taken() -> None:
    text = "#a @b https://c.org #d"
    assert [s.span.cut(text) for s in social(text, [Span(0, 12)])] == ["#d"]


PIECES = st.sampled_from(["#", "@", "http://", "www.", ".org", ".", ")", "(", "a", "é", "😀", "1", "_", "/", " ", "-"])


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_segments_are_what_they_are_called_and_lie_apart(text: str) -> None:
    segments = sorted(social(text))
    for segment in segments:
        cut = segment.span.cut(text)
        assert cut
        assert not any(char.isspace() for char in cut)
        if segment.kind is not SegmentKind.URL:
            assert cut[0] in ("#\uff03" if segment.kind is SegmentKind.HASHTAG else "@\uff20")
            assert any(char.isalpha() for char in cut)
    for one, other in pairwise(segments):
        assert not one.span.overlaps(other.span)
