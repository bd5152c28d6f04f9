"""The operators that all kinds of rules share."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from postcheck.analysis import Analysis
from postcheck.draft import Span
from postcheck.evaluation import Search, Vocabulary, ask
from postcheck.rule import Match, Rule

Operators: TypeAlias = Callable[[Analysis, Span | None], tuple[Span, ...] | None]
"""The evidence for a rule's conditions at a place, or `None` where they don't hold."""


def operators(rule: Rule, vocabulary: Vocabulary) -> Operators:
    """Compile `all`, `any` and `unless` of a rule."""
    every = [ask(condition, vocabulary, "sentence") for condition in rule.all]
    some = [ask(condition, vocabulary, "sentence") for condition in rule.any]
    never = [ask(condition, vocabulary, "sentence") for condition in rule.unless]

    def hold(analysis: Analysis, anchor: Span | None) -> tuple[Span, ...] | None:
        if any(test(analysis, anchor) is not None for test in never):
            return None
        found: list[Span] = []
        for test in every:
            evidence = test(analysis, anchor)
            if evidence is None:
                return None
            found += evidence
        if some:
            answers = [evidence for test in some if (evidence := test(analysis, anchor)) is not None]
            if not answers:
                return None
            found += answers[0]
        return tuple(found)

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
