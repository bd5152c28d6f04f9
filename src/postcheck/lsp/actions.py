"""What an editor offers to do about findings."""

from collections.abc import Iterator, Sequence
from contextlib import chdir
from enum import StrEnum

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    SnippetTextEdit,
    StringValue,
    TextEdit,
)

from postcheck.finding import Report
from postcheck.fixing import Edit, applied, fixed, mends
from postcheck.lsp.diagnostics import Placed
from postcheck.lsp.ignoring import comment, knows_comments, place
from postcheck.lsp.judging import Judged, Means, Work
from postcheck.lsp.lines import Lines
from postcheck.lsp.rewriting import rewritten
from postcheck.readers.writing import is_writable

_LONGEST = 60
"""Characters of what would be written that a title shows."""

Edits = Sequence[TextEdit | SnippetTextEdit]


class Whole(StrEnum):
    """What can be done to a whole page, by the kind of its action."""

    FIX = "source.fixAll.postcheck"
    REDACT = "source.redact.postcheck"


_TITLES = {
    Whole.FIX: "Mend all that can be mended safely",
    Whole.REDACT: "Take out what identifies a patient",
}


def wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether an editor asks for actions of a kind. It asks for all, or for some kinds with all below them."""
    return only is None or any(kind == each or kind.startswith(each + ".") for each in only)


def for_pages(judged: Judged, only: Sequence[str] | None) -> Iterator[CodeAction]:
    """What can be done to the whole page; `whole_edits` tells how."""
    of_use = judged.report.findings or judged.report.unused
    if judged.means is not None and of_use and is_writable(judged.name):
        for each in Whole:
            if wanted(each, only):
                yield CodeAction(_TITLES[each], kind=each)


def whole_edits(what: Whole, judged: Judged, lines: Lines, work: Work) -> Edits:
    """The edits of an action for a whole page. Raises `PostcheckError` where it can't be done."""
    if judged.means is None:
        return []
    means, drafts = judged.means, judged.report.drafts
    with chdir(judged.folder):
        if what is Whole.REDACT:
            texts = work.safe(drafts, means.configured, means.defaults)
        else:
            report = fixed(drafts, means.checker, means.configured.settings.role, work.rereader(means.defaults))
            texts = [draft.text for draft in report.drafts]
    return rewritten(judged, texts, lines)


def for_findings(
    chosen: Sequence[Placed], judged: Judged, lines: Lines, snippets: bool
) -> Iterator[tuple[CodeAction, Edits]]:
    """What can be done about some findings in a page, with the edits: mend each, ignore each."""
    if judged.means is None or not chosen:
        return
    if is_writable(judged.name):
        for each, edit in _mends(chosen, judged, judged.means):
            yield _action(_mend_title(edit), each), rewritten(judged, _texts(judged.report, each, edit), lines)
    if knows_comments(judged.name):
        for each in chosen:
            if each.finding.rule not in judged.means.book.firm:
                title = f"Ignore {each.finding.rule} in this paragraph, for a reason that you write"
                yield _action(title, each), [_ignoring(each, judged, lines, snippets)]


def _action(title: str, about: Placed) -> CodeAction:
    return CodeAction(title, kind=CodeActionKind.QuickFix, diagnostics=[about.diagnostic])


def _mends(chosen: Sequence[Placed], judged: Judged, means: Means) -> Iterator[tuple[Placed, Edit]]:
    """Those of the findings that can be mended, with the edits of their drafts' texts."""
    role = means.configured.settings.role
    for index, draft in enumerate(judged.report.drafts):
        of_draft = [each for each in chosen if each.finding.draft == index]
        if of_draft:
            found = mends(draft, [each.finding for each in of_draft], means.checker, role)
            yield from ((each, edit) for each, (_, edit) in zip(of_draft, found, strict=True) if edit is not None)


def _texts(report: Report, each: Placed, edit: Edit) -> list[str]:
    """The texts of all drafts after one edit of the finding's."""
    texts = [draft.text for draft in report.drafts]
    texts[each.finding.draft] = applied(texts[each.finding.draft], [edit])
    return texts


def _mend_title(edit: Edit) -> str:
    said = " ".join(edit.words.split())
    if not said:
        return "Take this sentence out"
    shown = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return f'Write "{shown}" instead' if edit.span else f'Add "{shown}"'


def _ignoring(each: Placed, judged: Judged, lines: Lines, snippets: bool) -> TextEdit | SnippetTextEdit:
    """The comment without a reason, which is told as a problem until there is one; the cursor goes there."""
    draft = judged.report.drafts[each.finding.draft]
    at = place(draft, each.finding)
    where = lines.offset(each.diagnostic.range.start) - each.finding.span.start + at
    here = lines.range(where, where)
    if snippets:
        return SnippetTextEdit(here, StringValue(comment(draft, at, each.finding.rule, "${1}")))
    return TextEdit(here, comment(draft, at, each.finding.rule, ""))
