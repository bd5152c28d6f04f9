"""Kind `entity`: what a detector recognised, under conditions."""

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
    groups: list[tuple[set[str], list[Entity]]] = []
    for mention in mentions:
        words = {w for w in mention.span.cut(analysis.text).casefold().split() if len(w) > _SHORTEST_NAME}
        joined = [group for group in groups if group[0] & words]
        groups = [group for group in groups if group not in joined]
        names = words.union(*(group[0] for group in joined))
        groups.append((names, [*(each for group in joined for each in group[1]), mention]))
    return [group for _, group in groups]
