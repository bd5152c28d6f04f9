"""An analysis as plain data: what a rule writer needs to see why a rule does or doesn't fire."""

from collections.abc import Iterator
from typing import Any

from postcheck.analysis import Analysis
from postcheck.draft import Span
from postcheck.lexicon import Lexicon


def inspected(analysis: Analysis, lexicon: Lexicon) -> dict[str, Any]:
    """All that is seen of a draft; offsets are code points of its text."""

    reading = lexicon.read(analysis.text)

    def place(span: Span) -> dict[str, int]:
        source = analysis.view.to_source(span)
        return {"start": source.start, "end": source.end}

    return {
        "path": analysis.draft.path,
        "record": analysis.draft.record,
        "id": analysis.draft.id,
        "entities": [
            {"kind": e.kind, **place(e.span), "score": round(e.score, 3), "detector": e.detector}
            for e in analysis.entities
        ],
        "terms": [{"term": name, **place(span)} for name in lexicon.lists for span in reading.hits(name)],
        "sentences": [place(sentence) for sentence in analysis.sentences],
        "opinions": [
            {"label": label, "probability": round(opinion.probability, 3), **place(opinion.span)}
            for label, opinion in analysis.opinions.items()
        ],
        "tokens": [{**place(t.span), "lemma": t.lemma, "pos": t.pos} for t in analysis.tagged()],
    }


def lines(inspection: dict[str, Any], text: str) -> Iterator[str]:
    """The same for a person to read."""

    def cut(each: dict[str, Any]) -> str:
        return printable(text[each["start"] : each["end"]])

    for sentence in inspection["sentences"]:
        yield f"sentence  {sentence['start']:5} {cut(sentence)}"
        for token in inspection["tokens"]:
            if sentence["start"] <= token["start"] < sentence["end"]:
                yield f"  token   {token['start']:5} {cut(token):20} {token['lemma']:20} {token['pos']}"
    for entity in inspection["entities"]:
        kind = f"{entity['kind']} {entity['score']:.2f} {entity['detector']}"
        yield f"entity    {entity['start']:5} {cut(entity):30} {kind}"
    for term in inspection["terms"]:
        yield f"term      {term['start']:5} {cut(term):30} {term['term']}"
    for opinion in inspection["opinions"]:
        yield f"opinion   {opinion['start']:5} {opinion['label']:30} {opinion['probability']:.3f}"


def printable(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
