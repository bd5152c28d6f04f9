"""The comment that silences a finding, for its author to give the reason."""

from pathlib import PurePath

from postcheck.draft import Draft
from postcheck.finding import Finding
from postcheck.readers.frontmatter import front_matter
from postcheck.suppression.inline import paragraph

_MARKDOWN = {".md", ".markdown"}
_PAGES = {".html", ".htm"}


def knows_comments(path: str) -> bool:
    """Whether a comment in such a file isn't published."""
    return PurePath(path).suffix.lower() in _MARKDOWN | _PAGES


def place(draft: Draft, finding: Finding) -> int:
    """Where the comment goes, in code points of the draft's text: to the beginning of the finding's paragraph."""
    markdown = PurePath(draft.path).suffix.lower() in _MARKDOWN
    body = front_matter(draft.text, draft.path).end if markdown else 0
    block = paragraph(draft, finding.span.start)
    start = max(block.start if block else finding.span.start, body)
    said = draft.text[start : finding.span.start]
    return start + len(said) - len(said.lstrip())


def comment(draft: Draft, at: int, rule: str, reason: str) -> str:
    """The comment for a place, on a line of its own that is indented as the paragraph is."""
    line = draft.text[draft.text.rfind("\n", 0, at) + 1 : at]
    indent = "" if line.strip() else line
    end = "\r\n" if "\r\n" in draft.text else "\n"
    return f'<!-- postcheck: ignore[{rule}] reason="{reason}" -->{end}{indent}'
