"""What holds of every shipped rule."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from postcheck.checker import Checker
from postcheck.packs import Rulebook, load
from postcheck.ruletest import ExampleRun, run_examples

RULES = Path(__file__).parents[2] / "rules"
BOOK = load()
PACKS = {"phi", "patient-story", "medical-advice", "disclosure", "complaint", "official-voice", "respect"}


@pytest.fixture(scope="module")
def runs() -> dict[str, list[ExampleRun]]:
    """Every example of every rule, run through the real engine, by the rule's id."""
    by_rule = defaultdict(list)
    for run in run_examples(BOOK, BOOK.rules):
        by_rule[run.rule.id].append(run)
    return by_rule


def test_all_seven_packs_are_there() -> None:
    assert {pack.pack for pack in BOOK.packs} == PACKS


@pytest.mark.parametrize("rule", [rule.id for rule in BOOK.rules])
def test_the_examples_of_a_rule_prove_it(rule: str, runs: dict[str, list[ExampleRun]]) -> None:
    assert [str(run.problem) for run in runs[rule] if run.problem] == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_says_what_to_do_and_cites_its_source(rule: object, book: Rulebook) -> None:
    said = rule.rule  # type: ignore[attr-defined]
    assert said.citations
    assert said.suggestion
    assert said.message.endswith((".", "?"))


def test_only_the_organization_profile_names_the_institution() -> None:
    named = [
        path.name
        for path in [*RULES.glob("*.yaml"), *RULES.glob("terms/*.yaml")]
        if "anderson" in path.read_text(encoding="utf-8").lower()
    ]
    assert named == []


def test_the_schema_is_current() -> None:
    command = [sys.executable, "-m", "postcheck", "rules", "schema"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert json.loads((RULES / "schema.json").read_text(encoding="utf-8")) == json.loads(printed), "run make schema"


@pytest.mark.parametrize("pack", ["phi", "patient-story", "complaint"])
def test_a_pack_finds_the_same_whether_or_not_the_others_are_chosen(book: Rulebook, pack: str) -> None:
    examples = [e for rule in book.rules for e in (*rule.rule.examples.flagged, *rule.rule.examples.clean)]
    drafts = [example.filled(book.organization.fill).draft() for example in examples]
    alone = [judgement.findings for judgement in Checker(book, book.choose([pack])).judge(drafts)]
    among_all = [judgement.findings for judgement in Checker(book).judge(drafts)]
    assert alone == [tuple(f for f in findings if f.category == pack) for findings in among_all]


def test_no_python_names_an_institution() -> None:
    names = {path.stem for path in (RULES / "organizations").glob("*.yaml")} | {"anderson"}
    sources = (RULES.parent / "src").rglob("*.py")
    named = [path.name for path in sources if any(name in path.read_text(encoding="utf-8").lower() for name in names)]
    assert named == []


def test_every_example_holds_for_another_institution() -> None:
    other = load(organization="riverbend")
    assert [str(run.problem) for run in run_examples(other, other.rules) if run.problem] == []
