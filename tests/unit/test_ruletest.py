from pathlib import Path

import pytest

from postcheck.packs import load
from postcheck.ruletest import run_examples

PACK = """
pack: own
about: Own rules.
rules:
  - id: zebras
    kind: phrase
    severity: warning
    message: "A zebra."
    why: "No zebras."
    phrases: ["zebra"]
    examples:
      flagged: {flagged}
      clean: {clean}
"""
FINE = '["A [[zebra]].", "The [[zebra]] ran."]'


@pytest.mark.parametrize(
    ("flagged", "clean", "expected"),
    [
        (FINE, '["A horse.", "A zebu."]', []),
        ('["A [[zebra]].", "A horse."]', '["A horse.", "A zebu."]', ["doesn't flag its example"]),
        ('["[[A zebra]].", "A zebra."]', '["A horse.", "A zebu."]', ["flags other words than the example marks"]),
        (FINE, '["A zebra.", "A zebu."]', ["its clean example is flagged by own/zebras"]),
        (FINE, '["her ssn is 219-09-1234", "A zebu."]', ["its clean example is flagged by phi/ssn"]),
    ],
)
def test_examples_prove_their_rule_and_clean_ones_pass_all_rules(
    tmp_path: Path, flagged: str, clean: str, expected: list[str]
) -> None:
    (tmp_path / "own.yaml").write_text(PACK.format(flagged=flagged, clean=clean), encoding="utf-8")
    book = load([tmp_path])
    runs = list(run_examples(book, [book.rule("own/zebras")]))
    assert len(runs) == 4
    told = [str(run.problem) for run in runs if run.problem]
    assert len(told) == len(expected)
    assert all(part in each for part, each in zip(expected, told, strict=True))
