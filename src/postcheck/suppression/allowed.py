"""Words that configuration allows: the name of a spokesperson, the number of a public line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from postcheck.draft import Draft, Span
from postcheck.finding import Finding, SuppressedBy
from postcheck.model import Model, OneOrMore
from postcheck.suppression.suppression import Holds, Source, Suppression, expired


class Allow(Model):
    """Texts that aren't found by some rules, in some files or in all, until a day, for a reason."""

    text: Annotated[OneOrMore[str], Field(min_length=1)]
    rules: Annotated[OneOrMore[str], Field(min_length=1)]
    reason: Annotated[str, Field(pattern=r"\S")]
    until: date | None = None
    paths: OneOrMore[str] = ()


Written = tuple[Allow, str | None, int | None]
"""An entry, and the file and the line in which it stands."""


def allowed(entries: Iterable[Written], matches: Callable[[Iterable[str], str], bool], today: date) -> Source:
    """The entries for a draft's file. `matches` tells whether one of some patterns fits a path."""
    written = [(entry, _suppression(entry, path, line, today)) for entry, path, line in entries]

    def suppressions(draft: Draft) -> Iterator[Suppression]:
        for entry, suppression in written:
            if not entry.paths or matches(entry.paths, draft.path):
                yield suppression

    return suppressions


def _suppression(entry: Allow, path: str | None, line: int | None, today: date) -> Suppression:
    flaw = expired(entry.until, today)
    return Suppression(SuppressedBy.ALLOWED, frozenset(entry.rules), _within(entry.text), path, line, flaw=flaw)


def _within(texts: Iterable[str]) -> Holds:
    """Holds for what lies within one of the texts, in whole words, whatever their case and the spaces between."""
    words = "|".join(r"\s+".join(map(re.escape, text.split())) for text in texts)
    expression = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    @lru_cache(maxsize=1)
    def places(text: str) -> list[Span]:
        return [Span(*match.span()) for match in expression.finditer(text)]

    def holds(draft: Draft, finding: Finding) -> bool:
        found = places(draft.text)
        at = bisect_right(found, finding.span.start, key=lambda place: place.start) - 1
        return at >= 0 and found[at].contains(finding.span)

    return holds
