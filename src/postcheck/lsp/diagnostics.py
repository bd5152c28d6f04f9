"""What a check says, as diagnostics of an editor. They hold no draft text."""

from collections.abc import Iterator
from dataclasses import dataclass

from lsprotocol.types import (
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
    Range,
)

from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Finding, Severity, Unused
from postcheck.lsp.judging import Judged
from postcheck.lsp.lines import Lines
from postcheck.reporters.explanation import statement, with_hint
from postcheck.reporters.tool import INCOMPLETE, NAME, UNUSED

_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and the diagnostic that tells of it."""

    finding: Finding
    diagnostic: Diagnostic

    def touches(self, asked: Range) -> bool:
        """Whether the diagnostic's range and another one meet, be it at an end."""
        here = self.diagnostic.range
        return here.start <= asked.end and asked.start <= here.end


def placed(judged: Judged, lines: Lines, uri: str) -> Iterator[Placed]:
    """The findings in a page, each in its place. What learned models found is marked in the diagnostic's `data`."""
    where = _Places(judged.text, lines)
    for finding in judged.report.findings:
        draft = judged.report.drafts[finding.draft]
        related = [
            DiagnosticRelatedInformation(Location(uri, where.of(draft, span)), "This has a part in it.")
            for span in finding.related
        ]
        yield Placed(
            finding,
            Diagnostic(
                range=where.of(draft, finding.span),
                message=statement(draft, finding),
                severity=_SEVERITIES[finding.severity],
                code=finding.rule,
                source=NAME,
                related_information=related or None,
                data={"learned": finding.learned, "fingerprint": finding.fingerprint},
            ),
        )


def notices(judged: Judged, lines: Lines) -> Iterator[Diagnostic]:
    """What kept the check from being whole, and which suppressions silence nothing.

    What is wrong elsewhere than in the page stands at its top, in one diagnostic.
    """
    if judged.elsewhere:
        yield _notice(lines.line(0), elsewhere(judged), INCOMPLETE, DiagnosticSeverity.Error)
    for problem in judged.report.diagnostics:
        if problem.path == judged.name:
            message = f"This can't be checked: {with_hint(problem)}"
            yield _notice(_line(problem, lines), message, INCOMPLETE, DiagnosticSeverity.Error)
    for unused in judged.report.unused:
        here = unused.path == judged.name
        message = with_hint(unused) if here else str(unused)
        notice = _notice(_line(unused, lines) if here else lines.line(0), message, UNUSED, DiagnosticSeverity.Warning)
        notice.tags = [DiagnosticTag.Unnecessary] if unused.removable else None
        yield notice


def elsewhere(judged: Judged) -> str:
    """The problems elsewhere than in the page in one sentence: the first, and how many there are besides."""
    first, *others = judged.elsewhere
    more = f"; and {len(others)} more, which postcheck check tells" if others else ""
    return f"{'Nothing' if judged.means is None else 'Not everything'} is checked: {first}{more}"


def _notice(at: Range, message: str, code: str, severity: DiagnosticSeverity) -> Diagnostic:
    return Diagnostic(range=at, message=message, severity=severity, code=code, source=NAME)


def _line(problem: Problem | Unused, lines: Lines) -> Range:
    """The line that a problem names, from the column that it names on."""
    line = lines.line((problem.line or 1) - 1)
    if problem.column is None:
        return line
    begin = lines.position(lines.offset(line.start) + problem.column - 1)
    return Range(min(begin, line.end), line.end)


class _Places:
    """Where in a page the parts of its drafts stand.

    A reader counts lines by their line feeds alone, and leaves out a byte order mark.
    """

    def __init__(self, text: str, lines: Lines) -> None:
        mark = len(text) - len(text.removeprefix("\ufeff"))
        self._starts = (mark, *(at + 1 for at, char in enumerate(text) if char == "\n"))
        self._lines = lines

    def of(self, draft: Draft, span: Span) -> Range:
        """The range of a span; of a text that doesn't stand in the page as it is, the line of its record."""
        if draft.verbatim:
            start = self._starts[draft.first_line - 1]
            return self._lines.range(start + span.start, start + span.end)
        return self._lines.line((draft.row or 1) - 1)
