"""Kind `require`: where one thing stands, another must stand too."""

from collections.abc import Callable, Iterator
from typing import Literal

from postcheck.analysis import Analysis
from postcheck.condition import Condition
from postcheck.evaluation import Vocabulary, ask, search
from postcheck.kinds.operators import operators
from postcheck.rule import Match, Rule


class RequireRule(Rule):
    """Where `when` is found and the rule's conditions hold, the draft must satisfy `must`.

    It fires once in a draft, at the first such place.
    """

    kind: Literal["require"]
    when: Condition
    must: Condition

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        yield ("when",), self.when
        yield ("must",), self.must
        yield from super().conditions()


def require(rule: RequireRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile a require rule."""
    find, hold = search(rule.when, vocabulary), operators(rule, vocabulary)
    must = ask(rule.must, vocabulary, "draft")

    def judge(analysis: Analysis) -> Iterator[Match]:
        for span in find(analysis):
            evidence = hold(analysis, span)
            if evidence is not None:
                if must(analysis, None) is None:
                    yield Match(span, related=evidence)
                return

    return judge
