"""Safe rewrites: what can be mended in a draft without asking what its author means."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import regex

from postcheck.checker import Checker
from postcheck.draft import Draft, SegmentKind, Span
from postcheck.errors import PostcheckError
from postcheck.finding import Finding, Report, Severity, Unused, by_place
from postcheck.redaction import generalized, tags_within
from postcheck.rule import Fix

_ROUNDS = 12
_PIECES = regex.compile(r"\s+|[#@](?:(?!https?://)[\w-])+|https?://\S+|(?P<prose>[^\s#@h]+|.)")
_ROLE = "{role}"


@dataclass(frozen=True, slots=True)
class Edit:
    """What to write in place of a span, in code points of a draft's text."""

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
        yield index, applied(draft.text, [*_edits(draft, [*found], checker, role)])


def _tidied(draft: Draft, unused: Iterable[Unused]) -> str:
    """The draft's text without the comments that are of no use."""
    places = {(each.path, each.line, each.column) for each in unused if each.removable}
    comments = (segment.span for segment in draft.segments if segment.kind is SegmentKind.METADATA)
    at = ((span, draft.position(span.start)) for span in comments)
    return applied(draft.text, [Edit(span, "") for span, p in at if (draft.path, p.line, p.column) in places])


def mends(
    draft: Draft, findings: Iterable[Finding], checker: Checker, role: str | None
) -> Iterator[tuple[Finding, Edit | None]]:
    """Each finding in `draft` with the edit that mends it, as if it were the only one; `None` where none is safe."""
    mending = _Mending(draft, checker, role)
    return ((finding, mending.edit(finding, draft.text)) for finding in findings)


def _edits(draft: Draft, findings: Iterable[Finding], checker: Checker, role: str | None) -> Iterator[Edit]:
    """The edits for one look at a draft: first those of whole sentences, then those of words in others.

    What they say is said once.
    """
    mending, said = _Mending(draft, checker, role), draft.text
    for finding in sorted(findings, key=lambda finding: mending.fix(finding) is None):
        if edit := mending.edit(finding, said):
            yield edit
        if words := mending.words(finding):
            said += f"\n{words}"


class _Mending:
    """How single findings in a draft are mended."""

    def __init__(self, draft: Draft, checker: Checker, role: str | None) -> None:
        self._draft = draft
        self._checker = checker
        self._role = role
        self._rules = {rule.id: rule for rule in checker.rules}

    def fix(self, finding: Finding) -> Fix | None:
        """The fix of the finding's rule."""
        return self._rules[finding.rule].fix

    def words(self, finding: Finding) -> str | None:
        """What the fix writes; `None` where there is none, or it needs the role of the author."""
        fix = self.fix(finding)
        if fix is None or (_ROLE in fix.words and self._role is None):
            return None
        return self._checker.organization.fill(fix.words).replace(_ROLE, self._role or "")

    def edit(self, finding: Finding, said: str) -> Edit | None:
        """What mends the finding, without what is `said` already."""
        text = self._draft.text
        fix, ways, words = self.fix(finding), self._rules[finding.rule].rule.generalize, self.words(finding)
        if fix is None:
            edit = Edit(*generalized(text, finding.span, ways)) if ways else None
        elif words is None or (fix.add and words in said):
            edit = None
        elif fix.add:
            edit = _added(text, words)
        else:
            edit = Edit(_sentence(text, finding.span, self._sentences), "" if words in said else words)
        return edit and replace(edit, words=edit.words + tags_within(self._draft, edit.span))

    @cached_property
    def _sentences(self) -> Sequence[Span]:
        return self._checker.sentences(self._draft)


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


def _added(text: str, words: str) -> Edit:
    """A sentence at the end of the prose, before the hashtags and links that close a post."""
    at = max((piece.end() for piece in _PIECES.finditer(text) if piece["prose"]), default=0)
    if not at:
        return Edit(Span(0, 0), words)
    return Edit(Span(at, at), f". {words}" if text[at - 1].isalnum() else f" {words}")


def applied(text: str, edits: Sequence[Edit]) -> str:
    """`text` with the edits made, without those that overlap an earlier one."""
    kept: list[Edit] = []
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
