"""A name for a finding that survives edits elsewhere in the draft and holds no identifier."""

import re
from hashlib import sha256

from postcheck.analysis import Analysis
from postcheck.draft import Span

_WORD = re.compile(r"\w+")
_MASK = "\N{FULL BLOCK}"


def surroundings(analysis: Analysis, span: Span) -> str:
    """The sentence around a finding, without what could identify anybody.

    `span` is in the analysis' text. Masked are the span itself, everything that a detector
    recognized, and every word that isn't in lower case throughout, so that no identifier can be
    found by guessing.
    """
    sentence = next((s for s in analysis.sentences if s.overlaps(span)), span)
    hidden = [span, *(entity.span for entity in analysis.entities if entity.span.overlaps(sentence))]
    return " ".join(
        word[0] if word[0].islower() and not any(each.overlaps(Span(*word.span())) for each in hidden) else _MASK
        for word in _WORD.finditer(analysis.text, sentence.start, sentence.end)
    )


def fingerprint(rule: str, record: str | None, around: str, occurrence: int) -> str:
    """32 hexadecimal digits that name a finding within its file.

    They are made from the rule, the record's id, the surroundings, and which of the rule's
    findings with the same surroundings it is, counted from 0.
    """
    named = "\0".join(("v1", rule, record or "", around, str(occurrence)))
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
