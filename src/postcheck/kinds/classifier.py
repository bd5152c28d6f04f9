"""Kind `classifier`: what a model has learned to see, where wording is too free for rules."""

from collections.abc import Callable, Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from postcheck.analysis import Analysis
from postcheck.evaluation import Vocabulary
from postcheck.finding import Severity
from postcheck.kinds.operators import operators
from postcheck.rule import Match, Rule

LABELS = ("phi", "patient-story", "medical-advice", "disclosure", "complaint", "official-voice", "respect")
"""What the model that comes with postcheck has an opinion on."""


class ClassifierRule(Rule):
    """Fires at the sentence that speaks most for `label`, if the model gives it at least `threshold`.

    It is silent where another rule of its pack finds something: that one knows better why.
    """

    learned: ClassVar[bool] = True

    kind: Literal["classifier"]
    severity: Literal[Severity.WARNING, Severity.INFO]
    label: Literal[LABELS]  # type: ignore[valid-type]
    threshold: Annotated[float, Field(gt=0, lt=1)]


def classifier(rule: ClassifierRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile a classifier rule."""
    hold = operators(rule, vocabulary)

    def judge(analysis: Analysis) -> Iterator[Match]:
        opinion = analysis.opinions.get(rule.label)
        if opinion is None or opinion.probability < rule.threshold:
            return
        evidence = hold(analysis, opinion.span)
        if evidence is not None:
            reason = f"a learned model's reading, probability {opinion.probability:.2f}"
            yield Match(opinion.span, evidence, (reason,), confidence=round(opinion.probability, 2))

    return judge
