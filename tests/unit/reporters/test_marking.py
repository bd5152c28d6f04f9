"""The runs of a marked text are the text, each with exactly what covers it."""

from hypothesis import given, settings

from postcheck.draft import Draft, Span
from postcheck.finding import Report
from postcheck.reporters.marking import Run, marked_lines
from postcheck.reporters.visible import visible
from tests.unit.reporters.samples import NAME, STORY, at, span
from tests.unit.reporters.test_every_reporter import reports

BELL = Draft("The bell rang.")


@settings(deadline=None)
@given(reports())
def test_the_runs_of_a_line_are_the_line_and_each_finding_begins_once(any_report: Report) -> None:
    for index, draft in enumerate(any_report.drafts):
        findings = [finding for finding in any_report.findings if finding.draft == index]
        lines = [*marked_lines(draft, findings)]
        whole = [visible(line.cut(draft.text)) for _, line in draft.lines(Span(0, len(draft.text)))]
        assert ["".join(run.text for run in line) for line in lines] == whole
        begins = [at for line in lines for run in line for at in run.begins]
        assert len(begins) == len(set(begins))
        assert set(begins) == {at for line in lines for run in line for at in run.findings}


def test_overlapping_findings_cut_the_text_at_every_edge() -> None:
    findings = [at(NAME, span(BELL, "The bell")), at(STORY, span(BELL, "bell rang"), related=(span(BELL, "The"),))]
    assert [*marked_lines(BELL, findings)] == [
        [
            Run("The", (0,), (1,), (0,)),
            Run(" ", (0,), (), ()),
            Run("bell", (0, 1), (), (1,)),
            Run(" rang", (1,), (), ()),
            Run(".", (), (), ()),
        ]
    ]


def test_a_finding_without_extent_covers_the_character_after_it() -> None:
    assert [*marked_lines(Draft("ab"), [at(NAME, Span(1, 1))])] == [[Run("a", (), (), ()), Run("b", (0,), (), (0,))]]


def test_a_finding_over_a_line_break_begins_where_its_text_does() -> None:
    lines = [*marked_lines(Draft("a\nb"), [at(NAME, Span(1, 3))])]
    assert lines == [[Run("a", (), (), ())], [Run("b", (0,), (), (0,))]]
