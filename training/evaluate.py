"""Rules alone, the model alone, and both: `python -m training.evaluate [FILE.jsonl...]`.

On the corpus the model's part is that of the models which had not seen the draft; on other files
it is that of the model which postcheck ships. A set that can judge only some labels lists them in
`scored`.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy
from numpy.typing import NDArray

from postcheck.checker import Checker
from postcheck.draft import Draft
from postcheck.finding import Severity
from postcheck.kinds.classifier import LABELS, ClassifierRule
from postcheck.packs import Rulebook, load
from training.corpus import Labelled, drafts
from training.crossvalidate import CALIBRATION, held_out, probabilities
from training.folds import counts, f1, false_alarms, wanted

Judged = NDArray[numpy.bool_]


def by_checker(checker: Checker, given: Iterable[Draft]) -> Judged:
    """The labels that a checker's warnings and errors amount to, for each draft."""
    rows = []
    for judgement in checker.judge(given):
        grave = {finding.category for finding in judgement.findings if finding.severity is not Severity.INFO}
        rows.append([label in grave for label in LABELS])
    return numpy.array(rows, dtype=bool)


def by_held_out_models(book: Rulebook) -> tuple[list[Labelled], Judged]:
    """The drafts of the corpus, and what the models that hadn't seen them say at the rules' thresholds."""
    thresholds = {rule.rule.label: rule.rule.threshold for rule in book.rules if isinstance(rule.rule, ClassifierRule)}
    seen, said = held_out()
    scales = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    limits = numpy.array([thresholds.get(label, 2.0) for label in LABELS])
    return seen, probabilities(said, scales) >= limits


def tell(name: str, predicted: Judged, true: Judged) -> None:
    """Print one row."""
    told = " ".join(
        f"{label}: P {tp / max(1, tp + fp):.2f} R {tp / max(1, tp + fn):.2f} F1 {f1(tp, fp, fn):.2f};"
        for label, (tp, fp, fn) in counts(predicted, true).items()
        if tp + fp + fn
    )
    print(f"  {name:6} false alarms {false_alarms(predicted, true):.3f} | {told}", flush=True)


def compare(name: str, given: Sequence[Labelled], rules: Judged, model: Judged, scored: Judged) -> None:
    """Print the three rows of a set."""
    print(f"{name}: {len(given)} drafts")
    true = wanted(given)
    for row, predicted in (("rules", rules), ("model", model), ("both", rules | model)):
        tell(row, predicted & scored, true)


def main(files: Sequence[str]) -> None:
    """Evaluate on the corpus, or on the files that are named."""
    book = load()
    rules = Checker(book, learned=False)
    if not files:
        given, model = by_held_out_models(book)
        judged = by_checker(rules, [each.draft for each in given])
        everything = numpy.ones_like(model)
        compare("corpus", given, judged, model, everything)
        sources = numpy.array([each.source for each in given])
        for source in sorted(set(sources)):
            chosen = sources == source
            part = [each for each, is_in in zip(given, chosen, strict=True) if is_in]
            compare(source, part, judged[chosen], model[chosen], everything[chosen])
        return
    learned = Checker(book, [rule for rule in book.rules if isinstance(rule.rule, ClassifierRule)])
    for file in map(Path, files):
        given = list(drafts(file))
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        scored = numpy.array([[label in line.get("scored", LABELS) for label in LABELS] for line in lines])
        texts = [each.draft for each in given]
        compare(file.stem, given, by_checker(rules, texts), by_checker(learned, texts), scored)


if __name__ == "__main__":
    main(sys.argv[1:])
