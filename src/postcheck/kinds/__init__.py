"""The kinds of rules: a table from a kind's name to what its rules say and how they judge."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from postcheck.analysis import Analysis
from postcheck.evaluation import Vocabulary
from postcheck.kinds.classifier import ClassifierRule, classifier
from postcheck.kinds.combine import CombineRule, combine
from postcheck.kinds.entity import EntityRule, entity
from postcheck.kinds.phrase import PhraseRule, phrase
from postcheck.kinds.remind import RemindRule, remind
from postcheck.kinds.require import RequireRule, require
from postcheck.kinds.tokens import TokensRule, tokens
from postcheck.rule import Match, Rule

Judge: TypeAlias = Callable[[Analysis], Iterator[Match]]
"""A compiled rule: where it fires in a draft."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: the model of its YAML, and the function that compiles such a rule."""

    rule: type[Rule]
    compile: Callable[[Any, Vocabulary], Judge]


KINDS: Mapping[str, Kind] = {
    "phrase": Kind(PhraseRule, phrase),
    "tokens": Kind(TokensRule, tokens),
    "entity": Kind(EntityRule, entity),
    "require": Kind(RequireRule, require),
    "combine": Kind(CombineRule, combine),
    "remind": Kind(RemindRule, remind),
    "classifier": Kind(ClassifierRule, classifier),
}

AnyRule: TypeAlias = Annotated[
    PhraseRule | TokensRule | EntityRule | RequireRule | CombineRule | RemindRule | ClassifierRule,
    Field(discriminator="kind"),
]
"""A rule of any kind, as YAML holds it: `kind` tells which."""
