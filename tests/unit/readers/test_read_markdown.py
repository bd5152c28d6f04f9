import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.draft import Author, Draft, Position, SegmentKind, Span
from postcheck.readers import read
from postcheck.readers.metadata import Metadata


def draft(text: str) -> Draft:
    (only,) = read(text.encode(), "a.md", Metadata())
    assert only.text == text
    return only


def cuts(text: str, kind: SegmentKind) -> list[str]:
    return [segment.span.cut(text) for segment in draft(text).segments if segment.kind is kind]


def shown(text: str) -> str:
    """The text without what isn't part of the post, its white space folded."""
    kept = list(text)
    for segment in draft(text).segments:
        if segment.kind in {SegmentKind.MARKUP, SegmentKind.METADATA}:
            kept[segment.span.start : segment.span.end] = [""] * len(segment.span)
    return " ".join("".join(kept).split())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**Mar**ia, *An*a, __Bo__ and ~~Cy~~", "Maria, Ana, Bo and Cy"),
        ("# Été 😀 *now* ##\n\nTitle\n===\n\nOther\n---\n\n***\n", "Été 😀 now Title Other"),
        ("- one\n- [x] two\n  * three\n\n12. four\n3) five", "one two three four five"),
        ("> a **b\n> c** d\n>> e", "a b c d e"),
        ("| a | *b* |\n|:--|--:|\n| c \\| d | |", "a b c | d"),
        (r"\*not\* \# and a\_b", "*not* # and a_b"),
        ("one\\\ntwo", "one two"),
        ("`code` and ``a ` b``", "code and a ` b"),
        ("```python\nx = 1\n```\n\n~~~\ny\n~~~", "python x = 1 y"),
        ("[Ana](https://a.org 'At *home*')!", "Anahttps://a.org At *home*!"),
        ("<https://a.org> <ana@a.org>", "https://a.org ana@a.org"),
        ("<p>Hi <b>Ana</b><br/></p>", "Hi Ana"),
        ("**bold\n\n*text", "**bold *text"),
        ("It cost $5 for **Mar**ia and $6.", "It cost $5 for Maria and $6."),
        ("---\nOnly a *line* above\n---\n", "Only a line above"),
        ("+++\n**a**\n+++", "+++ a +++"),
    ],
)
def test_only_formatting_is_hidden(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "1234567. is the number",
        "<Ana Lopez> and <Ana> and <Mark>",
        '<span title="Ana">x',
        "<!-- Ana came in on Monday -->",
        "Hi <!-- see postcheck: ignore --> there",
        "<!-- a <!-- postcheck: ignore[x/y] -->",
        "<!-- postcheck: never closed",
        "[Ana] [Ana][Bo] [Ana][] ![Ana]",
        "2 * 3 * 4 and snake_case_name",
        "&amp; #EndCancer",
    ],
)
def test_what_may_be_content_stays_visible(text: str) -> None:
    assert shown(text) == text


def test_our_comments_are_metadata_except_in_code() -> None:
    block = '<!-- postcheck: ignore[a/b]\n reason="quoted" -->'
    text = f"{block}\n\nHi <!--postcheck: x --> you `<!-- postcheck: y -->`\n\n    <!-- postcheck: z -->\n"
    assert cuts(text, SegmentKind.METADATA) == [block, "<!--postcheck: x -->"]


def test_code_is_what_stands_between_its_marks() -> None:
    text = "a `b  c` d\n\n```js\n**e**\n```\n\n    indented *f*\n\n> ~~~\n> never closed"
    assert cuts(text, SegmentKind.CODE) == ["b  c", "js\n**e**", "indented *f*", "> never closed"]
    assert "**" not in cuts(text, SegmentKind.MARKUP)


def test_quotes_are_found_with_their_inner_quotes() -> None:
    text = "Before\n\n> one\n> > two\n\nAfter"
    assert cuts(text, SegmentKind.QUOTE) == ["> one\n> > two", "> two"]


def test_lists_and_quotes_nest() -> None:
    text = "1. **a**\n   > - b `c`\n   >   ![d](e.png)\n"
    assert cuts(text, SegmentKind.QUOTE) == ["> - b `c`\n   >   ![d](e.png)"]
    assert cuts(text, SegmentKind.CODE) == ["c"]
    assert cuts(text, SegmentKind.ALT_TEXT) == ["d"]
    assert shown(text) == "a b c de.png"


def test_urls_are_destinations_autolinks_and_bare_urls() -> None:
    text = (
        '[a](https://a.org/x_(y) "t") [b](<my file.png>) <https://c.org> **https://d.org/e_f** www.g.org.\n\n'
        "[h]: https://h.org 'Title'\n"
    )
    assert cuts(text, SegmentKind.URL) == [
        "https://a.org/x_(y)",
        "my file.png",
        "https://c.org",
        "https://d.org/e_f",
        "www.g.org",
        "https://h.org",
    ]


def test_a_link_that_names_itself_has_two_urls() -> None:
    assert cuts("[https://a.org](https://a.org)", SegmentKind.URL) == ["https://a.org", "https://a.org"]


def test_references_are_links_only_when_they_are_defined() -> None:
    text = "[one][Ref  A] [Two][] [two] ![three] [four]\n\n[ref a]: /a\n[TWO]: /b\n[three]: /c"
    brackets = [s.span.start for s in draft(text).segments if s.kind is SegmentKind.MARKUP]
    assert text.index("[four]") not in brackets
    assert all(text.index(link) in brackets for link in ("[one]", "[Ref", "[Two]", "[two]", "[three]"))
    assert cuts(text, SegmentKind.ALT_TEXT) == ["three"]


def test_an_image_has_its_description_as_alt_text() -> None:
    text = 'é ![Ana at *the* door](a.png "Ana") ![](b.png)'
    assert cuts(text, SegmentKind.ALT_TEXT) == ["Ana at *the* door"]


def test_a_hashtag_is_no_heading() -> None:
    text = "#EndCancer with @ana\n#Hope_Now\n\n# Head #Tag\n\n`#no @no` [x](/#no) \\#yes"
    assert cuts(text, SegmentKind.HASHTAG) == ["#EndCancer", "#Hope_Now", "#Tag", "#yes"]
    assert cuts(text, SegmentKind.MENTION) == ["@ana"]


def test_front_matter_is_read_and_the_rest_of_it_stays() -> None:
    text = "---\ntitle: '**My** #Post'\nauthor: official\n---\n\n# Héad\n"
    found = draft(text)
    assert found.author is Author.OFFICIAL
    assert cuts(text, SegmentKind.METADATA) == ["---", "author: official", "---"]
    assert cuts(text, SegmentKind.HASHTAG) == ["#Post"]
    assert cuts(text, SegmentKind.MARKUP) == ["#"]


EVERYTHING = """\
# Été *a*

> q **b
> c** [d](https://a.org "t")

- [ ] e `f`
  1. ![g](h.png)

| i | j |
|---|---|
| k | *l* |

```
m
```

Hi @ana #Hope <!-- postcheck: x --> <b>n</b> \\* [o]

[o]: /p
"""


@pytest.mark.parametrize("before", ["😀 ", "Ünïcödé \U0001d49c ", "e\u0301\u200d\u2028"])
def test_what_stands_before_does_not_move_segments(before: str) -> None:
    shift = len(before) + 2
    moved = [(s.kind, s.span.start - shift, s.span.end - shift) for s in draft(f"{before}\n\n{EVERYTHING}").segments]
    assert moved == [(s.kind, s.span.start, s.span.end) for s in draft(EVERYTHING).segments]


def test_windows_line_ends_change_nothing_but_themselves() -> None:
    windows = EVERYTHING.replace("\n", "\r\n")
    unix = draft(EVERYTHING)
    found = draft(windows)
    assert [(s.kind, s.span.cut(windows).replace("\r", "")) for s in found.segments] == [
        (s.kind, s.span.cut(EVERYTHING)) for s in unix.segments
    ]
    assert [found.position(s.span.start) for s in found.segments] == [
        unix.position(s.span.start) for s in unix.segments
    ]
    assert unix.position(EVERYTHING.index("@ana")) == Position(17, 4)


def test_deep_nesting_is_read() -> None:
    assert shown("> " * 3000 + "x").endswith("x")
    assert shown("[" * 3000 + "x" + "](y)" * 3000).count("x") == 1


MARKS = "* ** _ ~~ ` ``` # [ ] ( ) ![ ]( < > --> <b> | === \\ &amp; $ Ana é 😀 https://x.org/a @ana #Tag [a]"
SPACED = [
    "\n",
    "\n\n",
    "\r\n",
    "> ",
    "- ",
    "1. ",
    "1234567. ",
    "    ",
    "\t",
    "# ",
    "|-|\n",
    "---\n",
    "\u2028",
    "\ufeff",
]
PIECES = st.sampled_from([*MARKS.split(), *SPACED, "<!-- postcheck: ", '[a]: /u "t"\n', "\u0301"])
MARKUP = re.compile(r"[^\w]*|_+|\d{1,2}[.)]|\[[xX]\]|</?[a-z]+[1-6]?\s*/?>")
METADATA = re.compile(r"---|<!--\s*postcheck:.*-->", re.DOTALL)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)).map("".join))
def test_every_segment_lies_in_the_text_and_is_what_it_is_called(text: str) -> None:
    (found,) = read(b"\xef\xbb\xbf" + text.encode(), "a.md", Metadata())
    assert found.text == text
    assert list(found.segments) == sorted(set(found.segments))
    for segment in found.segments:
        cut = segment.span.cut(text)
        assert cut
        assert Span(0, len(text)).contains(segment.span)
        assert cut == cut.strip()
        match segment.kind:
            case SegmentKind.MARKUP:
                assert MARKUP.fullmatch(cut)
            case SegmentKind.METADATA:
                assert METADATA.fullmatch(cut)
            case SegmentKind.QUOTE:
                assert cut.startswith(">")
            case SegmentKind.HASHTAG:
                assert cut[0] in "#\uff03"
            case SegmentKind.MENTION:
                assert cut[0] in "@\uff20"


WORDS = st.text(st.characters(categories=["L", "Nd", "So"]), min_size=1, max_size=8)


@given(WORDS, WORDS, WORDS)
def test_delimiters_are_found_exactly_after_any_characters(before: str, word: str, after: str) -> None:
    text = f"{before} **{word}** `{after}` [{word}](/{after})"
    assert cuts(text, SegmentKind.CODE) == [after]
    assert cuts(text, SegmentKind.URL) == [f"/{after}"]
    assert cuts(text, SegmentKind.MARKUP) == ["*", "*", "*", "*", "`", "`", "[", "]", "(", ")"]


def test_the_marks_of_a_paragraph_without_end_are_found_all_along() -> None:
    text = "One **word** is _bold_. " * 1000
    assert shown(text) == " ".join(["One word is bold."] * 1000)


def test_characters_of_several_bytes_stay_whole_in_a_paragraph_without_blanks() -> None:
    text = "\u00e9\U0001f600" * 5000
    assert shown(text) == text
