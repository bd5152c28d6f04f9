"""Kind `entity`: what a detector recognised, under conditions."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from postcheck.analysis import Analysis, Entity
from postcheck.condition import Condition
from postcheck.evaluation import Vocabulary
from postcheck.kinds.operators import exempting, required
from postcheck.model import OneOrMore
from postcheck.rule import Match, Rule

_SHORTEST_NAME = 2


class EntityRule(Rule):
    """Looks for detected entities of the given kinds, with at least the score `min_score`.

    With `coreference: name`, entities that share a word ("Dr. Mai Tran", later "Mai") are
    one person, who is judged once: what exempts one mention exempts all, and what holds at
    one holds at all.
    """

    kind: Literal["entity"]
    entities: Annotated[OneOrMore[str], Field(min_length=1)]
    min_score: Annotated[float, Field(ge=0, le=1)] = 0.4
    coreference: Literal["name"] | None = None

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        yield ("entities",), Condition(entity=self.entities)
        yield from super().conditions()


def entity(rule: EntityRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile an entity rule."""
    kinds = frozenset(rule.entities)
    needed, exempt = required(rule, vocabulary), exempting(rule, vocabulary)

    def judge(analysis: Analysis) -> Iterator[Match]:
        found = [e for e in analysis.entities if e.kind in kinds and e.score >= rule.min_score]
        groups = _people(analysis, found) if rule.coreference else [[each] for each in found]
        for mentions in groups:
            if any(exempt(analysis, mention.span) is not None for mention in mentions):
                continue
            if any(needed(analysis, mention.span) is not None for mention in mentions):
                yield from (Match(mention.span, confidence=mention.score) for mention in mentions)

    return judge


def _people(analysis: Analysis, mentions: Sequence[Entity]) -> list[list[Entity]]:
    """Mentions in groups, joined where they share a word of a name."""
    groups: dict[int, deque[Entity]] = {}
    parents: list[int] = []
    known: dict[str, int] = {}
    for number, mention in enumerate(mentions):
        parents.append(number)
        group = deque[Entity]()
        words = {w for w in mention.span.cut(analysis.text).casefold().split() if len(w) > _SHORTEST_NAME}
        for each in sorted({_root(parents, known[word]) for word in words if word in known}):
            group = _joined(group, groups.pop(each))
            parents[each] = number
        group.append(mention)
        groups[number] = group
        known |= dict.fromkeys(words, number)
    return [[*group] for group in groups.values()]


def _root(parents: list[int], at: int) -> int:
    """The number of the group that a mention has come to belong to."""
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _joined(one: deque[Entity], other: deque[Entity]) -> deque[Entity]:
    """Both, one after the other; the shorter is moved to the longer."""
    if len(one) < len(other):
        other.extendleft(reversed(one))
        return other
    one.extend(other)
    return one
