"""What holds of every file of rules or of configuration: it's read, or it's said what is wrong where."""

import copy
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import regex
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from postcheck.config import Settings, configuration
from postcheck.detectors.recognizers.definitions import Compiled, recognizer
from postcheck.detectors.token_patterns import TokenPatterns
from postcheck.draft import Draft
from postcheck.errors import PostcheckError
from postcheck.expressions import runaway
from postcheck.lexicon import TermFile, compiled
from postcheck.model import Model
from postcheck.need import of_expression
from postcheck.organization import Organization
from postcheck.pack import Pack, Recognizers
from postcheck.packs import sound
from postcheck.rulefiles import RuleFiles, read
from postcheck.rulefolders import RuleFolder
from postcheck.suppression import Baseline, sidecar
from postcheck.suppression.sidecar import Sidecar
from postcheck.template import TemplateError, parse
from postcheck.tokenpattern import pattern_key
from postcheck.yaml_source import parse_yaml, validated
from tests.property.mutation import mutated, mutated_tree

EXAMPLES = {"flagged": ["[[The cat]] sat.", "See [[the cat]]."], "clean": ["The dog sat.", "Cats sit."]}
SAID = {"severity": "warning", "message": "A cat of {org.name}.", "why": "Cats.", "examples": EXAMPLES}
CONDITIONS: list[dict[str, Any]] = [
    {"term": "cats", "within": "draft"},
    {"phrase": ["the {cats}"], "near": 3},
    {"regex": r"\bcat{cats}s?\b", "before": 2, "after": 3},
    {"entity": "PERSON"},
    {"tokens": [[{"LOWER": {"IN": ["cat"]}, "OP": "+"}, {"TERM": "cats"}, {"TEXT": {"REGEX": "^c"}, "LENGTH": 3}]]},
    {"signal": "purring"},
    {"rule": "own/cats"},
    {"negated": True},
    {"any": [{"term": ["cats"]}, {"all": [{"none": [{"echoed": True}]}]}]},
]  # fmt: skip
PACK: dict[str, Any] = {
    "pack": "own",
    "about": "Own rules.",
    "signals": {"purring": {"phrase": "it (purrs|is purring) ... loud*"}},
    "doubt": 0,
    "fix": {"remove": True},
    "rules": [
        {"id": "cats", "kind": "phrase", "phrases": ["the cat[s]"], "terms": ["cats"], "regex": ["c{cats}a?t"], **SAID}
        | {"generalize": [{"find": r"\[\[(cat)\]\]", "write": r"\1"}, {"write": "an animal"}], "route": "office"},
        {"id": "names", "kind": "entity", "entities": ["CAT"], "min_score": 0.5, "coreference": "name", **SAID}
        | {"all": CONDITIONS[:3], "any": CONDITIONS[3:6], "unless": CONDITIONS[6:8], "reply": False},
        {"id": "tokens", "kind": "tokens", "patterns": CONDITIONS[4]["tokens"], "author": "employee", **SAID},
        {"id": "both", "kind": "require", "when": CONDITIONS[0], "must": CONDITIONS[8], "confidence": 0.5, **SAID},
        {"id": "all", "kind": "combine", "about": CONDITIONS[0], "window": "sentence", **SAID}
        | {"signals": [{"name": "a", "weight": 2, "when": each} for each in CONDITIONS[:2]], "thresholds": {"info": 1}},
    ],
}
TERMS: dict[str, Any] = {
    "terms": {
        "cats": {"about": "Cats.", "words": ["(tom|house) cat[s]"], "patterns": ["^c"], "include": ["few"]},
        "few": {"about": "Few.", "source": "us", "cased": ["Tom"]},
        "negation": {"about": "No.", "words": ["no"]},
    }
}
RECOGNIZERS = {
    "fragments": {"digits": r"\d{3}"},
    "no_names": ["few"],
    "recognizers": [
        {"name": "Cats", "supported_entity": "CAT", "context": ["cat"], "check": "npi"}
        | {"patterns": [{"name": "chip", "regex": r"\b{digits}\b", "score": 0.5}]},
        {"name": "More", "supported_entity": "CAT", "deny_list": ["Tom"], "deny_list_score": 0.5},
    ],
}
PROFILE = {
    "organization": "own",
    "default": True,
    "name": "Own",
    "full_name": "Own hospital",
    "site": "own.example",
    "offices": {"office": {"name": "An office", "phone": "1"}},
    "terms": {"organization": {"about": "Us.", "words": ["own"]}},
    "recognizers": [],
}
SETTINGS = {
    "organization": "own",
    "author": "employee",
    "fail_on": "never",
    "select": ["phi"],
    "severity": {"phi": "info"},
    "overrides": [{"paths": "*.md", "ignore": "phi", "channel": "x"}],
    "allow": [{"text": "Tom", "rules": ["phi"], "reason": "ours", "until": "2027-01-01", "paths": ["a"]}],
    "baseline": "b.json",
    "rules": "own",
    "learned": False,
    "profile": "p",
    "profiles": {"p": {"ignore": "phi"}},
}
IGNORES = {"ignore": [{"rules": "phi", "reason": "ours", "until": "2027-01-01", "id": "1", "fingerprint": "ab"}]}
BASELINE = {"schema": "postcheck/baseline/v1", "findings": [{"path": "a", "rule": "b/c", "fingerprint": "d"}]}

SAYINGS = r"""
cats few own/cats purring PERSON {cats} {nothing} {org.name} {org.} {digits} {2} ( ) [ ] | * ... ^ \ (?i) a{2,}
(a+)+$ (?<=a+)b \p{Lu} (?>a) a*+ [[a]--[b]] \G \K (?1) (?&x) (?P<x> (?(1)a|b) \N{SNOWMAN} \[\[ \]\] \1 \g<9> 0x_
2024-99-99 null yes draft error sentence IN REGEX OP LENGTH TERM TAG ! ? + >= FUZZY
"""
WORDS = st.sampled_from(
    [*SAYINGS.split(), "", " ", "\0", "\n", "\u2028", "é", "a" * 300, "[" * 60, "(" * 200, "a{1,99999}"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from([0.5, float("inf"), float("nan")]) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2) | st.sampled_from(CONDITIONS),
    max_leaves=4,
)
MARKS = """
! !! !!int !!float !!bool !!timestamp !!binary !!set !!omap !!python/name:os.system & &a *a ? - : | > % @ ` { } [ ] ,
# ' " \\ --- ... << = ~ 0x_ 0b_ 0o9 1:99 .inf 2024-99-99 2024-01-01T99:99:99Z
"""
BREAKS = ["\n", "  ", "\t", "\n- ", "\n  ", "\x00", "\ufeff", "\x85", "9" * 5000, "[" * 1200, "- " * 1200]
YAML = st.sampled_from([*MARKS.split(), *BREAKS, "? [a]\n: b\n", "? {a: b}\n: c\n"])


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(content: Any) -> str:
    return yaml.dump(content, Dumper=_WithoutAliases, allow_unicode=True, sort_keys=False)


MODELS: Sequence[type[Model]] = (Pack, TermFile, Recognizers, Organization, Settings, Sidecar)
TEXTS = [*map(written, (PACK, TERMS, RECOGNIZERS, PROFILE, SETTINGS, IGNORES))]


def assert_told(error: PostcheckError) -> None:
    """Every problem has a place and says something."""
    assert [each for each in error.problems if not (each.path and each.message)] == []
    assert error.problems


@settings(deadline=None)
@given(mutated(TEXTS, YAML), st.sampled_from(MODELS))
@example("a: 2024-99-99", Pack)
@example("a: !!int abc", Pack)
@example("a: !!timestamp abc", Pack)
@example("a: !!bool abc", Pack)
@example("a: 0b_", Pack)
@example("a: !!int ''", Pack)
@example("a: " + "9" * 5000, Pack)
@example("? [a]\n: b", Pack)
@example("recognizers: [{patterns: [{name: x}]}]", Recognizers)
@example("recognizers: [{patterns: x}]", Recognizers)
@example("recognizers: [{patterns: [{regex: {}}]}]", Recognizers)
def test_any_yaml_is_read_or_refused(text: str, model: type[Model]) -> None:
    try:
        validated(model, parse_yaml(text, "file.yaml"))
    except PostcheckError as error:
        assert_told(error)


def files(pack: Any, terms: Any, recognizers: Any, profile: Any) -> RuleFiles:
    """These four files, if they make a sound rulebook. Raises `PostcheckError`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, content in {
            "own.yaml": pack,
            "terms/own.yaml": terms,
            "recognizers.yaml": recognizers,
            "organizations/own.yaml": profile,
        }.items():
            (folder / place).parent.mkdir(exist_ok=True)
            (folder / place).write_text(written(content), encoding="utf-8")
        return sound(read([RuleFolder(folder, "own")], "own"))


def test_the_files_that_are_mutated_are_sound() -> None:
    (pack,) = files(PACK, TERMS, RECOGNIZERS, PROFILE).packs
    assert len(pack.content.rules) == len(PACK["rules"])
    for model, text in zip(MODELS, TEXTS, strict=True):
        validated(model, parse_yaml(text, "file.yaml"))


def changed(tree: Any, *at: str | int, value: Any) -> Any:
    """The tree with another value at a place."""
    whole = copy.deepcopy(tree)
    holder = whole
    for key in at[:-1]:
        holder = holder[key]
    holder[at[-1]] = value
    return whole


def asked(value: Any) -> Any:
    """The pack in which a rule asks for that token."""
    return changed(PACK, "rules", 2, "patterns", value=[[value]])


@settings(deadline=None, max_examples=40)
@given(
    mutated_tree(PACK, VALUES),
    st.just(TERMS) | mutated_tree(TERMS, VALUES),
    st.just(RECOGNIZERS) | mutated_tree(RECOGNIZERS, VALUES),
    st.just(PROFILE) | mutated_tree(PROFILE, VALUES),
)
@example(asked({"TERM": []}), TERMS, RECOGNIZERS, PROFILE)
@example(asked({"LOWER": []}), TERMS, RECOGNIZERS, PROFILE)
@example(asked({"OP": []}), TERMS, RECOGNIZERS, PROFILE)
@example(asked({"LOWER": {"IN": 3}}), TERMS, RECOGNIZERS, PROFILE)
@example(asked({"TEXT": {"REGEX": r"\p{Lu}"}}), TERMS, RECOGNIZERS, PROFILE)
@example(changed(PACK, "rules", 0, "phrases", value=["a\0"]), TERMS, RECOGNIZERS, PROFILE)
@example(PACK, TERMS, changed(RECOGNIZERS, "recognizers", 0, "supported_entity", value=""), PROFILE)
@example(PACK, TERMS, changed(RECOGNIZERS, "recognizers", 0, "patterns", 0, "regex", value="("), PROFILE)
def test_any_rules_make_a_rulebook_or_are_refused(pack: Any, terms: Any, recognizers: Any, profile: Any) -> None:
    try:
        made = files(pack, terms, recognizers, profile)
    except PostcheckError as error:
        assert_told(error)
        return
    for _, definitions in made.all_recognizers():
        for definition in definitions:
            recognizer(Compiled.of(definition))
    parts = [part for file in made.packs for part in file.content.parts()]
    with suppress(PostcheckError):  # spaCy knows best what it takes
        TokenPatterns(
            Vocab(), {pattern_key(each.tokens): each.tokens for each in parts if each.tokens}, lambda doc: None
        )


@settings(deadline=None)
@given(mutated_tree(SETTINGS, VALUES))
def test_any_configuration_is_read_or_refused(said: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "config.yaml"
        file.write_text(written(said), encoding="utf-8")
        try:
            configured = configuration({}, file)
            configured.at("a.md")
        except PostcheckError as error:
            assert_told(error)


@settings(deadline=None)
@given(mutated_tree(BASELINE, VALUES) | mutated_tree(IGNORES, VALUES), st.sampled_from(["baseline", "sidecar"]))
def test_any_baseline_and_any_file_beside_a_draft_is_read_or_refused(said: Any, which: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        draft = Draft("Tom.", str(Path(name) / "draft.txt"))
        file = Path(f"{draft.path}.postcheck.yaml")
        file.write_text(written(said), encoding="utf-8")
        try:
            source = Baseline.read(file).source() if which == "baseline" else sidecar(date(2026, 1, 1))
            assert all(each.rules is not None for each in source(draft))
        except PostcheckError as error:
            assert_told(error)


@settings(deadline=None)
@given(mutated([r"(?<=\bno\s)(cat[s]?|dog){1,3}\b", r"^(?:a|b{2,})*c+?(?=[^d-f])", r"(a+)+b|\d\w*{cats}"], WORDS))
def test_any_expression_is_judged(source: str) -> None:
    of_expression(source)
    try:
        pattern = compiled(source)
    except (re.error, regex.error, OverflowError, RecursionError):
        return
    found = runaway(pattern)
    assert found is None or found.reason


@example("a\0")
@given(mutated(["stop (taking|using) [your] {treatment}", "^it['s] ... go*", "(a|b [c]) d[e|f]g"], WORDS))
def test_any_template_is_read_or_refused(source: str) -> None:
    try:
        template = parse(source)
    except TemplateError:
        return
    regex.compile(template.pattern(lambda name: "x"))
