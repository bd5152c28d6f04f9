"""Drafts with comments, and hand-made findings in them."""

from datetime import date

from postcheck.draft import Draft, Span
from postcheck.finding import Finding, Severity
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

TODAY = date(2026, 5, 1)


def markdown(text: str, path: str = "post.md") -> Draft:
    """The draft in a Markdown file."""
    (draft,) = read(text.encode(), path, Metadata())
    return draft


def found(draft: Draft, words: str, rule: str = "phi/patient-name", fingerprint: str = "f") -> Finding:
    """A finding of a rule at the first place of some words."""
    start = draft.text.index(words)
    return Finding(
        draft=0,
        span=Span(start, start + len(words)),
        rule=rule,
        category=rule.partition("/")[0],
        severity=Severity.ERROR,
        message="This names a patient.",
        why="The guidelines.",
        fingerprint=fingerprint,
    )
