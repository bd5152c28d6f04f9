"""Train the model that postcheck ships on the whole corpus, and write it: `python -m training BASE`."""

import json
import sys
from pathlib import Path

from postcheck.detectors.classifier import FOLDER
from postcheck.kinds.classifier import LABELS
from postcheck.packs import load
from training.corpus import clean_examples, corpus
from training.crossvalidate import CALIBRATION
from training.export import export
from training.network import Recipe, train


def main(base: Path) -> None:
    """Train by the recipe, with the calibration of the cross-validation."""
    book = load()
    drafts = [*corpus(), *clean_examples(book)]
    network = train(drafts, base, Recipe(), log="all")
    scales = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    about = f"all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on {len(drafts)} drafts of corpus/ and rules/"
    export(network, base, {label: scales[label] for label in LABELS}, about, book.organization.name, FOLDER)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
