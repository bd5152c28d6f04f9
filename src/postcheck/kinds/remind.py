"""Kind `remind`: a line of a checklist, for what text can't show."""

from collections.abc import Callable, Iterator
from typing import Literal

from postcheck.analysis import Analysis
from postcheck.condition import Condition
from postcheck.evaluation import Vocabulary, search
from postcheck.finding import Severity
from postcheck.kinds.operators import operators
from postcheck.rule import Match, Rule


class RemindRule(Rule):
    """Reminds once in a draft that gives cause (`when`). Always of severity info."""

    kind: Literal["remind"]
    severity: Literal[Severity.INFO]
    when: Condition

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        yield ("when",), self.when
        yield from super().conditions()


def remind(rule: RemindRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile a remind rule."""
    find, hold = search(rule.when, vocabulary), operators(rule, vocabulary)

    def judge(analysis: Analysis) -> Iterator[Match]:
        for span in find(analysis):
            if hold(analysis, span) is not None:
                yield Match(span)
                return

    return judge
