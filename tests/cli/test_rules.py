"""`postcheck rules`, run as those who write rules run it."""

from pathlib import Path

import pytest

from postcheck.cli.rules import KINDS
from postcheck.kinds import KINDS as ALL_KINDS
from tests.cli.conftest import Run

SAID = {
    "TODO in one sentence, what the rules of this pack are about.": "What we ask of each other.",
    "TODO what is wrong with a draft like this.": "This is gossip.",
    "TODO which guideline says so, and whom it protects.": "We don't gossip at {org.name}.",
    "TODO what to write instead.": "Leave it out.",
    "TODO the guideline's section, or the law": "House rules: 4",
}
FLAGGED = ("TODO a draft with [[the words]] that it finds", "TODO another draft with [[the words]] that it finds")
CLEAN = ("TODO a draft that is close to it and still fine", "TODO another draft that is close to it and still fine")
FILLED = {
    "phrase": (
        {"TODO the words to find": "did you hear (about|that)"},
        ("[[Did you hear about]] the new vending machine?", "So [[did you hear that]] the stairs creak?"),
        ("Did you hear the band on the lawn?", "The new vending machine takes cards."),
    ),
    "tokens": (
        {"TODO a word in its dictionary form": "gossip"},
        ("Who still reads [[gossip columns]]?", "A stack of [[gossip magazines]] in the lobby."),
        ("No gossip, please.", "Who still reads columns?"),
    ),
    "entity": (
        {"TODO one or several of them": "EMAIL"},
        ("Write to [[ann@example.org]] for the recipe.", "The recipe is with [[bob@example.org]], I think."),
        ("Write to me for the recipe.", "The recipe is on the fridge."),
    ),
    "require": (
        {
            "TODO the words that make it necessary": "bake sale",
            "TODO the words without which the draft is not fine": "cash only",
        },
        ("The [[bake sale]] is on Friday.", "Is there a [[bake sale]] this year?"),
        ("The bake sale is on Friday, cash only.", "The sale is on Friday."),
    ),
    "combine": (
        {
            "TODO the words that it is about": "the break room",
            "TODO a first signal": "an appliance",
            "TODO a second signal": "a smell",
            "TODO its words": "(microwave|smells)",
        },
        (
            "[[The break room]] smells, and so does the microwave.",
            "Who left [[the break room]]? The microwave smells.",
        ),
        ("The break room is bright.", "The microwave is new."),
    ),
    "remind": (
        {"TODO the words that give cause": "just saying"},
        ("The stairs creak, [[just saying]].", "[[Just saying]], the coffee is cold."),
        ("The stairs creak.", "The coffee is cold."),
    ),
    "classifier": (
        {},
        (
            "half of radiology can't find their own feet with a map and a flashlight, I swear",
            "the new resident types with two fingers and thinks with fewer",
        ),
        ("Long day, my feet hurt.", "The vending machine ate my dollar."),
    ),
}

PACK = """pack: house
about: What we ask of each other.
rules:
  - id: gossip
    kind: phrase
    severity: info
    message: This is gossip.
    why: We don't gossip.
    phrases: psst
    examples: {flagged: ["psst!", "Psst."], clean: ["Hello!", "Bye."]}
"""
FLOW = PACK.replace("house", "flow") + "signals: {}\n"


def fill(file: Path, kind: str) -> None:
    """Write something sensible in place of every placeholder."""
    own, flagged, clean = FILLED[kind]
    text = file.read_text(encoding="utf-8")
    pairs = {**SAID, **own, **dict(zip(FLAGGED, flagged, strict=True)), **dict(zip(CLEAN, clean, strict=True))}
    for placeholder, words in pairs.items():
        text = text.replace(f'"{placeholder}"', f'"{words}"')
    file.write_text(text, encoding="utf-8")


def test_a_new_rule_of_every_kind_is_sound_as_soon_as_its_placeholders_are_filled_in(run: Run, tmp_path: Path) -> None:
    for kind in ALL_KINDS:
        done = run("rules", "new", f"house/{kind}", "--kind", kind, "--folder", "own")
        assert done.returncode == 0, done.stderr
        fill(tmp_path / "own" / "house.yaml", kind)
    done = run("rules", "test", "house", "--rules", "own")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{len(ALL_KINDS)} rules, {4 * len(ALL_KINDS)} examples passed, 0 failed\n"
    done = run("rules", "lint", "house", "--rules", "own")
    assert (done.returncode, done.stderr) == (0, "")


def test_every_kind_of_rule_can_be_new() -> None:
    assert {*KINDS} == {*ALL_KINDS}


@pytest.mark.parametrize("command", ["test", "lint"])
def test_a_placeholder_that_is_left_is_told_with_its_place_and_fails(run: Run, tmp_path: Path, command: str) -> None:
    run("rules", "new", "house/gossip", "--folder", "own")
    file = tmp_path / "own" / "house.yaml"
    fill(file, "phrase")
    file.write_text(file.read_text().replace("This is gossip.", "TODO say it."), encoding="utf-8")
    line = file.read_text().splitlines().index('    message: "TODO say it."') + 1
    done = run("rules", command, "house", "--rules", "own")
    assert done.returncode == 1
    assert f'own/house.yaml:{line}:5: house/gossip: "message" is still a placeholder' in done.stderr


def test_a_new_rule_goes_into_the_folder_that_configuration_names(run: Run, tmp_path: Path) -> None:
    run("init", "--organization", "Riverside")
    done = run("rules", "new", "house/gossip")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "postcheck-rules" / "house.yaml").is_file()
    assert "run postcheck rules test house/gossip.\n" in done.stdout


def test_a_new_rule_leaves_what_the_file_holds_as_it_is_and_follows_its_indentation(run: Run, tmp_path: Path) -> None:
    run("rules", "new", "house/gossip", "--folder", "own")
    file = tmp_path / "own" / "house.yaml"
    head, rule = file.read_text().split("rules:\n")
    old = f"{head}rules:\n" + "".join(line.removeprefix("  ") for line in rule.splitlines(keepends=True)) + "# The end."
    file.write_text(old, encoding="utf-8")
    done = run("rules", "new", "house/rumors", "--folder", "own", "--rules", "own")
    assert done.returncode == 0, done.stderr
    assert file.read_text().startswith(f"{old}\n\n# Write")
    assert "- id: rumors" in file.read_text().splitlines()[int(done.stdout.split("line ")[1].split()[0]) - 1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["respect/insult"], 'there is a rule "respect/insult" already'),
        (["house/gossip"], 'own/house.yaml:4: there is a rule "house/gossip" already'),
        (["respect/gossip"], """the pack "respect" isn't in own (choose another pack, "own-respect/gossip" for"""),
        (["Gossip"], '"Gossip" can\'t be the name of a rule'),
        (["recognizers/mine"], "own/recognizers.yaml: can't become the pack"),
        (["other/mine"], "own/other.yaml: can't become the pack"),
        (["flow/two"], "a rule can't be added at the end of the file (write"),
    ],
)
def test_what_is_there_is_never_written_over(run: Run, tmp_path: Path, arguments: list[str], told: str) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for name, text in {"house": PACK, "other": PACK.replace("house", "third"), "flow": FLOW}.items():
        (own / f"{name}.yaml").write_text(text, encoding="utf-8")
    before = {path: path.read_bytes() for path in own.iterdir()}
    done = run("rules", "new", *arguments, "--folder", "own")
    assert done.returncode == 2
    assert told in done.stderr
    assert {path: path.read_bytes() for path in own.iterdir()} == before


def test_a_new_rule_needs_a_folder(run: Run) -> None:
    done = run("rules", "new", "house/gossip")
    assert done.returncode == 2
    assert "name it with --folder" in done.stderr


def test_the_shipped_rules_give_no_cause_for_remarks(run: Run) -> None:
    done = run("rules", "lint")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_is_written_on_each_rule(run: Run, tmp_path: Path) -> None:
    done = run("rules", "docs", "--output", "pages")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "pages" / "phi" / "ssn.md").read_text(encoding="utf-8").startswith("# phi/ssn\n")
    assert f"wrote {len(list((tmp_path / 'pages').rglob('*.md')))} pages into pages" in done.stdout


def test_coverage_names_what_no_example_proves_and_does_not_fail(run: Run, tmp_path: Path) -> None:
    run("rules", "new", "house/gossip", "--folder", "own")
    file = tmp_path / "own" / "house.yaml"
    fill(file, "phrase")
    file.write_text(file.read_text().replace("    phrases:\n", '    phrases:\n      - "psst"\n'), encoding="utf-8")
    done = run("rules", "test", "house", "--rules", "own", "--coverage")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == [
        "own/house.yaml:13:9: house/gossip: no example proves psst",
        "1 of 2 alternatives covered (50 %)",
    ]
