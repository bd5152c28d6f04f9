"""A name for a finding that survives edits elsewhere in the draft and holds no identifier."""

import re
from bisect import bisect_right
from hashlib import sha256

from postcheck.analysis import Analysis
from postcheck.draft import Span
from postcheck.spans import SpanIndex

_WORD = re.compile(r"\w+")
_NEAR = 1000
"""Code points of a sentence that count on each side of a span."""
_MASK = "\N{FULL BLOCK}"


def surroundings(analysis: Analysis, span: Span) -> str:
    """The sentence around a finding, without what could identify anybody.

    `span` is in the analysis' text. Masked are the span itself, everything that a detector
    recognized, and every word that isn't in lower case throughout, so that no identifier can be
    found by guessing.
    """
    around = _around(analysis, span)
    index = analysis.once("entities", lambda: SpanIndex([entity.span for entity in analysis.entities]))
    hidden = bytearray(len(around))
    for each in (span, *(analysis.entities[at].span for at in index.touching(around))):
        start, end = (min(max(edge - around.start, 0), len(around)) for edge in (each.start, each.end))
        hidden[start:end] = b"\1" * (end - start)
    return " ".join(
        word[0] if word[0].islower() and not any(hidden[word.start() : word.end()]) else _MASK
        for word in _WORD.finditer(around.cut(analysis.text))
    )


def _around(analysis: Analysis, span: Span) -> Span:
    """The sentence that a span begins in; of an endless one, what is near the span."""
    at = bisect_right(analysis.sentences, span.start, key=lambda sentence: sentence.end)
    if at == len(analysis.sentences) or not analysis.sentences[at].overlaps(span):
        return span
    sentence = analysis.sentences[at]
    return Span(max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR))


def fingerprint(rule: str, record: str | None, around: str, occurrence: int) -> str:
    """32 hexadecimal digits that name a finding within its file.

    They are made from the rule, the record's id, the surroundings, and which of the rule's
    findings with the same surroundings it is, counted from 0.
    """
    named = "\0".join(("v1", rule, record or "", around, str(occurrence)))
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
