"""The report for the person who wrote the draft."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from postcheck.draft import Draft
from postcheck.errors import Problem
from postcheck.finding import Finding, Report, Severity
from postcheck.reporters.elision import Mark
from postcheck.reporters.excerpt import excerpt
from postcheck.reporters.explanation import alike, draft_title, explanation, flowing, problem_source
from postcheck.reporters.masking import readable
from postcheck.reporters.place import in_words, source
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.summary import HIDDEN, WORDS, counted, listed, next_steps, outcome, reservation
from postcheck.reporters.visible import visible

_WIDEST = 100
"""Cells; longer lines tire the eye."""
_NARROWEST = 24
_INDENT = "    "
_LABEL = 9

# Bold, red and magenta can be read on a dark and on a light ground; yellow, cyan and green can't.
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold magenta", Severity.INFO: "bold"}
_LOUD = "bold reverse red"
_CARETS = {Mark.NONE: " ", Mark.RELATED: "-", Mark.SPAN: "^"}


@dataclass(frozen=True, slots=True)
class _Page:
    """What is written on: a console, the width of the text in cells, and how to present it."""

    console: Console
    width: int
    how: Presentation

    def hung(self, lead: Text, text: str, style: str = "") -> Iterator[Text]:
        """`text` wrapped to the right of `lead`."""
        words = Text(visible(text), style)
        if not words:
            return
        for line in words.wrap(self.console, max(self.width - lead.cell_len, 8), overflow="fold"):
            yield lead + line
            lead = Text(" " * lead.cell_len)


def terminal(report: Report, out: TextIO, how: Presentation) -> None:
    """Write the findings draft by draft, then what was not checked, then what to do now."""
    console = Console(
        file=out,
        width=how.width,
        force_terminal=how.color,
        color_system="standard" if how.color else None,
        markup=False,
        highlight=False,
        emoji=False,
    )
    page = _Page(console, max(_NARROWEST, min(console.width, _WIDEST)), how)
    for line in _brief(page, report) if how.quiet else _full(page, report):
        line.rstrip()
        console.print(line, soft_wrap=True)


def _full(page: _Page, report: Report) -> Iterator[Text]:
    if report.findings and not page.how.show_text:
        yield from page.hung(Text(), HIDDEN)
        yield Text()
    for index, findings in groupby(report.findings, key=lambda finding: finding.draft):
        yield from _draft(page, report.drafts[index], findings)
    yield from _unused(page, report)
    yield from _diagnostics(page, report)
    if report.findings or report.unused or not report.complete:
        yield Text("─" * page.width, "dim")
    yield from page.hung(Text(), outcome(report), "bold" if report.complete else "bold red")
    yield from page.hung(Text(), " ".join(next_steps(report)))
    if report.findings:
        yield from page.hung(Text(), f"Want to know more? postcheck explain {report.findings[0].rule}")
    yield from page.hung(Text(), reservation(report))


def _brief(page: _Page, report: Report) -> Iterator[Text]:
    for finding in report.findings:
        draft = report.drafts[finding.draft]
        lead = Text(f"{WORDS[finding.severity]}  ", _STYLES[finding.severity])
        place = f"{source(draft)}, {in_words(draft, finding.span)}"
        yield from page.hung(lead, f"{place}: {flowing(finding.message)} ({finding.rule})")
    yield from _unused(page, report)
    yield from _diagnostics(page, report)
    if report.findings or report.unused or not report.complete:
        yield from page.hung(Text(), f"{outcome(report)} You remain responsible for what you post.", "bold")


def _draft(page: _Page, draft: Draft, findings: Iterable[Finding]) -> Iterator[Text]:
    """A heading, and the findings; those that say the same share one explanation."""
    yield from page.hung(Text(), draft_title(draft), "bold")
    yield Text()
    told: set[tuple[str, str]] = set()
    for group in alike(findings):
        yield from _heading(page, draft, group)
        if open_draft := readable(draft, page.how):
            yield Text()
            yield from _excerpts(page, open_draft, group)
            yield Text()
        yield from _explanation(page, group, told)
        yield Text()


def _heading(page: _Page, draft: Draft, group: list[Finding]) -> Iterator[Text]:
    severity = group[0].severity
    lead = Text.assemble("  ", (WORDS[severity], _STYLES[severity]), "  ")
    places = [in_words(draft, finding.span) for finding in group]
    where = counted(len(places), "place") if page.how.show_text and len(places) > 1 else "; ".join(places)
    yield from page.hung(lead, f"{group[0].rule}: {where}")


def _excerpts(page: _Page, draft: Draft, group: list[Finding]) -> Iterator[Text]:
    """The draft's own words, marked: by an underline, or without styles by a line of carets below."""
    numbered = "\n" in draft.text
    spans = [span for finding in group for span in (finding.span, *finding.related)]
    digits = max(len(f"{number} ") for span in spans for number, _ in draft.lines(span)) if numbered else 0
    gutter = len(_INDENT) + digits + len("│ ")
    for finding in group:
        style = f"{_STYLES[finding.severity]} underline"
        for row in excerpt(draft, finding.span, finding.related, page.width - gutter, cell_len):
            number = "⋮" if row.number is None else str(row.number) if numbered else ""
            yield Text.assemble(
                (f"{_INDENT}{number:<{digits}}│ ", "dim"),
                *(
                    (piece.text, {Mark.SPAN: style, Mark.RELATED: "underline"}.get(piece.mark, ""))
                    for piece in row.pieces
                ),
            )
            carets = "".join(_CARETS[piece.mark] * piece.cells for piece in row.pieces).rstrip()
            if carets and not page.how.color:
                yield Text(" " * gutter + carets)


def _explanation(page: _Page, group: list[Finding], told: set[tuple[str, str]]) -> Iterator[Text]:
    """The message and what to do. What was `told` of this draft before is only pointed to."""
    finding = group[0]
    yield from page.hung(Text(_INDENT), flowing(finding.message), "bold")
    parts = [part for part in explanation(group) if part[0] != "Source"]
    for label, text in parts:
        if (label, text) not in told:
            yield from page.hung(Text.assemble(_INDENT, (f"{label:{_LABEL}}", "bold")), text)
    known = [label for label, text in parts if (label, text) in told]
    if known:
        yield from page.hung(Text(_INDENT), f"{listed(known)}: as above.")
    told.update(part for part in parts if part[0] != "Signs")


def _unused(page: _Page, report: Report) -> Iterator[Text]:
    """The suppressions that can go."""
    for problem in report.unused:
        yield from _problem(page, problem)
        yield Text()


def _diagnostics(page: _Page, report: Report) -> Iterator[Text]:
    """What kept the check from being whole, and the way out."""
    if report.complete:
        return
    yield from page.hung(Text(), "THE CHECK IS NOT COMPLETE", _LOUD)
    for problem in report.diagnostics:
        yield Text()
        yield from _problem(page, problem)
    yield Text()


def _problem(page: _Page, problem: Problem) -> Iterator[Text]:
    yield from page.hung(Text("  "), f"{problem_source(problem)}: {flowing(problem.message)}", "bold")
    if problem.hint:
        yield from page.hung(Text("  "), f"What to do: {flowing(problem.hint)}")
