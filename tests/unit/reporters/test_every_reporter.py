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
NAMES = sorted(REPORTERS)


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
                    message=draw(st.sampled_from(["Message.", "[red]Two\nlines[/]"])),
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
    drafts = [Draft(draw(texts), channel=draw(st.none() | st.just("[/]x"))) for _ in range(draw(st.integers(0, 2)))]
    if draft_text := draw(st.none() | texts):
        drafts.append(Draft(draft_text, "table.jsonl", record=0, id="\x1b[2Jid", row=1))
    problems = draw(st.sampled_from([(), (Problem("is broken", "\x1bp\nath", 1, 2, "mend it"), Problem("no model"))]))
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
