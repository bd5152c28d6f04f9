"""Predictions on drafts that the model had not seen, and the calibration made of them.

`python -m training.crossvalidate BASE A B C` trains without each fold's files and writes what the
model says of them to `training/held-out/`; `python -m training.crossvalidate` prints what all of
that amounts to and writes `training/calibration.json`.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from postcheck.detectors.classifier import WindowReader
from postcheck.kinds.classifier import LABELS
from postcheck.normalization import View
from postcheck.packs import load
from training.corpus import Labelled, clean_examples, corpus
from training.folds import FOLDS, summary, wanted
from training.network import Network, Recipe, tensors, train

HERE = Path(__file__).parent
HELD_OUT, CALIBRATION = HERE / "held-out", HERE / "calibration.json"


@torch.no_grad()
def logits(network: Network, drafts: Sequence[Labelled], base: Path) -> NDArray[numpy.float64]:
    """What the network says of drafts, before calibration: an array of drafts by labels."""
    reader = WindowReader((base / "tokenizer.json").read_bytes())
    windows = [list(reader.windows(View.of(each.draft.text), each.draft, ())) for each in drafts]
    return numpy.array([network(*tensors(each)).sum(1).max(0).values.tolist() for each in windows])


def hold_out(fold: str, base: Path) -> None:
    """Train without a fold's files, and write down what the model says of them."""
    drafts = corpus()
    inside = [each for each in drafts if each.source not in FOLDS[fold]]
    outside = [each for each in drafts if each.source in FOLDS[fold]]
    network = train([*inside, *clean_examples(load())], base, Recipe(), log=f"fold {fold}")
    HELD_OUT.mkdir(exist_ok=True)
    said = [[round(value, 3) for value in row] for row in logits(network, outside, base).tolist()]
    (HELD_OUT / f"{fold}.json").write_text(json.dumps(said), encoding="utf-8")


def held_out() -> tuple[list[Labelled], NDArray[numpy.float64]]:
    """All drafts of the folds that were held out so far, and what the models that hadn't seen them say."""
    drafts, rows = [], []
    for fold, files in FOLDS.items():
        if (HELD_OUT / f"{fold}.json").is_file():
            drafts += [each for each in corpus() if each.source in files]
            rows += json.loads((HELD_OUT / f"{fold}.json").read_text(encoding="utf-8"))
    return drafts, numpy.array(rows)


def calibrated(said: NDArray[numpy.float64], true: NDArray[numpy.bool_]) -> dict[str, dict[str, float]]:
    """For each label the slope and the offset that make a probability of a logit (Platt 1999)."""
    scales = {}
    for i, label in enumerate(LABELS):
        fitted = LogisticRegression(C=1e6).fit(said[:, [i]], true[:, i])
        scales[label] = {"slope": round(float(fitted.coef_[0, 0]), 4), "offset": round(float(fitted.intercept_[0]), 4)}
    return scales


def probabilities(said: NDArray[numpy.float64], scales: Mapping[str, Mapping[str, float]]) -> NDArray[numpy.float64]:
    """Logits as probabilities: an array of drafts by labels."""
    slopes, offsets = (numpy.array([scales[label][part] for label in LABELS]) for part in ("slope", "offset"))
    return numpy.asarray(1 / (1 + numpy.exp(-(said * slopes + offsets))))


def main(base: str = "", *folds: str) -> None:
    """Hold out `folds`, or tell what all of them amount to."""
    if folds:
        for fold in folds:
            hold_out(fold, Path(base))
        return
    drafts, said = held_out()
    true = wanted(drafts)
    scales = calibrated(said, true)
    predicted = probabilities(said, scales) >= 0.5
    print(f"the model alone, at 0.5: {summary(predicted, true)}")
    CALIBRATION.write_text(json.dumps(scales, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
