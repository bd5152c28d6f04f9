"""What a suppression is, wherever it is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from postcheck.draft import Draft, Span
from postcheck.finding import Finding, SuppressedBy

Holds: TypeAlias = Callable[[Draft, Finding], bool]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Silences the findings of some rules where it holds.

    `rules` are ids of rules or packs. Where it `holds` only for a part of the draft, `where` is that part, and
    where only for one finding, `fingerprint` is its. `path`, `line` and `column` are where it is written.
    One with a `flaw` silences nothing.
    """

    by: SuppressedBy
    rules: frozenset[str]
    holds: Holds
    path: str | None = None
    line: int | None = None
    column: int | None = None
    flaw: str | None = None
    where: Span | None = None
    fingerprint: str | None = None

    def concerns(self, finding: Finding) -> bool:
        """Whether the finding is of one of the rules."""
        return finding.rule in self.rules or finding.category in self.rules


Source: TypeAlias = Callable[[Draft], Iterable[Suppression]]
"""The suppressions that are written for a draft. One that is for a whole file is the same value for all its drafts."""


def everywhere(draft: Draft, finding: Finding) -> bool:
    """Holds for a whole file."""
    return True


def expired(until: date | None, today: date) -> str | None:
    """The flaw of a suppression whose last day is over."""
    return f"expired on {until}, so it silences nothing" if until and until < today else None
