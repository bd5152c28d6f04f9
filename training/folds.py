"""Which files of the corpus are held out together, and how predictions on held-out drafts are judged.

A file has a voice of its own and holds its contrast pairs, so that whole files are held out.
"""

from collections.abc import Mapping, Sequence

import numpy
from numpy.typing import NDArray

from postcheck.kinds.classifier import LABELS
from training.corpus import Labelled

FOLDS: Mapping[str, tuple[str, ...]] = {
    "A": ("drafts-dev", "everyday", "medical-advice", "pairs-phi-and-stories", "work-stories-and-tone"),
    "B": ("bedside", "long-and-work-life", "pairs-disclosure-and-voice", "replies", "stories-about-others"),
    "C": (
        "complaints-and-respect",
        "disclosure-and-official-voice",
        "forum-answers",
        "identifiers",
        "pairs-advice-complaints-respect",
        "physicians-and-science",
    ),
}


def wanted(drafts: Sequence[Labelled]) -> NDArray[numpy.bool_]:
    """The labels of drafts: an array of drafts by labels."""
    return numpy.array([[label in each.labels for label in LABELS] for each in drafts], dtype=bool)


def counts(predicted: NDArray[numpy.bool_], true: NDArray[numpy.bool_]) -> dict[str, tuple[int, int, int]]:
    """True positives, false positives and false negatives of each label, and of all together."""
    each = {
        label: (
            int((predicted[:, i] & true[:, i]).sum()),
            int((predicted[:, i] & ~true[:, i]).sum()),
            int((~predicted[:, i] & true[:, i]).sum()),
        )
        for i, label in enumerate(LABELS)
    }
    sums = [sum(values) for values in zip(*each.values(), strict=True)]
    return {**each, "all": (sums[0], sums[1], sums[2])}


def f1(tp: int, fp: int, fn: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * tp / max(1, 2 * tp + fp + fn)


def summary(predicted: NDArray[numpy.bool_], true: NDArray[numpy.bool_]) -> str:
    """F1 of each label and of all, and the share of false alarms."""
    told = ", ".join(f"{label} {f1(*each):.2f}" for label, each in counts(predicted, true).items())
    return f"F1 {told}; false alarms {false_alarms(predicted, true):.3f}"


def false_alarms(predicted: NDArray[numpy.bool_], true: NDArray[numpy.bool_]) -> float:
    """The share of clean drafts that get any label."""
    clean = ~true.any(axis=1)
    return float(predicted[clean].any(axis=1).mean()) if clean.any() else float("nan")
