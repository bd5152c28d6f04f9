"""Which of the things that a rule looks for its examples prove."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from postcheck.analysis import Analysis
from postcheck.checker import detector
from postcheck.condition import Condition
from postcheck.errors import Problem
from postcheck.evaluation import Vocabulary
from postcheck.kinds import KINDS
from postcheck.pack import Pack
from postcheck.packs import PackRule, Rulebook
from postcheck.rule import Match, Rule
from postcheck.rulefiles import RuleFile
from postcheck.yaml_source import YamlPath

Signals = Mapping[str, Condition]

_NOTHING = Condition.model_construct()
"""Asks for nothing, and is never found."""

_OWN: Mapping[str, tuple[Any, ...]] = {
    "phrases": (),
    "terms": (),
    "regex": (),
    "entities": (),
    "patterns": (({"TEXT": ""},),),
}
"""The keys under which kinds of rules list what they look for, and what each says to look for nothing."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many alternatives rules have: phrases, expressions, terms, token patterns ... and those unproved."""

    alternatives: int
    unproved: tuple[Problem, ...]

    @property
    def percent(self) -> float:
        """The share of the alternatives that an example proves."""
        return 100 * (1 - len(self.unproved) / self.alternatives) if self.alternatives else 100.0


@dataclass(frozen=True, slots=True)
class _Choice:
    """Alternatives side by side: the rule with each of them alone, by its path in the pack, and with none of them."""

    each: Mapping[YamlPath, Rule]
    none: Rule


def coverage(book: Rulebook, rules: Sequence[PackRule], learned: bool = True) -> Coverage:
    """Tell which alternatives of the rules an example proves.

    It does if the rule finds something else in it with that alternative alone than with none: a
    phrase is found by itself, an exemption exempts by itself. An alternative in a signal is proved
    by the examples of any rule that asks for the signal.
    Without `learned`, the rules that ask a learned model are left out.
    """
    rules = [rule for rule in rules if learned or not rule.rule.learned]
    files = {file.content.pack: file for file in book.files.packs}
    choices = {rule.id: [*_choices(rule.rule, files[rule.category].content)] for rule in rules}
    variants = [replace(rule, rule=each) for rule in rules for c in choices[rule.id] for each in c.each.values()]
    eyes = detector(replace(book, rules=(*book.rules, *variants)), learned=learned)
    proved: dict[tuple[str, YamlPath], bool] = {}
    for rule in rules:
        examples = (*rule.rule.examples.flagged, *rule.rule.examples.clean)
        analyses = [*eyes.analyze(example.filled(book.organization.fill).draft() for example in examples)]
        for choice in choices[rule.id]:
            differs = _differing(choice.none, book.vocabulary.of(rule.category), analyses)
            for at, each in choice.each.items():
                proved[rule.category, at] = proved.get((rule.category, at), False) or differs(each)
    return Coverage(len(proved), tuple(_unproved(files[pack], at) for (pack, at), done in proved.items() if not done))


def _differing(none: Rule, vocabulary: Vocabulary, analyses: Sequence[Analysis]) -> Callable[[Rule], bool]:
    """Tells whether a rule finds something else anywhere than `none` does."""

    def found(rule: Rule) -> list[list[Match]]:
        judge = KINDS[rule.kind].compile(rule, vocabulary)
        return [[*judge(analysis)] if rule.concerns(analysis.draft) else [] for analysis in analyses]

    without = found(none)
    return lambda rule: found(rule) != without


def _unproved(file: RuleFile[Pack], at: YamlPath) -> Problem:
    said: Any = file.source.content
    for part in at:
        said = said if isinstance(said, str) else said[part]
    shown = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    owner = f"signal {at[1]}" if at[0] == "signals" else file.content.rules[int(at[1])].id
    return file.source.problem(at, f"{file.content.pack}/{owner}: no example proves {shown}")


def _choices(rule: Rule, pack: Pack) -> Iterator[_Choice]:
    """All alternatives of a rule, those in the signals of its pack among them."""
    at: YamlPath = ("rules", pack.rules.index(rule))
    nothing = {key: none for key, none in _OWN.items() if getattr(rule, key, ())}
    if nothing:
        entries = [(key, index, entry) for key in nothing for index, entry in enumerate(getattr(rule, key))]
        yield _Choice(
            {(*at, key, index): rule.model_copy(update=nothing | {key: (entry,)}) for key, index, entry in entries},
            rule.model_copy(update=nothing),
        )
    for path, condition in rule.conditions():
        if path[0] in _OWN:
            continue
        for inside, written, leaf in _leaves(condition, path, (*at, *path), pack.signals):
            yield _Choice(
                {(*written, *entry): _put(rule, inside, alone, pack.signals) for entry, alone in _entries(leaf)},
                _put(rule, inside, _NOTHING, pack.signals),
            )


def _leaves(
    condition: Condition, path: YamlPath, written: YamlPath, signals: Signals
) -> Iterator[tuple[YamlPath, YamlPath, Condition]]:
    """The conditions that ask for something themselves, each with its path for `_put` and that in the pack."""
    parts = [(key, index, part) for key in ("any", "all", "none") for index, part in enumerate(getattr(condition, key))]
    for key, index, part in parts:
        yield from _leaves(part, (*path, key, index), (*written, key, index), signals)
    if (name := condition.signal) and name in signals:
        yield from _leaves(signals[name], (*path, "signal"), ("signals", name), signals)
    elif not parts:
        yield path, written, condition


def _entries(leaf: Condition) -> Iterator[tuple[YamlPath, Condition]]:
    """The condition with each thing that it lists alone."""
    lists = [key for key in ("term", "phrase", "regex", "entity", "tokens", "rule") if getattr(leaf, key)]
    for key in lists:
        for index, entry in enumerate(getattr(leaf, key)):
            yield (key, index), leaf.model_copy(update={key: (entry,)})
    if not lists:
        yield (), leaf


def _put(whole: Any, path: YamlPath, condition: Condition, signals: Signals) -> Any:
    """A rule or a condition with another condition at a path, without what is an alternative to that."""
    if not path:
        return condition
    key, *rest = path
    if key == "signal":
        return whole.model_copy(update={key: None, "any": (_put(signals[whole.signal], (*rest,), condition, signals),)})
    old = getattr(whole, str(key))
    if not isinstance(old, tuple):
        return whole.model_copy(update={key: _put(old, (*rest,), condition, signals)})
    index, *further = rest
    new = _put(old[int(index)], (*further,), condition, signals)
    beside = key in ("any", "none", "unless")
    return whole.model_copy(update={key: (new,) if beside else (*old[: int(index)], new, *old[int(index) + 1 :])})
