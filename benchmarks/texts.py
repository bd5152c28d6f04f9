"""The drafts that are measured: those of `corpus/`, since a made-up text of one word repeated is quicker."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
TYPICAL = 274
"""Characters of a typical post."""


def drafts(number: int) -> list[str]:
    """That many drafts, all different: when the corpus is at its end, it begins again with a day added to each."""
    corpus = _corpus()
    return [
        corpus[at % len(corpus)] + (f" Day {at // len(corpus)}." if at >= len(corpus) else "") for at in range(number)
    ]


def of_length(characters: int) -> str:
    """A text of that length, made of whole drafts in paragraphs of their own."""
    text = ""
    for draft in cycle(_corpus()):
        text += f"{draft}\n\n"
        if len(text) >= characters:
            return text[:characters]
    raise AssertionError("a cycle doesn't end")


def _corpus() -> list[str]:
    return [*_read(path for path in sorted(CORPUS.glob("*.jsonl")))]


def _read(paths: Iterator[Path]) -> Iterator[str]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
