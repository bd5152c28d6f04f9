import html
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from postcheck.draft import Author, Draft, SegmentKind, Span
from postcheck.errors import PostcheckError
from postcheck.normalization import view
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

HIDDEN = {SegmentKind.MARKUP, SegmentKind.BREAK, SegmentKind.SPACE, SegmentKind.METADATA}


def draft(page: str) -> Draft:
    (only,) = read(page.encode(), "a.html", Metadata())
    assert only.text == page
    return only


def seen(page: str) -> str:
    """What a detector reads of a page, without blanks around the lines."""
    return "\n".join(filter(None, (line.strip() for line in view(draft(page)).text.split("\n"))))


def cuts(page: str, kind: SegmentKind) -> list[str]:
    return [segment.span.cut(page) for segment in draft(page).segments if segment.kind is kind]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<!DOCTYPE html>\n<html><head><title>May</title></head><body>Hi</body></html>", "May\nHi"),
        ("<p class='a' data-id=4471903>One<p>Two<br>Three<br/>Four", "One\nTwo\nThree\nFour"),
        ("<p>My patient\n     <b>Mar</b>ia\n  left", "My patient Maria left"),
        ("<b\n class='x'>Mar</b\n>ia", "Maria"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<td>one</td><td>two</td>", "one\ntwo"),
        ("Jos&eacute; &amp; &#74;ohn&nbsp;&#x4c;ee", "José & John Lee"),
        ("<script>var a = '<p>Ana';</script><style>p {}</style>Hi", "Hi"),
        ('<script type="application/ld+json">{"name": "Ana"}</script>', '{"name": "Ana"}'),
        ("<div style='display:none'>Ana</div>", "Ana"),
        ("<x-card>Ana</x-card><o:p></o:p>", "Ana"),
        ("5 < 6 and <b>bold", "5 < 6 and bold"),
        ("<Ana Lopez> and <ana.lopez@x.org>", "<Ana Lopez> and <ana.lopez@x.org>"),
        ("<!-- Ana <i>came</i> -->Hi<!--[if mso]><td>Bo</td><![endif]-->", "Ana came\nHi\n[if mso]>\nBo\n<![endif]"),
        ("<!-- postcheck: ignore[a/b] -->Hi", "Hi"),
        ("<title>May</title><!-- never closed Ana", "May\n<!-- never closed Ana"),
        ('<img src="data:image/png;base64,iVBORw0KGgo=" alt="Ana">', "Ana"),
    ],
)
def test_what_is_said_is_seen_and_tags_are_not(page: str, expected: str) -> None:
    assert seen(page) == expected


@pytest.mark.parametrize(
    "page",
    [
        '<img alt="Ana">',
        "<img src=a.png alt='Ana'/>",
        '<a title="Ana" href="/">x</a>',
        '<button aria-label="Ana">x</button>',
        "<input placeholder=Ana>",
        '<meta name="description" content="Ana">',
        '<meta property="og:title" content="Ana">',
        '<a href="https://x.org/ana">x</a>',
    ],
)
def test_what_is_shown_or_read_aloud_of_a_tag_is_seen(page: str) -> None:
    assert "ana" in seen(page).lower().replace("/", " ").split()


@pytest.mark.parametrize("name", ["viewport", "google-site-verification", "generator"])
def test_what_a_page_tells_programs_is_not_seen(name: str) -> None:
    assert seen(f'<meta name="{name}" content="Ana 219091234">') == ""


def test_descriptions_addresses_quotes_and_code_are_segments() -> None:
    page = (
        '<blockquote>a <q>b</q></blockquote><code>#c</code> <a href="https://d.org">@e #F</a><img alt="g" src="h.png">'
    )
    assert cuts(page, SegmentKind.QUOTE) == ["a <q>b</q>", "b"]
    assert cuts(page, SegmentKind.CODE) == ["#c"]
    assert cuts(page, SegmentKind.URL) == ["https://d.org", "h.png"]
    assert cuts(page, SegmentKind.ALT_TEXT) == ["g"]
    assert cuts(page, SegmentKind.MENTION) == ["@e"]
    assert cuts(page, SegmentKind.HASHTAG) == ["#F"]


def test_front_matter_is_read_as_in_any_draft() -> None:
    page = "---\nauthor: official\n---\n<p>Hi</p>"
    assert draft(page).author is Author.OFFICIAL
    assert seen(page) == "Hi"


def test_our_comments_are_metadata() -> None:
    assert cuts("<!--postcheck: a --><!-- b -->", SegmentKind.METADATA) == ["<!--postcheck: a -->"]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n\f\v\x85\u2028\u2029"), min_size=1)


@given(TEXTS, TEXTS, TEXTS)
def test_any_escaped_text_is_read_as_it_was(heading: str, words: str, alt: str) -> None:
    said = (heading, words, alt)
    assume(all(html.unescape(each) == each for each in said))
    page = "<h1>{}</h1>\n<p class='x'>{}</p><img alt=\"{}\">".format(*map(html.escape, said))
    expected = [line.strip() for each in said for line in view(Draft(each)).text.split("\n")]
    assert seen(page) == "\n".join(filter(None, expected))


TAGS = ["<p>", "</p>", "<b>", "<br/>", "<a ", "<img ", "alt=", "href=", "<script>", "</script>", "<title>"]
OTHERS = ['"', "'", ">", "<", "/", "<!--", "-->", "<!", "<![", "]]>", "<?", "&", "&amp;", "&#74", "\n", " ", "Ana"]
PIECES = st.sampled_from(TAGS + OTHERS)


@given(st.lists(PIECES | TEXTS).map("".join))
def test_any_page_is_read_with_segments_inside_and_apart(page: str) -> None:
    try:
        found = draft(page)
    except PostcheckError:
        return
    assert all(Span(0, len(page)).contains(segment.span) for segment in found.segments)
    hidden = [segment.span for segment in found.segments if segment.kind in HIDDEN]
    assert all(one.end <= other.start for one, other in pairwise(hidden))


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "<br/>", " ", "\n", "\r\n", "&amp;"]) | st.just("Ana")))
def test_every_word_is_found_at_its_place(pieces: list[str]) -> None:
    page = "".join(pieces)
    shown = view(draft(page))
    places = [i for i in range(len(shown.text)) if shown.text.startswith("Ana", i)]
    assert [shown.to_source(Span(at, at + 3)).start for at in places] == [
        i for i in range(len(page)) if page.startswith("Ana", i)
    ]
