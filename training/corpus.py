"""The labelled drafts, as the model reads them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postcheck.draft import Author, Draft
from postcheck.kinds.classifier import LABELS
from postcheck.packs import Rulebook

CORPUS = Path(__file__).parents[1] / "corpus"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A draft, the labels that a careful reader gave it, and the file or rule that it comes from."""

    draft: Draft
    labels: frozenset[str]
    source: str


def drafts(path: Path) -> Iterator[Labelled]:
    """The labelled drafts of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        said: dict[str, Any] = json.loads(line)
        author = Author(said.get("author") or Author.EMPLOYEE)
        draft = Draft(said["text"], path.name, author=author, in_reply_to=said.get("in_reply_to"))
        yield Labelled(draft, frozenset(said["expect"]) & {*LABELS}, path.stem)


def corpus() -> tuple[Labelled, ...]:
    """All labelled drafts in `corpus/`."""
    return tuple(each for path in sorted(CORPUS.glob("*.jsonl")) for each in drafts(path))


def clean_examples(book: Rulebook) -> tuple[Labelled, ...]:
    """The rules' clean examples, which no rule may flag: harmless drafts that look like others."""
    return tuple(
        Labelled(example.filled(book.organization.fill).draft(), frozenset(), rule.id)
        for rule in book.rules
        for example in rule.rule.examples.clean
    )
