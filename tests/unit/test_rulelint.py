"""What lint says of packs that a compliance officer might write."""

from pathlib import Path

import pytest

from postcheck.packs import Rulebook, load
from postcheck.rulelint import lint_book, lint_rules, unfinished

RULE = """
  - id: cats
    kind: phrase
    severity: error
    message: "A cat."
    why: "No cats."
    suggestion: "Say dog."
    route: compliance
    citations: ["House rules: 1"]
    phrases: ["the cat"]
    examples:
      flagged: ["[[The cat]] sat.", "See [[the cat]]."]
      clean: ["The dog sat.", "Cats sit."]
"""


def written(folder: Path, rules: str = RULE, head: str = "", **others: str) -> Rulebook:
    """The rulebook with a pack, and with other files by their path: terms_own is terms/own.yaml."""
    text = f"pack: own\nabout: Own rules.\n{head}rules:\n{rules.lstrip(chr(10))}"
    for name, content in {"own": text, **others}.items():
        path = folder / f"{name.replace('_', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return load([folder], may_silence=[folder])


def remarks(book: Rulebook, folder: Path) -> list[str]:
    """What lint says of the rules of the pack and of everything together, with places in the folder."""
    found = [*lint_rules(book, book.choose(["own"])), *lint_book(book)]
    return [str(problem).replace(f"{folder}/", "") for problem in found]


def test_a_rule_that_says_all_gives_no_cause_for_remarks(tmp_path: Path) -> None:
    assert remarks(written(tmp_path), tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"A cat."', '"A cat"', '7:5: own/cats: "message" doesn\'t end as a sentence does (write whole sentences'),
        ('"No cats."', '" "', '8:5: own/cats: "why" is empty (those who are told deserve a sentence)'),
        ('"Say dog."', '"Say dog"', '9:5: own/cats: "suggestion" doesn\'t end as a sentence does'),
        ('    suggestion: "Say dog."\n', "", "4:5: own/cats: an error without a suggestion (say in"),
        ("    route: compliance\n", "", "4:5: own/cats: an error without an office to turn to (name it in"),
        ('    citations: ["House rules: 1"]\n', "", "4:5: own/cats: no source (name the guideline"),
        ('"[[The cat]] sat."', '"The cat sat."', "14:17: own/cats: an example without marks (put [[…]] around"),
        ('"Say dog."', '"TODO say dog."', '9:5: own/cats: "suggestion" is still a placeholder (write your own'),
        ('"House rules: 1"', '"TODO which?"', '11:17: own/cats: "citations" is still a placeholder (write your own'),
        ('["the cat"]', '["the cat", "The  cat"]', '12:26: own/cats: "The  cat" finds nothing that "the cat" doesn'),
        ('["the cat"]', '["the cat", "(the|a) cat"]', '12:15: own/cats: "the cat" finds nothing that "(the|a) cat"'),
        ('["the cat"]', '["the cat-flap", "the cat flap", "the cat"]', '12:31: own/cats: "the cat flap" finds nothing'),
        ('["the cat"]', '["the cat"]\n    regex: [a, b, a]', '13:19: own/cats: "a" finds nothing that "a" doesn'),
        ('["the cat"]', '["the cat"]\n    unless: [{term: [drugs, drugs]}]', '13:29: own/cats: "drugs" finds nothing'),
        ('["the cat"]', '["the cat"]\n    any: [{phrase: [x, x]}]', '13:24: own/cats: "x" finds nothing that "x"'),
    ],
)
def test_what_is_unwise_is_told_with_its_place_and_a_way_out(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in RULE
    told = remarks(written(tmp_path, RULE.replace(old, new)), tmp_path)
    assert len(told) == 1
    assert told[0].startswith(f"own.yaml:{expected}"), told


@pytest.mark.parametrize(
    "phrases", ['["the cat", "^the cat"]', '["the cat ... sat", "the cat"]', '["{drugs}", "{care}"]']
)
def test_phrases_that_find_different_things_are_no_repetition(tmp_path: Path, phrases: str) -> None:
    assert remarks(written(tmp_path, RULE.replace('["the cat"]', phrases)), tmp_path) == []


def test_a_placeholder_at_the_head_of_a_pack_is_told(tmp_path: Path) -> None:
    rule = written(tmp_path).rule("own/cats")
    (tmp_path / "own.yaml").write_text((tmp_path / "own.yaml").read_text().replace("Own rules.", "TODO"))
    (problem,) = unfinished(load([tmp_path]), [rule])
    assert (problem.line, problem.message) == (2, '"about" is still a placeholder')


def test_what_nothing_uses_is_told(tmp_path: Path) -> None:
    book = written(
        tmp_path,
        RULE.replace('["the cat"]', '["the {used}"]\n    unless: [{signal: used}, {phrase: dog}]'),
        head="signals:\n  used: {any: [{signal: inner}, {regex: '{in-regex} x'}]}\n  inner: {term: in-signal}\n"
        "  unused: {signal: chain}\n  chain: {phrase: x}\n",
        terms_own="terms:\n"
        "  used: {about: x, words: [cat], include: [included]}\n"
        "  included: {about: x, words: [kitten]}\n"
        "  in-signal: {about: x, words: [a]}\n"
        "  in-regex: {about: x, words: [b]}\n"
        "  no-name: {about: x, words: [d]}\n"
        "  alone: {about: x, words: [c]}\n",
        recognizers="no_names: [no-name]\n"
        "fragments: {used: 'x{inner}', inner: 'y', unused: 'z{only}', only: w}\n"
        "recognizers: [{name: r, supported_entity: X, patterns: [{name: p, regex: 'a{used}', score: 1}]}]\n",
    )
    assert remarks(book, tmp_path) == [
        'own.yaml:6:3: nothing uses the signal "unused" (leave it out)',
        'own.yaml:7:3: nothing uses the signal "chain" (leave it out)',
        'recognizers.yaml:2:43: nothing uses the fragment "unused" (leave it out)',
        'recognizers.yaml:2:62: nothing uses the fragment "only" (leave it out)',
        'terms/own.yaml:7:3: nothing uses the term list "alone" (leave it out)',
    ]


def test_what_stands_twice_among_all_rules_is_told(tmp_path: Path) -> None:
    dogs = RULE.replace("id: cats", "id: dogs").replace("[[The cat]] sat.", "[[The cat]] ran.").replace("Cats", "Dogs")
    book = written(
        tmp_path,
        RULE.replace("    examples", "    any: [{signal: pets}]\n    examples")
        + dogs.replace("The dog sat", "A dog sat"),
        head="signals: {pets: {phrase: [pet, PET]}}\n",
        terms_own="terms:\n  relatives-twice: {about: x, words: [walk-in, walk in], include: []}\n",
    )
    assert remarks(book, tmp_path) == [
        'own.yaml:3:32: "PET" finds nothing that "pet" doesn\'t (leave it out)',
        "own.yaml:29:37: own/dogs: own/cats has the same example (write another one)",
        'terms/own.yaml:2:3: nothing uses the term list "relatives-twice" (leave it out)',
        'terms/own.yaml:2:48: "walk in" finds nothing that "walk-in" doesn\'t (leave it out)',
    ]


def test_only_the_chosen_rules_are_looked_at(tmp_path: Path) -> None:
    book = written(tmp_path, RULE.replace("    route: compliance\n", "") + RULE.replace("cats", "dogs"))
    assert lint_rules(book, book.choose(["own/dogs"])) == []
