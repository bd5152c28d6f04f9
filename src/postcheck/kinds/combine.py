"""Kind `combine`: signals that mean little alone, weighed together."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from postcheck.analysis import Analysis
from postcheck.condition import Condition, Scope
from postcheck.evaluation import Vocabulary, ask, chance, search
from postcheck.finding import Severity
from postcheck.kinds.operators import operators
from postcheck.model import Model
from postcheck.rule import Match, Rule

Weight = Annotated[float, Field(gt=0)]


class WeighedSignal(Model):
    """A signal with its weight. `name` completes "… together could identify a patient".

    `because` is for those who change the rules: why it weighs so much.
    """

    name: str
    weight: Weight = 1
    because: str = ""
    when: Condition


class Thresholds(Model):
    """The weight from which the rule fires with a severity."""

    error: Weight | None = None
    warning: Weight | None = None
    info: Weight | None = None

    @model_validator(mode="after")
    def _says_one(self) -> "Thresholds":
        if not (self.error or self.warning or self.info):
            raise ValueError("a combine rule needs a threshold for error, warning or info")
        return self

    def severity(self, weight: float) -> Severity | None:
        """The gravest severity whose threshold the weight reaches."""
        for severity, threshold in ((s, getattr(self, s.value)) for s in Severity):
            if threshold is not None and weight >= threshold:
                return severity
        return None


class CombineRule(Rule):
    """Adds the weights of the `signals` in `window` around each place where `about` is found.

    It fires once in a draft, where the weight is greatest. The rule's own severity is that of
    its documentation; a finding has the severity whose threshold it reaches.
    """

    kind: Literal["combine"]
    about: Condition
    window: Scope = "neighbours"
    signals: Annotated[tuple[WeighedSignal, ...], Field(min_length=2)]
    thresholds: Thresholds

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        yield ("about",), self.about
        for index, signal in enumerate(self.signals):
            yield ("signals", index, "when"), signal.when
        yield from super().conditions()


def combine(rule: CombineRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile a combine rule."""
    find, hold = search(rule.about, vocabulary), operators(rule, vocabulary)
    signals = [(signal, ask(signal.when, vocabulary, rule.window)) for signal in rule.signals]
    chances = [(signal.weight, chance(signal.when, vocabulary, rule.window)) for signal in rule.signals]

    def weigh(analysis: Analysis) -> Iterator[tuple[float, Match]]:
        for span in find(analysis):
            if hold(analysis, span) is None:
                continue
            present = [(s, found) for s, test in signals if (found := test(analysis, span)) is not None]
            weight = sum(signal.weight for signal, _ in present)
            severity = rule.thresholds.severity(weight)
            if severity is not None:
                evidence = tuple(sorted({hit for _, found in present for hit in found}))
                reasons = tuple(signal.name for signal, _ in present)
                yield weight, Match(span, evidence, reasons, severity)

    def judge(analysis: Analysis) -> Iterator[Match]:
        if rule.thresholds.severity(sum(weight for weight, possible in chances if possible(analysis))) is None:
            return
        weighed = list(weigh(analysis))
        if weighed:
            yield max(weighed, key=lambda each: each[0])[1]

    return judge
