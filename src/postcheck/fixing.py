"""Safe rewrites: what can be mended in a draft without asking what its author means."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex

from postcheck.checker import Checker
from postcheck.draft import Draft, SegmentKind, Span
from postcheck.errors import PostcheckError
from postcheck.finding import Finding, Report, Severity, Unused, by_place
from postcheck.redaction import generalized, tags_within

_ROUNDS = 12
_PIECES = regex.compile(r"\s+|[#@](?:(?!https?://)[\w-])+|https?://\S+|(?P<prose>[^\s#@h]+|.)")
_ROLE = "{role}"


@dataclass(frozen=True, slots=True)
class _Edit:
    span: Span
    words: str


def fixed(drafts: Iterable[Draft], checker: Checker, role: str | None, reread: Callable[[Draft, str], Draft]) -> Report:
    """Mend what the checker's rules know a safe fix for, until nothing more can be mended.

    Comments that silence nothing are taken out, too. The report is on the mended drafts, which it
    holds. A fix that needs the author's role is left out where `role` isn't given. `reread` makes a
    draft of a text as its file would. Raises `PostcheckError` where the check fails.
    """
    report = first = _checked(drafts, checker)
    for _ in range(_ROUNDS):
        changed = {
            index: reread(report.drafts[index], text)
            for index, text in _mended(report, checker, role)
            if text != report.drafts[index].text
        }
        if not changed:
            break
        report = _updated(report, changed, _checked(changed.values(), checker))
    # What silences nothing only shows in all of a file, not in the drafts that were changed.
    whole = report if report is first else _checked(report.drafts, checker)
    tidy = tuple(reread(draft, _tidied(draft, whole.unused)) for draft in whole.drafts)
    return whole if tidy == whole.drafts else _checked(tidy, checker)


def needs_role(report: Report, checker: Checker) -> bool:
    """Whether a fix for one of the findings needs to know what the author is."""
    fixes = {rule.id: rule.fix for rule in checker.rules}
    return any((fix := fixes[finding.rule]) and _ROLE in fix.words for finding in report.findings)


def _checked(drafts: Iterable[Draft], checker: Checker) -> Report:
    report = checker.check(drafts)
    if not report.complete:
        raise PostcheckError(*report.diagnostics)
    return report


def _updated(report: Report, changed: Mapping[int, Draft], again: Report) -> Report:
    """`report` with the `changed` drafts, by their index in it, and with what a check of just those says."""
    drafts = tuple(changed.get(index, draft) for index, draft in enumerate(report.drafts))
    indices = [*changed]
    found = [finding for finding in report.findings if finding.draft not in changed]
    found += [replace(finding, draft=indices[finding.draft]) for finding in again.findings]
    return Report(drafts, by_place(found))


def _mended(report: Report, checker: Checker, role: str | None) -> Iterator[tuple[int, str]]:
    """The index of each draft with grave findings, and its text after the fixes that can be made at first sight."""
    grave = [finding for finding in report.findings if finding.severity is not Severity.INFO]
    for index, found in groupby(grave, key=lambda finding: finding.draft):
        draft = report.drafts[index]
        edits = [
            replace(edit, words=edit.words + tags_within(draft, edit.span))
            for edit in _edits(draft, [*found], checker, role)
        ]
        yield index, _applied(draft.text, edits)


def _tidied(draft: Draft, unused: Iterable[Unused]) -> str:
    """The draft's text without the comments that are of no use."""
    places = {(each.path, each.line, each.column) for each in unused if each.removable}
    comments = (segment.span for segment in draft.segments if segment.kind is SegmentKind.METADATA)
    at = ((span, draft.position(span.start)) for span in comments)
    return _applied(draft.text, [_Edit(span, "") for span, p in at if (draft.path, p.line, p.column) in places])


def _edits(draft: Draft, findings: Sequence[Finding], checker: Checker, role: str | None) -> Iterator[_Edit]:
    """The edits for one look at a draft: first those of whole sentences, then those of words in others."""
    rules = {rule.id: rule for rule in checker.rules}
    sentences, text = checker.sentences(draft), draft.text
    written: dict[str, None] = {}
    for finding in sorted(findings, key=lambda finding: rules[finding.rule].fix is None):
        rule = rules[finding.rule]
        if rule.fix is None:
            if rule.rule.generalize:
                yield _Edit(*generalized(text, finding.span, rule.rule.generalize))
            continue
        if _ROLE in rule.fix.words and role is None:
            continue
        words = checker.organization.fill(rule.fix.words).replace(_ROLE, role or "")
        said = any(words in other for other in written) or words in text
        if not rule.fix.add:
            yield _Edit(_sentence(text, finding.span, sentences), "" if said else words)
        elif not said:
            yield _added(text, words)
        written[words] = None


def _sentence(text: str, span: Span, sentences: Sequence[Span]) -> Span:
    """Everything from the first to the last sentence that the span touches.

    A line that goes on in lower case belongs to the sentence before, and so do the marks of
    Markdown around it.
    """
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    following = bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
    touched = sentences[first:following] or [span]
    start, end = touched[0].start, touched[-1].end
    while following < len(sentences):
        sentence = sentences[following]
        if text[end : sentence.start].strip(" ") != "\n" or not text[sentence.start].islower():
            break
        end = sentence.end
        following += 1
    while start and text[start - 1] in "*_":
        start -= 1
    while end < len(text) and text[end] in "*_":
        end += 1
    return Span(start, end)


def _added(text: str, words: str) -> _Edit:
    """A sentence at the end of the prose, before the hashtags and links that close a post."""
    at = max((piece.end() for piece in _PIECES.finditer(text) if piece["prose"]), default=0)
    if not at:
        return _Edit(Span(0, 0), words)
    return _Edit(Span(at, at), f". {words}" if text[at - 1].isalnum() else f" {words}")


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """`text` with the edits made, without those that overlap an earlier one."""
    kept: list[_Edit] = []
    for edit in edits:
        at = bisect_left(kept, edit.span, key=lambda each: each.span)
        beside = [each.span for each in kept[max(0, at - 1) : at + 2]]
        if not any(edit.span.overlaps(each) or edit.span == each for each in beside):
            kept.insert(at, edit)
    for edit in reversed(kept):
        before, after = text[: edit.span.start], text[edit.span.end :]
        if not edit.words:
            after = after.lstrip(" ")
            if not after or after[0] in "\r\n":
                before = before.rstrip(" ")
            if not before or before.endswith("\n"):
                after = after.lstrip("\r\n") if after.strip() else after
        text = f"{before}{edit.words}{after}"
    return text
