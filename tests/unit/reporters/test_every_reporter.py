"""What holds of every reporter, whatever the draft."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Severity, Suppressed, SuppressedBy, Unused, by_place
from postcheck.reporters import REPORTERS
from tests.unit.reporters.samples import REPORTS, render

CANARY = "qZ7vXk2wJ9pYb4\N{SNOWMAN}8dRf3"
ODD = st.sampled_from(
    [
        *"\t\n\r\x00\x07\x1b\x9b\x85\u200b\u200d\ufe0f\u202e\u2028\ud800[]…漢🎉e\u0301",
        "👩\u200d⚕️",
        "[/bold]",
        ":smile:",
        "ᄀ",
    ]
)
ANY_TEXT = st.lists(st.one_of(ODD, st.text(st.characters(), max_size=30)), max_size=8).map("".join)
HOSTILE = st.sampled_from(
    [
        "Plain.",
        "[red]Two\nlines[/]",
        "::error file=a,line=1::b",
        "%0A::stop-commands::%25",
        "@octocat @org/team #1 GH-1 a/b#2 :tada: https://a.example www.b.example c@d.example",
        "<script>alert(1)</script>&lt;<!--]]>",
        "|`a``b`|*c*_d_~~e~~$f$![g](h)[^i]\\",
        "../a/./b//c",
    ]
)
ANY_WORDS = st.tuples(HOSTILE, ANY_TEXT).map("".join)
"""What a rule, a path or an id may say; never nothing."""
NAMES = sorted(REPORTERS)
NAMES_WITHOUT_TEXT = sorted(REPORTERS.keys() - {"terminal", "json", "jsonl", "html"})


@st.composite
def findings(draw: st.DrawFn, drafts: list[Draft]) -> tuple[Finding, ...]:
    """Findings anywhere in the drafts, related spans too."""

    def place(draft: Draft) -> Span:
        ends = st.integers(0, len(draft.text))
        return Span(*sorted((draw(ends), draw(ends))))

    found = []
    for index, draft in enumerate(drafts):
        for _ in range(draw(st.integers(0, 3))):
            found.append(
                Finding(
                    draft=index,
                    span=place(draft),
                    rule=draw(st.sampled_from(["a/b", "c/d"])),
                    category="a",
                    severity=draw(st.sampled_from([*Severity])),
                    message=draw(ANY_WORDS),
                    why="Why.",
                    suggestion=draw(st.sampled_from(["", "Say nothing."])),
                    route=draw(st.none() | st.just("An office")),
                    related=tuple(place(draft) for _ in range(draw(st.integers(0, 3)))),
                    reasons=draw(st.sampled_from([(), ("an age", "a place")])),
                )
            )
    return by_place(found)


@st.composite
def reports(draw: st.DrawFn, texts: st.SearchStrategy[str] = ANY_TEXT) -> Report:
    drafts = [
        Draft(draw(texts), draw(ANY_WORDS), channel=draw(st.none() | st.just("[/]x")))
        for _ in range(draw(st.integers(0, 2)))
    ]
    if draft_text := draw(st.none() | texts):
        drafts.append(Draft(draft_text, "table.jsonl", record=0, id=draw(ANY_WORDS), row=1))
    problem = Problem(draw(ANY_WORDS), draw(ANY_WORDS), 1, 2, draw(ANY_WORDS))
    problems = draw(st.sampled_from([(), (problem, Problem("no model"))]))
    found = draw(findings(drafts))
    suppressed = tuple(Suppressed(finding, SuppressedBy.INLINE, "\x1bp\nath", 2) for finding in found[:1])
    return Report(
        tuple(drafts),
        found,
        suppressed,
        problems,
        draw(st.sampled_from([(), (Unused("is of no use", "\x1bp\nath", 2),)])),
    )


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=150)
@given(report=reports(), show_text=st.booleans(), quiet=st.booleans(), width=st.integers(1, 130), color=st.booleans())
def test_any_report_is_rendered_as_whole_lines_of_valid_unicode(
    name: str, report: Report, show_text: bool, quiet: bool, width: int, color: bool
) -> None:
    shown = render(report, name, show_text=show_text, quiet=quiet, width=width, color=color)
    shown.encode("utf-8")
    assert shown.endswith("\n") or not shown


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=150)
@given(report=reports(), quiet=st.booleans())
def test_nothing_in_a_report_steers_the_terminal(name: str, report: Report, quiet: bool) -> None:
    shown = render(report, name, quiet=quiet)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=150)
@given(
    report=reports(
        st.tuples(st.sampled_from(["", "Oh\n", "\t"]), st.sampled_from(["", "!", "\n.\n"])).map(CANARY.join)
    ),
    quiet=st.booleans(),
    width=st.integers(1, 130),
    color=st.booleans(),
)
def test_no_run_of_5_characters_of_hidden_text_is_printed(
    name: str, report: Report, quiet: bool, width: int, color: bool
) -> None:
    shown = render(report, name, show_text=False, quiet=quiet, width=width, color=color)
    parts = [CANARY[start : start + 5] for start in range(len(CANARY) - 4)]
    assert not [part for part in parts if part in shown or part.encode("unicode_escape").decode() in shown]


@pytest.mark.parametrize("name", NAMES_WITHOUT_TEXT)
@settings(deadline=None, max_examples=30)
@given(report=reports(st.just(CANARY)))
def test_a_format_that_others_read_holds_no_text_even_where_it_may_be_shown(name: str, report: Report) -> None:
    shown = render(report, name, show_text=True)
    assert CANARY[:8] not in shown
    assert CANARY[-5:] not in shown


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("quiet", [False, True])
def test_no_report_says_that_a_post_may_be_posted(name: str, report: Report, quiet: bool) -> None:
    shown = render(report, name, quiet=quiet).lower()
    assert not re.search(r"compliant|no phi\b|safe to post|ready to post|good to go|all clear|passed", shown)


def test_only_the_terminal_reporter_loads_rich() -> None:
    program = (
        "import io, sys\n"
        "from postcheck.finding import Report\n"
        "from postcheck.reporters import REPORTERS, Presentation\n"
        "for name in REPORTERS.keys() - {'terminal'}:\n"
        "    REPORTERS[name](Report(), io.StringIO(), Presentation(False, None, False, 80, False))\n"
        "assert not {'rich', 'regex', 'spacy'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
