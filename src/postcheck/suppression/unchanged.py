"""Lines that haven't changed since another version of a draft."""

from collections.abc import Callable, Collection
from functools import cache

from postcheck.draft import Draft, Span
from postcheck.finding import Finding, SuppressedBy
from postcheck.suppression.suppression import Source, Suppression


def unchanged(
    rules: Collection[str],
    changed: Callable[[str], Collection[int] | None],
    known: Callable[[str], Collection[str]],
) -> Source:
    """Silences what stands on lines that haven't changed, and was found there before.

    `changed` tells the lines of a file that have (`None`: all of them), `known` the fingerprints
    of what is found in the file as it was: what a deletion brings about is on no changed line.
    Each is asked once a file.
    """
    changed, known = cache(changed), cache(known)

    def holds(draft: Draft, finding: Finding) -> bool:
        lines = changed(draft.path)
        if lines is None:
            return False
        spans = (finding.span, *finding.related)
        return not any({*_lines(draft, span)} & {*lines} for span in spans) and finding.fingerprint in known(draft.path)

    suppression = Suppression(SuppressedBy.UNCHANGED, frozenset(rules), holds)
    return lambda draft: (suppression,)


def _lines(draft: Draft, span: Span) -> range:
    """The lines of the file that a part of a draft stands on."""
    return range(draft.position(span.start).line, draft.position(max(span.start, span.end - 1)).line + 1)
