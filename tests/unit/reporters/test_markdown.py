"""The report in Markdown: its own structure and no other, the gravest first, never longer than a comment."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it.token import Token

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Report, Severity
from postcheck.reporters.markdown import LONGEST
from tests.unit.reporters.samples import NAME, REPORTS, STORY, TAG, at, render, report
from tests.unit.reporters.test_every_reporter import reports
from tests.unit.reporters.test_gfm import CALLS, GFM

OURS = {"heading", "paragraph", "bullet_list", "list_item", "blockquote", "inline"}
INLINE = {"text", "code_inline", "strong", "softbreak"}


def kinds(tokens: list[Token] | None) -> set[str]:
    return {re.sub("_(open|close)$", "", token.type) for token in tokens or []}


@settings(deadline=None)
@given(reports())
def test_any_report_has_only_our_structure_and_calls_nobody(any_report: Report) -> None:
    tokens = GFM.parse(render(any_report, "markdown"))
    assert kinds(tokens) <= OURS
    for token in tokens:
        assert kinds(token.children) <= INLINE
        shown = "".join(child.content for child in token.children or [] if child.type == "text")
        assert not CALLS.search(shown)


@settings(deadline=None)
@given(reports())
def test_any_report_has_a_heading_for_each_draft_with_findings_and_an_item_for_each_problem(any_report: Report) -> None:
    tokens = GFM.parse(render(any_report, "markdown"))
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    concerned = {finding.draft for finding in any_report.findings}
    assert headings == ["h2", *["h3"] * (len(concerned) + bool(any_report.unused))]


def test_the_gravest_draft_and_the_gravest_finding_come_first() -> None:
    drafts = (Draft("x", "a.md"), Draft("x", "b.md"))
    findings = tuple(at(each, Span(0, 1), draft) for draft, each in ((0, TAG), (1, STORY), (1, NAME)))
    rendered = render(report(*drafts, findings=findings), "markdown")
    assert re.findall(r"^### .*|^- \*\*\w+\*\*", rendered, re.MULTILINE) == [
        "### `b.md`",
        "- **error**",
        "- **warning**",
        "### `a.md`",
        "- **reminder**",
    ]


def test_findings_that_say_the_same_share_an_item() -> None:
    rendered = render(REPORTS["many"], "markdown")
    assert "(`phi/patient-name`, line 1, columns 61-79; line 1, columns 152-178)" in rendered


def test_it_says_what_to_write_instead_whom_to_turn_to_and_what_is_suppressed() -> None:
    rendered = render(REPORTS["suppressed"], "markdown")
    assert '  - Instead: Say "upstairs".\n  - Turn to: Office of Institutional Compliance\n' in rendered
    assert "3 findings suppressed" in rendered
    assert "### Suppressions that silence nothing\n\n- `posts/friday.md, line 4, column 1`" in rendered


def test_a_check_that_is_not_complete_says_so_before_anything_it_found() -> None:
    rendered = render(REPORTS["not-complete"], "markdown")
    assert rendered.index("> [!CAUTION]\n> **The check is not complete.**") < rendered.index("###")
    assert "> - `posts/may.md, line 1`: the front matter has no end. What to do: close it" in rendered


@pytest.mark.parametrize("number", [10, 600, 3000])
def test_what_a_comment_cannot_hold_is_left_out_from_the_mildest_on_and_counted(number: int) -> None:
    draft = Draft("x" * number)
    findings = tuple(
        replace(at(NAME, Span(place, place + 1)), message=f"Message {place}.", severity=[*Severity][place % 3])
        for place in range(number)
    )
    unused = (Problem("silences nothing", "a.md"),)
    rendered = render(Report((draft,), findings, (), (), unused), "markdown")
    assert len(rendered) <= LONGEST
    shown = re.findall(r"^- \*\*(\w+)\*\*", rendered, re.MULTILINE)
    left_out = re.search(r"\*\*Not shown for want of room: (\d+) findings and 1 unused suppression\.\*\*", rendered)
    assert len(shown) + int(left_out[1] if left_out else 0) == number
    assert ("silences nothing" in rendered) == (left_out is None) == (number == 10)
    assert shown == sorted(shown, key=["error", "warning", "reminder"].index)
    assert not left_out or len(rendered) > LONGEST - 500


def test_problems_without_number_leave_room_for_the_outcome() -> None:
    rendered = render(report(diagnostics=(Problem("x" * 500, "a.md"),) * 1000), "markdown")
    assert len(rendered) <= LONGEST
    assert re.search(r"Not shown for want of room: \d+ problems\.", rendered)
    assert rendered.startswith("## postcheck: No draft was checked: the check was NOT complete.\n")
