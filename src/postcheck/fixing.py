"""Safe rewrites: what can be mended in a draft without asking what its author means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from postcheck.checker import Checker
from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError
from postcheck.finding import Finding, Report, Severity
from postcheck.redaction import generalized
from postcheck.rule import Rule

_ROUNDS = 12
_TAIL = regex.compile(r"(?:\s*(?:[#@][\w-]+|https?://\S+))*\s*\Z")
_ROLE = "{role}"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A draft after its safe fixes, and what a check still says of it."""

    text: str
    report: Report


@dataclass(frozen=True, slots=True)
class _Edit:
    span: Span
    words: str


def fixed(
    draft: Draft, checker: Checker, rules: Mapping[str, Rule], role: str | None, reread: Callable[[Draft, str], Draft]
) -> Fixed:
    """Mend what `rules`, by their ids, know a safe fix for, until nothing more can be mended.

    A fix that needs the author's role is left out where `role` isn't given. `reread` makes a
    draft of a text as its file would. Raises `PostcheckError` where the check fails.
    """
    fill = checker.organization.fill
    for _ in range(_ROUNDS):
        report = checker.check([draft])
        if not report.complete:
            raise PostcheckError(*report.diagnostics)
        grave = [finding for finding in report.findings if finding.severity is not Severity.INFO]
        edits = [*_edits(draft.text, grave, rules, role, checker.sentences(draft), fill)]
        text = _applied(draft.text, edits)
        if text == draft.text:
            break
        draft = reread(draft, text)
    return Fixed(draft.text, report)


def needs_role(report: Report, rules: Mapping[str, Rule]) -> bool:
    """Whether a fix for one of the findings needs to know what the author is."""
    fixes = [rules[finding.rule].fix for finding in report.findings if finding.rule in rules]
    return any(fix is not None and _ROLE in f"{fix.add}{fix.replace}" for fix in fixes)


def _edits(
    text: str,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    role: str | None,
    sentences: Sequence[Span],
    fill: Callable[[str], str],
) -> Iterator[_Edit]:
    """The edits for one look at a draft: first those of whole sentences, then those of words in others."""
    written = text
    for finding in sorted(findings, key=lambda finding: rules[finding.rule].fix is None):
        rule = rules[finding.rule]
        fix = rule.fix
        if fix is None:
            if rule.generalize:
                yield _Edit(*generalized(text, finding.span, rule.generalize))
            continue
        words = fix.add or fix.replace or ""
        if _ROLE in words and role is None:
            continue
        words = fill(words).replace(_ROLE, role or "")
        if fix.add:
            if words not in written:
                yield _added(text, words)
        else:
            yield _Edit(_sentence(text, finding.span, sentences), "" if words in written else words)
        written += words


def _sentence(text: str, span: Span, sentences: Sequence[Span]) -> Span:
    """Everything from the first to the last sentence that the span touches.

    A line that goes on in lower case belongs to the sentence before, and so do the marks of
    Markdown around it.
    """
    touched = [sentence for sentence in sentences if sentence.overlaps(span)] or [span]
    start, end = touched[0].start, touched[-1].end
    for sentence in sentences:
        gap = text[end : sentence.start]
        if sentence.start >= end and gap.strip(" ") == "\n" and text[sentence.start].islower():
            end = sentence.end
    while start and text[start - 1] in "*_":
        start -= 1
    while end < len(text) and text[end] in "*_":
        end += 1
    return Span(start, end)


def _added(text: str, words: str) -> _Edit:
    """A sentence at the end of the prose, before the hashtags and links that close a post."""
    tail = _TAIL.search(text)
    at = tail.start() if tail else len(text)
    if not at:
        return _Edit(Span(0, 0), words)
    return _Edit(Span(at, at), f". {words}" if text[at - 1].isalnum() else f" {words}")


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """`text` with the edits made, without those that overlap an earlier one."""
    kept: list[_Edit] = []
    for edit in edits:
        if not any(edit.span.overlaps(other.span) or edit.span == other.span for other in kept):
            kept.append(edit)
    for edit in sorted(kept, key=lambda edit: edit.span, reverse=True):
        before, after = text[: edit.span.start], text[edit.span.end :]
        if not edit.words:
            after = after.lstrip(" ")
            if not after or after[0] in "\r\n":
                before = before.rstrip(" ")
            if not before or before.endswith("\n"):
                after = after.lstrip("\r\n") if after.strip() else after
        text = f"{before}{edit.words}{after}"
    return text
