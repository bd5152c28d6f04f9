"""The operators that all kinds of rules share."""

from collections.abc import Callable, Iterator

from postcheck.analysis import Analysis
from postcheck.draft import Span
from postcheck.evaluation import Chance, Search, Test, Vocabulary, all_of, any_of, ask, chance
from postcheck.rule import Match, Rule


def required(rule: Rule, vocabulary: Vocabulary) -> Test:
    """Compile `all` and `any` of a rule: what must hold at a place."""
    every = [ask(condition, vocabulary, "sentence") for condition in rule.all]
    some = [ask(condition, vocabulary, "sentence") for condition in rule.any]
    return all_of([*every, any_of(some)] if some else every)


def promising(rule: Rule, vocabulary: Vocabulary) -> Chance:
    """Whether `all` and `any` of a rule could hold somewhere in a draft."""
    every = [chance(condition, vocabulary, "sentence") for condition in rule.all]
    some = [chance(condition, vocabulary, "sentence") for condition in rule.any]
    return lambda analysis: all(each(analysis) for each in every) and (not some or any(each(analysis) for each in some))


def exempting(rule: Rule, vocabulary: Vocabulary) -> Test:
    """Compile `unless` of a rule: what may not hold at a place."""
    return any_of([ask(condition, vocabulary, "sentence") for condition in rule.unless])


def operators(rule: Rule, vocabulary: Vocabulary) -> Test:
    """Compile `all`, `any` and `unless` of a rule: the evidence for it at a place, or `None`."""
    needed, exempt = required(rule, vocabulary), exempting(rule, vocabulary)

    def hold(analysis: Analysis, anchor: Span | None) -> tuple[Span, ...] | None:
        return None if exempt(analysis, anchor) is not None else needed(analysis, anchor)

    return hold


def at_each(find: Search, rule: Rule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Fire wherever `find` finds something and the rule's conditions hold."""
    hold = operators(rule, vocabulary)

    def judge(analysis: Analysis) -> Iterator[Match]:
        for span in find(analysis):
            evidence = hold(analysis, span)
            if evidence is not None:
                yield Match(span, related=evidence)

    return judge
