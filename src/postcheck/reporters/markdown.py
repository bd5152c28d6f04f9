"""A report for a comment on a change or the summary of a workflow, in GitHub Flavored Markdown."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TextIO

from postcheck.draft import Draft
from postcheck.errors import Problem
from postcheck.finding import Finding, Report
from postcheck.reporters.explanation import alike, explanation, flowing, problem_source
from postcheck.reporters.gfm import code, literal
from postcheck.reporters.place import in_words, source
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.summary import WORDS, counted, listed, next_steps, outcome, reservation

LONGEST = 65_536
"""Characters that a comment on GitHub can hold."""
_TOLD = {"Instead", "Turn to"}
"""The parts of an explanation that a comment has room for."""


def markdown(report: Report, out: TextIO, how: Presentation) -> None:
    """Write what kept the check from being whole, then the findings draft by draft, the gravest first.

    What a comment can't hold is left out, from the mildest on, and counted.
    """
    entries = len(report.diagnostics) + len(report.findings) + len(report.unused)
    told = bisect_left(range(entries), True, key=lambda before: len(_page(report, before + 1)) > LONGEST)
    out.write(_page(report, told))


def _page(report: Report, told: int) -> str:
    """The report with that many of its diagnostics, findings and unused suppressions, in this order."""
    worst_first = sorted(report.findings, key=lambda finding: finding.severity.rank)
    diagnostics = report.diagnostics[:told]
    findings = worst_first[: told - len(diagnostics)]
    unused = report.unused[: told - len(diagnostics) - len(findings)]
    blocks = [f"## postcheck: {outcome(report)}"]
    if diagnostics:
        blocks.append(_caution(diagnostics))
    for index, group in _by_draft(findings).items():
        blocks += [f"### {code(source(report.drafts[index]))}", "\n".join(_findings(report.drafts[index], group))]
    if unused:
        blocks += ["### Suppressions that silence nothing", "\n".join(_problem(problem) for problem in unused)]
    left_out = {
        "problem": len(report.diagnostics) - len(diagnostics),
        "finding": len(report.findings) - len(findings),
        "unused suppression": len(report.unused) - len(unused),
    }
    if any(left_out.values()):
        numbers = listed([counted(number, noun) for noun, number in left_out.items() if number])
        blocks.append(f"**Not shown for want of room: {numbers}.**")
    blocks.append(" ".join([*next_steps(report), reservation(report)]))
    return "\n\n".join(blocks) + "\n"


def _caution(diagnostics: Iterable[Problem]) -> str:
    lines = ["[!CAUTION]", "**The check is not complete.**", "", *(_problem(problem) for problem in diagnostics)]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _problem(problem: Problem) -> str:
    hint = f" What to do: {literal(flowing(problem.hint))}" if problem.hint else ""
    return f"- {code(problem_source(problem))}: {literal(flowing(problem.message))}.{hint}"


def _by_draft(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings by the index of their draft, in the order in which each first appears."""
    drafts: dict[int, list[Finding]] = {}
    for finding in findings:
        drafts.setdefault(finding.draft, []).append(finding)
    return drafts


def _findings(draft: Draft, findings: Iterable[Finding]) -> Iterator[str]:
    """An item for those that say the same, with their places."""
    for group in alike(findings):
        finding = group[0]
        places = "; ".join(in_words(draft, each.span) for each in group)
        message = literal(flowing(finding.message))
        yield f"- **{WORDS[finding.severity]}**: {message} ({code(finding.rule)}, {places})"
        for label, text in explanation(group):
            if label in _TOLD:
                yield f"  - {label}: {literal(text)}"
