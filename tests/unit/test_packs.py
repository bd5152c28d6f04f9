"""Packs that a compliance officer might write, right and wrong, through the real loader."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from postcheck.analysis import Opinion
from postcheck.errors import PostcheckError
from postcheck.packs import Rulebook, load
from tests.conftest import Analyse

Load = Callable[..., Rulebook]

RULE = """
  - id: cats
    kind: phrase
    severity: warning
    message: "A cat."
    why: "No cats at {org.name}."
    phrases: ["the cat"]
    examples:
      flagged: ["[[The cat]] sat.", "See [[the cat]]."]
      clean: ["The dog sat.", "Cats sit."]
"""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Loads the shipped rules and a pack, written as YAML."""
    monkeypatch.chdir(tmp_path)

    def loaded(text: str, terms: str = "") -> Rulebook:
        folder = tmp_path / "own"
        (folder / "terms").mkdir(parents=True, exist_ok=True)
        (folder / "own.yaml").write_text(text, encoding="utf-8")
        if terms:
            (folder / "terms" / "own.yaml").write_text(dedent(terms), encoding="utf-8")
        return load([folder])

    return loaded


def own(rule: str = RULE, more: str = "") -> str:
    return f"pack: own\nabout: Own rules.\n{more}rules:\n{rule.lstrip(chr(10))}"


def problems(pack: Load, text: str, terms: str = "") -> list[str]:
    with pytest.raises(PostcheckError) as error:
        pack(text, terms)
    return [str(problem) for problem in error.value.problems]


def test_a_folder_adds_its_pack_to_the_shipped_ones(pack: Load) -> None:
    book = pack(own())
    assert "own/cats" in {rule.id for rule in book.rules}
    assert len(book.packs) > 1


def test_a_rule_knows_where_it_is_written(pack: Load) -> None:
    rule = pack(own()).rule("own/cats")
    assert (rule.path, rule.line) == ("own/own.yaml", 4)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("message:", "mesage:"), 'own/own.yaml:7:5: unknown key "mesage" (did you mean "message"?)'),
        (("kind: phrase", "kind: phrases"), 'own/own.yaml:4:5: there is no kind "phrases" (did you mean "phrase"?)'),
        (
            ("severity: warning", "severity: warn"),
            'own/own.yaml:6:5: "severity" must be "error", "warning" or "info" (did you mean "warning"?)',
        ),
        (('["The dog sat.", "Cats sit."]', '["The dog sat."]'), 'own/own.yaml:12:7: "clean" needs at least 2 entries'),
        (('["the cat"]', '["the (cat"]'), 'own/own.yaml:9:15: "(" without ")" in "the (cat"'),
        (
            ('["the cat"]', '["the {relativs}"]'),
            'own/own.yaml:9:15: there is no term list "relativs" (did you mean "relatives"?)',
        ),
        (
            ('"No cats at {org.name}."', '"Ask {org.boss}."'),
            "own/own.yaml:8:5: the organization profile has no {org.boss}",
        ),
        (('["the cat"]', '["*"]'), 'own/own.yaml:9:15: "*" fits where there are no words at all'),
        (("phrases: [", "regex: ['(?:cat)?', "), "own/own.yaml:9:13: the regular expression fits where there is no"),
        (("id: cats", "id: Cats!"), 'own/own.yaml:4:5: "id": string should match pattern'),
        (("[[The cat]] sat.", "[[The cat sat."), 'own/own.yaml:11:17: a "[[" without "]]" in an example'),
    ],
)
def test_a_mistake_is_told_with_file_line_column_and_a_way_out(
    pack: Load, change: tuple[str, str], expected: str
) -> None:
    told = problems(pack, own(RULE.replace(*change)))
    assert any(each.startswith(expected) for each in told), told


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{term: relativs}", 'there is no term list "relativs" (did you mean "relatives"?)'),
        ("{signal: nowhere}", 'there is no signal "nowhere"'),
        ("{regex: '('}", "not a regular expression"),
        ("{regex: 'a*'}", "the regular expression fits where there is no text at all"),
        ("{phrase: '(a'}", '"(" without ")" in "(a"'),
        ("{tokens: [[{LEMA: go}]]}", 'a token has no attribute "LEMA" (did you mean "LEMMA"?)'),
        ("{tokens: [[{TERM: nowhere}]]}", 'there is no term list "nowhere"'),
        ("{any: [{all: [{term: nowhere}]}]}", 'there is no term list "nowhere"'),
        ("{term: a, phrase: b}", "a condition says exactly one of"),
        ("{frase: b}", 'unknown key "frase" (did you mean "phrase"?)'),
    ],
)
def test_a_mistake_in_a_condition_is_told_with_its_place(pack: Load, condition: str, expected: str) -> None:
    told = problems(pack, own(RULE + f"    unless:\n      - {condition}\n"))
    assert any(each.startswith("own/own.yaml:14:") and expected in each for each in told), told


def test_all_mistakes_of_all_files_are_told_at_once(pack: Load) -> None:
    told = problems(
        pack,
        own(RULE.replace("message:", "mesage:").replace("why:", "whi:")),
        """
        terms:
          bad: {abut: x}
        """,
    )
    assert sum("own/own.yaml" in each for each in told) >= 4
    assert any("own/terms/own.yaml" in each for each in told)


def test_a_signal_that_refers_to_itself_is_refused(pack: Load) -> None:
    signals = "signals:\n  a: {any: [{signal: b}]}\n  b: {signal: a}\n"
    assert any("refers to itself" in each for each in problems(pack, own(more=signals)))


def test_two_rules_of_one_name_are_refused(pack: Load) -> None:
    assert any('there are two rules "own/cats"' in each for each in problems(pack, own(RULE + RULE)))


def test_a_term_list_that_exists_already_is_refused(pack: Load) -> None:
    told = problems(pack, own(), "terms:\n  relatives: {about: x, words: [a]}\n")
    assert told == ['own/terms/own.yaml:2:3: there are two term lists "relatives"']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pack: own\n  rules: [", "isn't valid YAML"),
        ("pack: own\npack: own\n", 'the key "pack" stands twice'),
        ("pack: &a own\nabout: [*a]\nrules: *a\n", ""),
        ("pack: !!python/object:os.system x\n", ""),
        ("- a\n- b\n", ""),
        ("", ""),
    ],
)
def test_what_is_no_plain_yaml_mapping_is_refused(pack: Load, text: str, expected: str) -> None:
    told = problems(pack, text)
    assert told
    assert expected in told[0]
    assert told[0].startswith("own/own.yaml:")


def test_an_unknown_organization_is_refused_with_those_there_are() -> None:
    with pytest.raises(PostcheckError, match="there are: mdanderson"):
        load(organization="nowhere")


def test_a_folder_that_isnt_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PostcheckError, match="there is no such folder"):
        load([tmp_path / "nowhere"])


def test_rules_are_chosen_by_name_and_by_pack(book: Rulebook) -> None:
    assert {rule.category for rule in book.choose(["phi"])} == {"phi"}
    assert [rule.id for rule in book.choose(["phi/ssn"])] == ["phi/ssn"]
    assert "phi/ssn" not in {rule.id for rule in book.choose(["phi"], ["phi/ssn"])}
    assert "phi" not in {rule.category for rule in book.choose((), ["phi"])}
    with pytest.raises(PostcheckError, match='did you mean "phi/ssn"'):
        book.choose(["phi/snn"])


def test_a_rule_may_ask_whether_another_fires(pack: Load) -> None:
    asks = "    any: [{rule: cats, within: draft}]\n    examples"
    more = RULE + RULE.replace("id: cats", "id: dogs").replace("    examples", asks)
    assert pack(own(more)).rule("own/dogs")


def test_a_rule_that_there_is_not_is_refused_with_a_suggestion(pack: Load) -> None:
    rule = RULE.replace("    examples", "    any: [{rule: phi/patient-nam}]\n    examples")
    (problem,) = problems(pack, own(rule))
    assert 'there is no rule "phi/patient-nam"' in problem
    assert "phi/patient-name" in problem


def test_a_rule_that_asks_whether_it_fires_itself_is_refused(pack: Load) -> None:
    signal = "signals:\n  loop: {rule: cats}\n"
    rule = RULE.replace("    examples", "    any: [{signal: loop}]\n    examples")
    (problem,) = problems(pack, own(rule, signal))
    assert 'the rule "own/cats" asks whether it fires itself' in problem


@pytest.mark.parametrize(("probability", "found"), [(None, True), (0.5, True), (0.001, False)])
def test_what_the_model_finds_very_improbable_is_not_told(
    book: Rulebook, analyse: Analyse, probability: float | None, found: bool
) -> None:
    analysis = analyse("MD Anderson has free screening vans this Saturday!")
    if probability is not None:
        opinions = {"disclosure": Opinion(probability, analysis.sentences[0])}
        analysis = replace(analysis, learned=lambda _: opinions, _memo={})
    assert bool(list(book.judges["disclosure/resource"](analysis))) is found


@pytest.mark.parametrize(("end", "found"), [("", True), ("I work at MD Anderson (nurse).", False)])
def test_the_model_is_not_believed_where_a_rule_knows_that_the_author_says_who_they_are(
    book: Rulebook, analyse: Analyse, end: str, found: bool
) -> None:
    analysis = analyse(f"MD Anderson has a free class on Thursdays. {end}")
    opinions = {"disclosure": Opinion(0.99, analysis.sentences[0])}
    analysis = replace(analysis, learned=lambda _: opinions, _memo={})
    assert bool(list(book.judges["disclosure/reads-like-promotion"](analysis))) is found


def test_a_fix_of_the_pack_stands_for_those_its_rules_dont_have(pack: Load) -> None:
    dogs = RULE.replace("cats", "dogs").replace("    examples", "    fix: {remove: true}\n    examples")
    book = pack(own(RULE + dogs, more='fix: {add: "I have a cat at {org.name}."}\n'))
    cat, dog = book.rule("own/cats").fix, book.rule("own/dogs").fix
    assert cat is not None
    assert dog is not None
    assert (cat.words, dog.remove) == ("I have a cat at {org.name}.", True)


@pytest.mark.parametrize(
    "text",
    [
        own(more='fix: {add: "Ask {org.nobody}."}\n'),
        own(RULE.replace("    examples", '    fix: {replace: "Ask {org.nobody}."}\n    examples')),
    ],
)
def test_a_placeholder_in_a_fix_is_known_when_the_rules_are_loaded(pack: Load, text: str) -> None:
    (problem,) = problems(pack, text)
    assert "the organization profile has no {org.nobody}" in problem


def test_doubt_is_refused_for_what_the_model_knows_nothing_of(pack: Load) -> None:
    (problem,) = problems(pack, own(more="doubt: 0.05\n"))
    assert "the learned model knows nothing of own" in problem


def test_generalize_must_end_with_what_always_fits(pack: Load) -> None:
    rule = RULE.replace("    examples", "    generalize: [{find: x, write: y}]\n    examples")
    (problem,) = problems(pack, own(rule))
    assert "one without find" in problem
