"""The terminal report."""

import re
from dataclasses import replace

import pytest

from postcheck.draft import Draft, Span
from postcheck.finding import Report, Severity, Suppressed, SuppressedBy
from tests.unit.reporters.samples import BELL, FINE, NAME, REPORTS, ROOM, STORY, at, render, report, span

STYLE = re.compile("\x1b\\[([0-9;]*)m")


def test_what_is_found_is_shown_underlined_and_explained() -> None:
    rendered = render(REPORTS["one-error"], "terminal")
    line, carets = rendered.splitlines()[4:6]
    at_name = line.index("Mr. Abernathy-Quist")
    assert carets == " " * at_name + "^" * len("Mr. Abernathy-Quist")
    for part in (NAME.rule, NAME.message, "Why", "Instead", NAME.suggestion, "Turn to", NAME.route):
        assert part is not None
        assert part in rendered


def test_only_the_parts_that_a_rule_has_are_shown() -> None:
    bare = replace(at(NAME, span(BELL, "bell")), suggestion="", route=None)
    rendered = render(report(BELL, findings=(bare,)), "terminal")
    assert "Why" in rendered
    assert not re.search("Instead|Turn to|Signs", rendered)


def test_the_signs_of_a_finding_are_told() -> None:
    finding = replace(at(STORY, span(BELL, "bell")), reasons=("the time", "an outcome"))
    assert re.search(r"Signs +the time, an outcome\n", render(report(BELL, findings=(finding,)), "terminal"))


def test_many_findings_of_one_rule_share_one_explanation() -> None:
    draft = Draft("\n".join(f"Seen: Patient{number}." for number in range(20)))
    findings = tuple(at(NAME, span(draft, f"Patient{number}.")) for number in range(20))
    rendered = render(report(draft, findings=findings), "terminal")
    assert "20 places" in rendered
    assert rendered.count("│ Seen: Patient") == 20
    assert rendered.count(NAME.message) == 1
    assert rendered.count("Why") == 1


def test_what_was_said_of_the_same_draft_is_not_said_again() -> None:
    findings = (at(NAME, span(BELL, "Mr.")), at(ROOM, span(BELL, "bell")))
    rendered = render(report(BELL, findings=findings), "terminal", width=100)
    assert rendered.count("The law lists names first.") == 1
    assert "Why and Turn to: as above." in rendered


def test_each_draft_is_explained_anew() -> None:
    findings = (at(NAME, span(BELL, "Mr.")), at(NAME, span(BELL, "Mr."), draft=1))
    rendered = render(report(BELL, replace(BELL, path="b.txt"), findings=findings), "terminal", width=100)
    assert rendered.count("The law lists names first.") == 2


def test_drafts_without_findings_are_counted_and_not_listed() -> None:
    rendered = render(REPORTS["many"], "terminal")
    assert FINE.path not in rendered
    assert "in 2 of 3 drafts" in rendered


@pytest.mark.parametrize("quiet", [False, True])
def test_a_check_that_is_not_complete_says_so_loudly_and_names_the_way_out(quiet: bool) -> None:
    for name in ("not-complete", "not-complete-and-nothing-found"):
        rendered = render(REPORTS[name], "terminal", quiet=quiet)
        assert "THE CHECK IS NOT COMPLETE" in rendered
        assert "the check was NOT complete." in rendered
        for problem in REPORTS[name].diagnostics:
            assert problem.message in rendered
            assert problem.hint
            assert problem.hint in rendered


def test_a_complete_check_doesnt_speak_of_completeness() -> None:
    assert "complete" not in render(REPORTS["many"], "terminal").lower()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_reader_is_always_told_who_is_responsible(report: Report) -> None:
    assert "you remain responsible" in render(report, "terminal", width=120)


def test_no_findings_is_called_no_proof() -> None:
    assert "No findings is not proof" in render(REPORTS["nothing"], "terminal")


def test_suppressed_findings_are_counted() -> None:
    suppressed = Report((BELL,), (), (Suppressed(at(NAME, span(BELL, "Mr.")), SuppressedBy.INLINE, BELL.path, 1),))
    assert "No findings in 1 draft (1 finding suppressed)." in render(suppressed, "terminal")


def test_hidden_text_is_announced_once_and_places_are_told() -> None:
    rendered = render(REPORTS["many"], "terminal", show_text=False)
    assert rendered.count("--show-text") == 1
    assert "line 1, columns 61-79; line 1, columns 152-178" in rendered
    assert not re.search("[│^]", rendered)


def test_shown_text_needs_no_announcement() -> None:
    assert "--show-text" not in render(REPORTS["many"], "terminal")
    assert "--show-text" not in render(REPORTS["nothing"], "terminal", show_text=False)


def test_quiet_says_nothing_of_a_complete_check_without_findings() -> None:
    assert render(REPORTS["nothing"], "terminal", quiet=True) == ""


def test_quiet_names_every_finding_and_explains_none() -> None:
    rendered = " ".join(render(REPORTS["many"], "terminal", quiet=True).split())
    for finding in REPORTS["many"].findings:
        assert f"{finding.message} ({finding.rule})" in rendered
    assert not re.search("Why|Instead|Abernathy|[│^]", rendered)
    assert "4 errors, 1 warning and 1 reminder" in rendered


def test_text_is_literal() -> None:
    draft = Draft("[bold]Hi[/] :smile: [/red] [link=x]42[/link]", "[red].txt")
    finding = replace(at(NAME, span(draft, "Hi")), message="[i]Odd[/i] :smile:")
    rendered = render(report(draft, findings=(finding,)), "terminal")
    for part in (draft.text, "[red].txt", "[i]Odd[/i] :smile:"):
        assert part in rendered


def test_with_color_the_span_is_underlined_and_no_carets_are_needed() -> None:
    finding = at(STORY, span(BELL, "rang the bell"), related=(span(BELL, "Yesterday"),))
    rendered = render(report(BELL, findings=(finding,)), "terminal", color=True)
    assert re.search("\x1b\\[1;4;35mrang the bell\x1b\\[0m", rendered)
    assert re.search("\x1b\\[4mYesterday\x1b\\[0m", rendered)
    assert "^" not in rendered


def test_color_changes_no_word_but_the_carets() -> None:
    plain = [line for line in render(REPORTS["many"], "terminal").splitlines() if not re.search(r"[\^]|^ *-+$", line)]
    assert STYLE.sub("", render(REPORTS["many"], "terminal", color=True)).splitlines() == plain


@pytest.mark.parametrize("severity", [*Severity])
def test_only_colors_that_show_on_a_dark_and_a_light_ground_are_used(severity: Severity) -> None:
    finding = replace(at(NAME, span(BELL, "Mr.")), severity=severity)
    rendered = render(Report((BELL,), (finding,), (), REPORTS["not-complete"].diagnostics), "terminal", color=True)
    used = {code for codes in STYLE.findall(rendered) for code in codes.split(";")}
    assert used <= {"0", "1", "2", "4", "7", "31", "35"}


def test_carets_stand_below_wide_characters() -> None:
    draft = Draft("夜勤 🎉 佐藤 ok")
    line, carets = render(report(draft, findings=(at(NAME, span(draft, "佐藤")),)), "terminal").splitlines()[4:6]
    assert line == "    │ 夜勤 🎉 佐藤 ok"
    assert carets == " " * len("    │ xxxx xx ") + "^^^^"


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    from rich.cells import cell_len

    for name, each in REPORTS.items():
        for line in render(each, "terminal", width=width).splitlines():
            assert cell_len(line) <= width, name


def test_no_line_ends_in_spaces() -> None:
    for each in REPORTS.values():
        assert not re.search(r" $", render(each, "terminal"), re.MULTILINE)


def test_a_finding_at_the_end_of_the_text_is_shown() -> None:
    draft = Draft("The end")
    assert "│ The end" in render(report(draft, findings=(at(NAME, Span(7, 7)),)), "terminal")
