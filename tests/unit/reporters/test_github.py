"""Annotations: GitHub's runner reads back what was found, and nothing else."""

import re
from dataclasses import replace

from hypothesis import given, settings

from postcheck.draft import Draft, Span
from postcheck.finding import Report, Severity
from postcheck.reporters.explanation import statement, with_hint
from postcheck.reporters.location import file_path
from postcheck.reporters.visible import visible
from tests.unit.reporters.samples import BELL, FRIDAY, NAME, REPORTS, SHIFT, at, render, report, span
from tests.unit.reporters.test_every_reporter import reports

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
Command = tuple[str, dict[str, str], str]


def read(line: str) -> Command:
    """A line as the runner takes it apart: command, properties, message."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    command, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return command, {key: unescaped(value) for key, value in pairs}, unescaped(data)


def unescaped(text: str) -> str:
    return re.sub("%(0D|0A|3A|2C|25)", lambda match: chr(int(match[1], 16)), text)


def commands(report: Report) -> list[Command]:
    return [read(line) for line in re.split("\r\n|\r|\n", render(report, "github").removesuffix("\n")) if line]


@settings(deadline=None)
@given(reports())
def test_the_runner_reads_back_the_findings_and_the_problems_and_nothing_else(any_report: Report) -> None:
    expected = []
    for problem in any_report.diagnostics:
        expected.append(("error", "postcheck/incomplete", problem.path, with_hint(problem)))
    for finding in sorted(any_report.findings, key=lambda finding: finding.severity.rank):
        draft = any_report.drafts[finding.draft]
        expected.append((LEVELS[finding.severity], finding.rule, draft.path, statement(draft, finding)))
    for problem in any_report.unused:
        expected.append(("warning", "postcheck/unused-suppression", problem.path, with_hint(problem)))
    assert [
        (command, properties["title"], properties.get("file"), message.split("\n")[0])
        for command, properties, message in commands(any_report)
    ] == [
        (command, title, None if path is None else visible(file_path(path)), visible(message))
        for command, title, path, message in expected
    ]


def test_nothing_found_writes_nothing() -> None:
    assert render(REPORTS["nothing"], "github") == ""


def test_the_gravest_come_first_since_only_ten_of_a_level_are_shown() -> None:
    shown = [command for command, *_ in commands(REPORTS["many"])]
    assert shown == ["error", "error", "error", "error", "warning", "notice"]
    assert [properties["title"] for _, properties, _ in commands(REPORTS["not-complete"])] == [
        "postcheck/incomplete",
        "postcheck/incomplete",
        "phi/patient-name",
    ]


def test_what_to_do_follows_the_message_on_lines_of_its_own() -> None:
    ((_, _, message),) = commands(REPORTS["one-error"])
    assert message.split("\n")[0] == "This names a patient."
    assert 'Instead: Leave the name out: "a patient".' in message.split("\n")


def test_columns_are_told_within_one_line_of_a_file_that_is_one_draft() -> None:
    ((_, properties, _),) = commands(report(FRIDAY, findings=(at(NAME, span(FRIDAY, "Room 1188")),)))
    assert properties == {
        "file": "posts/friday.md",
        "line": "2",
        "endLine": "2",
        "col": "1",
        "endColumn": "10",
        "title": "phi/patient-name",
    }
    ((_, properties, _),) = commands(report(SHIFT, findings=(at(NAME, span(SHIFT, "asked\nwhether")),)))
    assert (properties["line"], properties["endLine"], "col" in properties) == ("6", "7", False)
    ((_, properties, message),) = commands(REPORTS["record"])
    assert (properties["line"], "col" in properties) == ("3", False)
    assert "line 3, a-3, columns 9-25" in message


def test_a_message_and_a_path_give_no_command_of_their_own() -> None:
    draft = replace(BELL, path="a\n::error::b,line=9::%0A.txt")
    finding = replace(at(NAME, Span(0, 1)), message="x\r\n::add-mask::y", why="", suggestion="", route=None)
    ((command, properties, message),) = commands(report(draft, findings=(finding,)))
    assert (command, message) == ("error", "x ::add-mask::y")
    assert (properties["file"], properties["line"]) == ("a␊::error::b,line=9::%0A.txt", "1")
    assert len(render(report(Draft("x"), findings=(finding,)), "github").splitlines()) == 1
