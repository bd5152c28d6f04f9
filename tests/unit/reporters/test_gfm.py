"""Text that goes into Markdown comes out of it as the same text, and calls nobody."""

import re

from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from postcheck.reporters.gfm import code, literal
from postcheck.reporters.visible import visible
from tests.unit.reporters.test_every_reporter import ANY_WORDS

GFM = MarkdownIt("gfm-like")
BREAK = "\N{ZERO WIDTH SPACE}"
CALLS = re.compile(r"[@#]\w|\bgh-\d|://|\bwww\.|:[\w+-]+:", re.IGNORECASE)
"""What GitHub finds in the text of a finished page: mentions, references, addresses, emoji."""


def tokens(markdown: str) -> list[Token]:
    (inline,) = GFM.parseInline(markdown)
    return inline.children or []


@settings(deadline=None)
@given(ANY_WORDS)
def test_literal_text_stays_the_text_it_is(text: str) -> None:
    parsed = tokens(f"x {literal(text)} x")
    assert {token.type for token in parsed} == {"text"}
    shown = "".join(token.content for token in parsed)
    assert shown.replace(BREAK, "") == f"x {visible(text)} x".replace(BREAK, "")


@settings(deadline=None)
@given(ANY_WORDS)
def test_literal_text_names_no_person_no_issue_and_no_address(text: str) -> None:
    shown = "".join(token.content for token in tokens(f"x {literal(text)} x"))
    assert not CALLS.search(shown)


@settings(deadline=None)
@given(ANY_WORDS)
def test_code_is_one_span_of_the_text_unchanged(text: str) -> None:
    before, span, after = tokens(f"x {code(text)} x")
    assert (before.content, span.type, span.content, after.content) == ("x ", "code_inline", visible(text), " x")


def test_code_without_text_is_still_a_span() -> None:
    assert [token.type for token in tokens(f"x {code('')} x")] == ["text", "code_inline", "text"]
