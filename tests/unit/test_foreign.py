"""Rules that others wrote are data: they take no more time than a draft is long, and silence no other pack."""

from pathlib import Path

import pytest

from postcheck import packs
from postcheck.checker import Checker
from postcheck.draft import Draft
from postcheck.errors import PostcheckError
from postcheck.packs import load

PACK = """
pack: own
about: Own rules.
rules:
  - id: cats
    kind: phrase
    severity: error
    message: "A cat."
    why: "No cats."
    phrases: ["the cat"]
    {more}
    examples:
      flagged: ["[[The cat]] sat.", "See [[the cat]]."]
      clean: ["The dog sat.", "Cats sit."]
"""
CATS = "terms:\n  cats:\n    about: Cats.\n    "
CHIP = "recognizers:\n  - name: chip\n    supported_entity: DEVICE\n    "


def refused(folder: Path, more: str = "severity: error", **others: str) -> list[str]:
    """What is said when the pack is loaded with one key more, and other files by their path."""
    text = PACK.replace("    {more}\n", f"    {more}\n" if more != "severity: error" else "")
    for name, content in {"own": text, **others}.items():
        path = folder / f"{name.replace('_', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    try:
        load([folder])
    except PostcheckError as error:
        return [str(problem).replace(f"{folder}/", "") for problem in error.problems]
    return []


RUNAWAY = "the time that this expression takes may grow faster than the text, as on a text of many"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"more": "regex: ['dog .*cat']"}, "own.yaml:11:13"),
        ({"more": "any: [{regex: 'dogs? .*cats?'}]"}, "own.yaml:11:12"),
        ({"terms_own": CATS + "patterns: ['\\w*cat\\w*!']\n"}, "terms/own.yaml:4:16"),
        ({"recognizers": CHIP + "patterns: [{name: n, regex: 'chip.*[0-9]', score: 0.5}]\n"}, "recognizers.yaml:4:26"),
    ],
)
def test_an_expression_that_runs_away_is_refused(tmp_path: Path, files: dict[str, str], place: str) -> None:
    (said,) = refused(tmp_path, **files)
    assert said.startswith(f"{place}: {RUNAWAY}")


def test_an_expression_that_does_not_run_away_is_taken(tmp_path: Path) -> None:
    assert refused(tmp_path, more="regex: ['dog .{1,40}cat']") == []


NO_NAMES = "no_names: [cats]\nrecognizers: []\n"
THINGS = CHIP.replace("DEVICE", "THING") + "patterns: [{name: n, regex: 'chip', score: 0.5}]\n"


@pytest.mark.parametrize(
    ("recognizers", "said"),
    [
        (NO_NAMES, 'recognizers.yaml:1:12: this says that nothing in the list "cats" is a name'),
        (THINGS, "recognizers.yaml:2:5: this recognizes THING"),
    ],
)
def test_a_pack_silences_no_other_unless_the_configuration_says_so(tmp_path: Path, recognizers: str, said: str) -> None:
    (told,) = refused(tmp_path, terms_own=CATS + "words: [cat]\n", recognizers=recognizers)
    assert told.startswith(said)
    assert "may_silence" in told
    load([tmp_path], may_silence=[tmp_path])


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"terms_own": CATS + "words: ['" + "(a|b|c|d)" * 9 + "']\n"}, "stands for more than"),
        ({"more": "any: [{phrase: '" + "(" * 400 + "a" + ")" * 400 + "'}]"}, "brackets"),
        ({"more": "any: [{phrase: '" + "a " * 600 + "'}]"}, "longer than"),
        ({"more": "regex: ['" + "(" * 2000 + "a" + ")" * 2000 + "']"}, "brackets"),
        ({"more": "regex: ['" + "a" * 6000 + "']"}, "longer than"),
        ({"more": "any: " + "[{any: " * 60 + "[{phrase: x}]" + "}]" * 60}, "deep"),
        ({"terms_own": "# " + "x" * 6_000_000}, "larger than"),
        (
            {
                "recognizers": "fragments:\n  a: x\n"
                + "".join(
                    f"  {after}: '{{{name}}}{{{name}}}'\n"
                    for name, after in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True)
                )
                + CHIP
                + "patterns: [{name: n, regex: '{q}', score: 0.5}]\n"
            },
            "longer than",
        ),
    ],
)
def test_what_is_too_large_is_refused(tmp_path: Path, files: dict[str, str], said: str) -> None:
    (told,) = refused(tmp_path, **files)
    assert said in told


@pytest.mark.parametrize(
    "text",
    [
        "pack: !!python/object/apply:os.system ['touch ran']",
        "pack: !!python/name:os.system",
        "pack: !include /etc/passwd",
        "a: &a [x, x]\nb: *a",
    ],
)
def test_a_pack_runs_no_code_and_reads_no_files(tmp_path: Path, text: str) -> None:
    said = refused(tmp_path, bad=text)
    assert len(said) == 1
    assert said[0].startswith("bad.yaml:")
    assert not Path("ran").exists()


def test_a_rule_that_takes_too_long_makes_the_report_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "regex: ['\\w{1,255}\\w{1,255}\\w{1,255}\\w{1,255}!']"
    assert refused(tmp_path, more=slow) == []  # it's bounded, however far
    monkeypatch.setattr(packs, "SECONDS", 0.2)
    book = load([tmp_path])
    report = Checker(book, book.choose(["own"]), learned=False).check(
        [Draft("a" * 300 + " the cat!"), Draft("The cat.")]
    )
    assert [problem.message for problem in report.diagnostics] == ["the rule own/cats failed (TimeoutError)"]
    assert [finding.draft for finding in report.findings] == [1]
