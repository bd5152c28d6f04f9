"""A report to open in a browser and to print: one file, which loads nothing and runs nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import count, groupby
from typing import TextIO

from jinja2 import Environment, StrictUndefined, Template

from postcheck.draft import Draft
from postcheck.finding import Finding, Report
from postcheck.reporters.explanation import alike, draft_title, explanation, flowing, problem_source
from postcheck.reporters.marking import Run, marked_lines
from postcheck.reporters.masking import readable
from postcheck.reporters.place import in_words
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.summary import HIDDEN, WORDS, found, next_steps, outcome, reservation
from postcheck.reporters.tool import VERSION
from postcheck.reporters.visible import visible


@dataclass(frozen=True, slots=True)
class _Note:
    """What is said of findings that say the same. Its number marks them in the text."""

    number: int
    findings: list[Finding]
    places: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line, the name of its mark, and the notes on what begins with it."""

    text: str
    mark: str | None
    notes: list[_Note]


@dataclass(frozen=True, slots=True)
class _Section:
    """A draft, its text where that may be shown, and the notes on it."""

    number: int
    title: str
    counts: str
    lines: list[list[_Piece]] | None
    notes: list[_Note]


def html(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the outcome, then what kept the check from being whole, then each draft with what is found in it."""
    page = _template().render(
        report=report,
        outcome=outcome(report),
        next_steps=" ".join(next_steps(report)),
        reservation=reservation(report),
        hidden=HIDDEN if report.findings and not how.show_text else None,
        sections=[*_sections(report, how)],
        words=WORDS,
        explanation=explanation,
        flowing=flowing,
        problem_source=problem_source,
        version=VERSION,
    )
    out.write(page + "\n")


def _template() -> Template:
    """The page. All that it prints is shown by `visible` and escaped."""
    environment = Environment(
        autoescape=True,
        finalize=lambda value: visible(str(value)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(files("postcheck.reporters").joinpath("report.html.jinja").read_text("utf-8"))


def _sections(report: Report, how: Presentation) -> Iterator[_Section]:
    numbers = count(1)
    drafts = groupby(report.findings, key=lambda finding: finding.draft)
    for section, (index, findings) in enumerate(drafts, 1):
        draft, found_here = report.drafts[index], tuple(findings)
        notes = [
            _Note(next(numbers), group, "; ".join(in_words(draft, finding.span) for finding in group))
            for group in alike(found_here)
        ]
        open_draft = readable(draft, how)
        lines = None if open_draft is None else [*_lines(open_draft, notes)]
        yield _Section(section, draft_title(draft), found(Report(findings=found_here)), lines, notes)


def _lines(draft: Draft, notes: Iterable[_Note]) -> Iterator[list[_Piece]]:
    marking = [(note, finding) for note in notes for finding in note.findings]
    findings = [finding for _, finding in marking]
    for runs in marked_lines(draft, findings):
        yield [_Piece(run.text, _mark(run, findings), [marking[at][0] for at in run.begins]) for run in runs]


def _mark(run: Run, findings: Sequence[Finding]) -> str | None:
    """The gravest severity of the findings that cover the run, or that it is `related` to one."""
    if run.findings:
        return min((findings[at].severity for at in run.findings), key=lambda severity: severity.rank)
    return "related" if run.related else None
