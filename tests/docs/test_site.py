"""The documentation as a site: made without a warning, and reading it asks nothing from elsewhere."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from docs.site.pictures import FOLDER, pictures
from tests.docs.blocks import ROOT

_SVG = "http://www.w3.org/2000/svg"
"""The name of a vocabulary. Nobody fetches it."""

_CSS = re.compile(r"""@import\s+["']?([^"';]+)|url\(\s*["']?([^"')]+)""")
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


def problems(site: Path) -> Iterator[str]:
    """What is wrong with a site, in sentences that begin with the name of the file."""
    for script in site.rglob("*.js"):
        if "://" in _COMMENT.sub("", script.read_text(encoding="utf-8")).replace(_SVG, ""):
            yield f"{script.name}: names an address"
    for style in site.rglob("*.css"):
        yield from (f"{style.name}: loads {address}" for address in _foreign(style.read_text(encoding="utf-8")))
    pages = {
        path: html.parse(path, html.HTMLParser(encoding="utf-8")).getroot() for path in sorted(site.rglob("*.html"))
    }
    parts_of = {path: {element.get("id") for element in page.iter()} for path, page in pages.items()}
    linked = {site / "index.html"}
    for path, page in pages.items():
        for element, address in _addresses(page):
            parts = urlsplit(address)
            target = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
            if parts.scheme or parts.netloc:
                if (element, parts.scheme) != ("a", "https"):
                    yield f"{path.name}: loads {address}"
            elif not target.is_file():
                yield f"{path.name}: {address} leads nowhere"
            elif target in pages and parts.fragment and unquote(parts.fragment) not in parts_of[target]:
                yield f"{path.name}: {address} leads to no part of a page"
            else:
                linked.add(target)
        yield from (f"{path.name}: loads {each}" for style in page.iter("style") for each in _foreign(style.text or ""))
        yield from (f"{path.name}: has a picture without a text" for each in page.iter("img") if not each.get("alt"))
        if not page.get("lang") or not page.findtext("head/title"):
            yield f"{path.name}: has no title or no language"
    yield from (f"{path.name}: nothing leads there" for path in pages.keys() - linked)


def _addresses(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Whatever a page leads to or loads, with the name of the element that says so."""
    for element in page.iter():
        for name in ("href", "src", "srcset", "action", "data", "poster"):
            if address := element.get(name):
                yield str(element.tag), address
        if element.get("http-equiv") == "refresh":
            yield "meta", element.get("content", "").partition("url=")[2]


def _foreign(style: str) -> Iterator[str]:
    """What a style sheet loads from elsewhere."""
    for found in _CSS.finditer(_COMMENT.sub("", style)):
        parts = urlsplit(found[1] or found[2])
        if parts.netloc or parts.scheme not in {"", "data"}:
            yield parts.geturl()


def test_the_site_is_made_without_a_warning_is_whole_and_asks_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", "-c", "docs/site", ".", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(problems(tmp_path)) == []


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("<title></title>", "index.html: has no title or no language"),
        ("<title>A</title><img src=index.html>", "index.html: has a picture without a text"),
        ("<title>A</title><a href=b.html>", "index.html: b.html leads nowhere"),
        ("<title>A</title><a href='#b'>", "index.html: #b leads to no part of a page"),
        ("<title>A</title><img alt=a src=https://example.org>", "index.html: loads https://example.org"),
        ("<title>A</title><script src=//example.org></script>", "index.html: loads //example.org"),
        ("<title>A</title><a href=http://example.org>", "index.html: loads http://example.org"),
        ("<title>A</title><style>@import '//example.org'</style>", "index.html: loads //example.org"),
        ("<title>A</title><meta http-equiv=refresh content='0; url=b'>", "index.html: b leads nowhere"),
    ],
)
def test_a_page_that_asks_something_from_elsewhere_or_has_a_fault_is_told(
    page: str, problem: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><html{' lang=en' if 'A' in page else ''}>{page}")
    assert list(problems(tmp_path)) == [problem]


def test_a_script_that_names_an_address_and_a_page_that_nothing_leads_to_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("/* https://example.org */ fetch('https://example.org')")
    (tmp_path / "a.css").write_text("p { background: url(https://example.org) }")
    for name in ("index.html", "b.html"):
        (tmp_path / name).write_text("<!doctype html><html lang=en><title>A</title><a href=https://example.org>A</a>")
    told = ["a.js: names an address", "a.css: loads https://example.org", "b.html: nothing leads there"]
    assert list(problems(tmp_path)) == told


def test_the_pictures_are_current_and_load_nothing() -> None:
    drawn = pictures()
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")} == drawn, "run make pictures"
    assert not [picture for picture in drawn.values() if list(_foreign(picture)) or "href" in picture]
