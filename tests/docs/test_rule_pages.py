"""The page on each shipped rule. `make golden` writes them anew, and takes away those of rules that are gone."""

import os
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from postcheck.packs import PackRule, load
from postcheck.rulepage import escaped, pages

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
BOOK = load()
PAGES = pages(BOOK)


def test_the_pages_are_current() -> None:
    if os.environ.get("POSTCHECK_UPDATE_GOLDEN"):
        for path in FOLDER.rglob("*.md"):
            path.unlink()
        for name, text in PAGES.items():
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(text, encoding="utf-8")
    written = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.md")}
    assert written == PAGES, "run make golden"


def shown(text: str) -> str:
    """What a reader of Markdown sees, with its bold words in brackets."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    html = re.sub(r"<(/?)b>", lambda tag: "]]" if tag[1] else "[[", html).replace("<br>", "\n")
    return unescape(re.sub(r"<[^>]+>", "", html)).replace("\N{ZERO WIDTH SPACE}", "").strip()


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_page_shows_the_examples_with_what_is_found_in_bold(rule: PackRule) -> None:
    lines = [" ".join(line.split()) for line in shown(PAGES[f"{rule.id}.md"]).splitlines()]
    for example in (*rule.rule.examples.flagged, *rule.rule.examples.clean):
        for line in BOOK.organization.fill(example.text).splitlines():
            assert " ".join(line.split()) in lines


@given(st.lists(st.from_regex(r"[!-~äß ]+", fullmatch=True), min_size=1).map("\n".join))
def test_whatever_text_is_escaped_is_shown_as_it_is(text: str) -> None:
    expected = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    assert "\n".join(" ".join(line.split()) for line in shown(f"- {escaped(text)}").splitlines()).strip() == expected


def test_the_index_links_to_every_page() -> None:
    assert {*re.findall(r"\]\(([^)]+)\)", PAGES["README.md"])} | {"README.md"} == {*PAGES}
