"""A name for a finding that survives edits elsewhere in the draft and holds no identifier."""

from hashlib import sha256

from postcheck.analysis import Analysis
from postcheck.draft import Span

_MASK = "\N{FULL BLOCK}"


def fingerprint(rule: str, analysis: Analysis, span: Span, occurrence: int) -> str:
    """32 hexadecimal digits from the rule, the path, the masked sentence and an occurrence index.

    `span` is in the analysis' text. Everything that a detector recognised, the span itself,
    and every digit is masked before hashing, so that no identifier can be found by guessing.
    """
    sentence = next((s for s in analysis.sentences if s.overlaps(span)), span)
    hidden = [span, *(entity.span for entity in analysis.entities if entity.span.overlaps(sentence))]
    around = "".join(
        _MASK if char.isdigit() or any(each.start <= at < each.end for each in hidden) else char
        for at, char in enumerate(sentence.cut(analysis.text), sentence.start)
    )
    words = " ".join(around.split())
    named = "\0".join(("v1", rule, analysis.draft.path, analysis.draft.id or "", words, str(occurrence)))
    return sha256(named.encode()).hexdigest()[:32]
