"""The page: its own elements and no other, all text as text, nothing loaded and nothing run."""

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings

from postcheck.draft import Draft, Span
from postcheck.finding import Report
from postcheck.reporters.explanation import alike, draft_title, flowing
from postcheck.reporters.summary import outcome
from postcheck.reporters.visible import visible
from tests.unit.reporters.samples import BELL, FRIDAY, NAME, REPORTS, STORY, at, render, report, span
from tests.unit.reporters.test_every_reporter import reports

ELEMENTS = re.compile(
    "html|head|meta|title|style|body|header|nav|main|section|footer|h[123]|p|[uo]l|li|d[ldt]|a|mark|sup|span"
)
ATTRIBUTES = re.compile("lang|charset|http-equiv|content|name|class|id|href|dir|aria-label(ledby)?")


def page(report: Report, *, show_text: bool = True) -> Element:
    """The page as a browser builds it, after it is found to hold our elements alone."""
    rendered = render(report, "html", show_text=show_text)
    root: Element = html5lib.parse(rendered, namespaceHTMLElements=False)
    assert all(ELEMENTS.fullmatch(each.tag) for each in root.iter())
    assert all(ATTRIBUTES.fullmatch(name) for each in root.iter() for name in each.attrib)
    return root


def texts(element: Element, path: str) -> list[str]:
    return ["".join(each.itertext()) for each in element.iterfind(path)]


def lines(section: Element) -> list[str]:
    """The lines of the draft's text, without the numbers of the notes."""
    found = []
    for line in section.iterfind("ol[@class]/li[@dir]"):
        for mark in line.iterfind("mark"):
            for number in mark.findall("sup"):
                mark.text = (mark.text or "") + (number.tail or "")
                mark.remove(number)
        found.append("".join(line.itertext()))
    return found


@settings(deadline=None)
@given(reports())
def test_in_any_report_the_text_is_the_drafts_and_every_finding_is_explained(any_report: Report) -> None:
    root = page(any_report)
    assert texts(root, ".//header/p")[0] == outcome(any_report)
    concerned = sorted({finding.draft for finding in any_report.findings})
    sections = root.findall(".//section[@aria-labelledby]")
    assert len(sections) == len(concerned)
    for index, section in zip(concerned, sections, strict=True):
        draft = any_report.drafts[index]
        assert texts(section, "h2") == [visible(draft_title(draft))]
        own = [finding for finding in any_report.findings if finding.draft == index]
        headings = [re.sub(r"^\d+\. \w+ ", "", heading) for heading in texts(section, ".//h3")]
        assert headings == [visible(flowing(group[0].message)) for group in alike(own)]
        whole = [visible(line.cut(draft.text)) for _, line in draft.lines(Span(0, len(draft.text)))]
        assert lines(section) == whole


@settings(deadline=None)
@given(reports())
def test_in_any_report_every_link_leads_to_a_place_of_the_page(any_report: Report) -> None:
    root = page(any_report)
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    assert {each.attrib["href"] for each in root.iter("a")} <= {f"#{name}" for name in ids}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_headings_descend_by_one(report: Report) -> None:
    levels = [int(each.tag[1]) for each in page(report).iter() if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_nothing_is_loaded_and_nothing_runs() -> None:
    rendered = render(REPORTS["many"], "html")
    assert "default-src 'none'" in rendered
    assert not re.search(r"url\(|@import|<script|<link|<img|https?:", rendered)


def test_a_mark_names_its_note_and_its_severity() -> None:
    findings = (at(NAME, span(BELL, "Mr. Abernathy-Quist")), at(STORY, span(BELL, "Quist rang"), related=(Span(0, 9),)))
    root = page(report(BELL, findings=findings))
    marks = [(mark.attrib["class"], [a.attrib["aria-label"] for a in mark.iter("a")]) for mark in root.iter("mark")]
    assert marks == [
        ("related", []),
        ("error", ["error, note 1"]),
        ("error", ["warning, note 2"]),
        ("warning", []),
    ]


def test_hidden_text_is_told_in_places_alone() -> None:
    root = page(REPORTS["many"], show_text=False)
    assert not [*root.iter("mark")]
    assert "The text of drafts is hidden here; --show-text shows it." in texts(root, ".//header/p")
    assert "phi/patient-name: line 1, columns 61-79; line 1, columns 152-178" in texts(root, ".//li/p")


def test_drafts_are_listed_where_there_are_several() -> None:
    (nav,) = page(REPORTS["many"]).iter("nav")
    assert texts(nav, "ol/li") == [
        f"{FRIDAY.path} (facebook): 3 errors, 1 warning and 1 reminder",
        f"{BELL.path}: 1 error",
    ]
    assert not [*page(REPORTS["one-error"]).iter("nav")]


def test_a_check_that_is_not_complete_says_so_before_any_draft() -> None:
    first = page(REPORTS["not-complete"]).find(".//main/section")
    assert first is not None
    assert texts(first, "h2") == ["The check is not complete"]
    assert texts(first, "ul/li")[0].endswith("What to do: close it with a line of three dashes.")


def test_unused_suppressions_are_listed() -> None:
    assert "Suppressions that silence nothing" in texts(page(REPORTS["suppressed"]), ".//h2")


def test_markup_in_a_draft_is_text() -> None:
    draft = Draft("<b>Mr. X</b> &amp; <script>x</script>", "<i>.txt")
    root = page(report(draft, findings=(at(NAME, span(draft, "Mr. X")),)))
    (section,) = root.findall(".//section")
    assert lines(section) == [draft.text]
