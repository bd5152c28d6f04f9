"""The tags of a page: what they are, that nothing is passed over, and that no page takes ever longer."""

import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.readers.tags import tokens

MARKUP = ["<p>", "</p>", "<b class='x>y'>", '<img alt="a > b">', "<br/>", "<!-- c -->", "<!doctype html>", "<?xml ?>"]
OTHERS = ["Ana", " ", "\n", "3 < 4", "&amp;", "<x-y>", "<Ana Lopez>"]
BROKEN = ["<", "<a ", "</", "<!--", "-->", "<!", "<![CDATA[", "]]>", "<?", "=", "'", '"', ">", "<script>", "</script>"]


class Reference(HTMLParser):
    """Where Python's own parser finds something other than text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(("start", tag))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.found.append(("tag", tag))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", ""))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", ""))

    def handle_pi(self, data: str) -> None:
        self.found.append(("instruction", ""))


@given(st.lists(st.sampled_from(MARKUP + OTHERS)).map("".join))
def test_a_page_without_mistakes_has_the_tags_that_pythons_parser_finds(page: str) -> None:
    assert [(each.kind, each.name) for each in tokens(page) if each.kind != "text"] == Reference(page).found


@given(st.lists(st.sampled_from(MARKUP + OTHERS + BROKEN)).map("".join))
def test_no_part_of_any_page_is_passed_over(page: str) -> None:
    starts = [each.start for each in tokens(page)]
    assert starts[:1] == ([0] if page else [])
    assert all(one < other < len(page) for one, other in pairwise(starts))


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("<script>1 < 2<b></script>x", ["start", "raw", "end", "text"]),
        ("<script>Ana", ["start", "text"]),
        ("<style>a</styles>", ["start", "text", "end"]),
        ("<a href='x>Ana", ["text"]),
        ('<a title="1>2">Ana</a', ["start", "text"]),
        ("<!-- Ana", ["text"]),
        ("<![if mso]>Ana<![endif]>", ["instruction", "text", "instruction"]),
        ("<![CDATA[<b>]]>Ana", ["instruction", "text"]),
        ("<a<b>Ana", ["text", "start", "text"]),
    ],
)
def test_what_has_no_end_is_text(page: str, kinds: list[str]) -> None:
    assert [each.kind for each in tokens(page)] == kinds


UNITS = ["<script>", "<script", "<p>Ana</p>", "<!---->", "</script>", "<![CDATA[", "<a b='<c d=\""]
UNITS += ["<", "<a ", "<a", "</a", "<a b='", '<a b="<a c" d="', "<a =", "<a b=<", "<!--", "<!-- -- ", "<!", "<![", "<?"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_four_times_as_long_takes_four_times_the_steps(unit: str) -> None:
    assert lines_run(unit * 800) < 4.5 * lines_run(unit * 200)


def lines_run(page: str) -> int:
    """How many lines of Python it takes to read a page."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Callable[[FrameType, str, object], Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for _ in tokens(page):
            pass
    finally:
        sys.settrace(before)
    return count
