"""Which alternatives the examples of a small pack prove."""

import json
from pathlib import Path
from typing import Any

import pytest

from postcheck.packs import load
from postcheck.rulecoverage import coverage

EXAMPLES = {
    "flagged": ["The cat sat, purring.", "See the cat purr."],
    "clean": ["The dog sat.", "The cat sat on a hat, purring."],
}


def unproved(folder: Path, keys: dict[str, Any], signals: dict[str, Any]) -> list[str]:
    """How many alternatives of a rule its examples prove, and those that they don't."""
    rule = {"id": "cats", "kind": "phrase", "severity": "warning", "message": "A cat.", "why": "None.", **keys}
    pack = {"pack": "own", "about": "Own.", "signals": signals, "rules": [rule | {"examples": EXAMPLES}]}
    (folder / "own.yaml").write_text(json.dumps(pack), encoding="utf-8")
    book = load([folder])
    told = coverage(book, book.choose(["own"]), learned=False)
    names = [problem.message.removeprefix("own/").replace("no example proves ", "") for problem in told.unproved]
    return [f"{told.alternatives - len(names)}/{told.alternatives}", *names]


CAT = {"phrases": "the cat"}
COMBINE = {
    "kind": "combine",
    "about": {"phrase": ["the cat", "a cow"]},
    "signals": [
        {"name": "a sound", "when": {"phrase": ["purr*", "moo*"]}},
        {"name": "a verb", "when": {"any": [{"phrase": "sat"}, {"phrase": "see"}, {"phrase": "ran"}]}},
    ],
    "thresholds": {"warning": 2},
}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"phrases": ["the cat", "a cow"]}, ["1/2", "cats: a cow"]),
        (CAT | {"regex": ["p[u]rr", "m[o]o"], "terms": "drugs"}, ["2/4", "cats: drugs", "cats: m[o]o"]),
        (CAT | {"any": [{"phrase": "purr*"}, {"phrase": "moo*"}]}, ["2/3", "cats: moo*"]),
        (CAT | {"any": [{"any": [{"phrase": ["purring", "moo"]}]}]}, ["2/3", "cats: moo"]),
        (
            CAT | {"all": [{"all": [{"phrase": ["purr*", "moo"]}, {"phrase": "cat", "within": "match"}]}]},
            ["3/4", "cats: moo"],
        ),
        (CAT | {"all": [{"none": [{"phrase": ["hat", "cap"]}]}]}, ["2/3", "cats: cap"]),
        (CAT | {"unless": [{"phrase": ["hat", "cap"]}, {"term": "drugs"}]}, ["2/4", "cats: cap", "cats: drugs"]),
        (CAT | {"unless": [{"negated": True, "before": 3}]}, ["1/2", 'cats: {"negated": true, "before": 3}']),
        (CAT | {"unless": [{"signal": "hats"}]}, ["2/3", "signal hats: cap"]),
        (
            CAT | {"unless": [{"signal": "disclosure/institution"}]},
            ["1/2", 'cats: {"signal": "disclosure/institution"}'],
        ),
        (
            {"kind": "tokens", "patterns": [[{"LOWER": "the"}, {"LEMMA": "cat"}], [{"LEMMA": "cow"}]]},
            ["1/2", 'cats: [{"LEMMA": "cow"}]'],
        ),
        ({"kind": "entity", "entities": ["PHONE"]}, ["0/1", "cats: PHONE"]),
        ({"kind": "require", "when": {"phrase": "cat"}, "must": {"phrase": ["hat", "cap"]}}, ["2/3", "cats: cap"]),
        ({"kind": "remind", "severity": "info", "when": {"phrase": ["cat", "cow"]}}, ["1/2", "cats: cow"]),
        (COMBINE, ["4/7", "cats: a cow", "cats: moo*", "cats: ran"]),
    ],
)
def test_an_alternative_is_proved_by_an_example_in_which_it_alone_makes_a_difference(
    tmp_path: Path, keys: dict[str, Any], expected: list[str]
) -> None:
    assert unproved(tmp_path, keys, {"hats": {"any": [{"phrase": "hat"}, {"phrase": "cap"}]}}) == expected


def test_a_signal_is_proved_by_the_examples_of_any_rule_that_asks_for_it(tmp_path: Path) -> None:
    rule = {"kind": "phrase", "severity": "info", "message": "A.", "why": "B.", "unless": [{"signal": "hats"}]}
    cats = rule | {"id": "cats", "phrases": "cat", "examples": EXAMPLES}
    dogs = rule | {
        "id": "dogs",
        "phrases": "dog",
        "examples": {"flagged": ["A dog.", "The dog."], "clean": ["A dog in a cap.", "A cow."]},
    }
    pack = {"pack": "own", "about": "Own.", "signals": {"hats": {"phrase": ["hat", "cap"]}}, "rules": [cats, dogs]}
    (tmp_path / "own.yaml").write_text(json.dumps(pack), encoding="utf-8")
    book = load([tmp_path])
    assert coverage(book, book.choose(["own"]), learned=False).unproved == ()
