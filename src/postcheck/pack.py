"""The files of a rule pack, as models of their YAML."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from postcheck.condition import Condition
from postcheck.kinds import AnyRule
from postcheck.kinds.classifier import LABELS
from postcheck.model import NAME, Model
from postcheck.recognizer import Definition, fragments_in
from postcheck.rule import Fix


class Pack(Model):
    """A file of rules on one category. `signals` are conditions with a name.

    What the rules find in a draft isn't told if the learned model gives the category less than
    `doubt`. Without a model, everything is told. `fix` stands for that of every rule without one
    of its own, but not for what a learned model finds.
    """

    pack: Annotated[str, Field(pattern=f"^{NAME}$")]
    about: str
    signals: dict[str, Condition] = Field(default_factory=dict)
    doubt: Annotated[float, Field(ge=0, lt=0.5)] = 0
    fix: Fix | None = None
    rules: tuple[AnyRule, ...]

    @model_validator(mode="after")
    def _doubts_what_the_model_knows(self) -> "Pack":
        if self.doubt and self.pack not in LABELS:
            raise ValueError(f"the learned model knows nothing of {self.pack}, so that the pack can't have doubt")
        return self

    def parts(self) -> Iterator[Condition]:
        """The conditions of the rules and the signals, and all those inside them."""
        rules = (condition for rule in self.rules for _, condition in rule.conditions())
        for condition in (*rules, *self.signals.values()):
            yield from (part for _, part in condition.parts())


class Recognizers(Model):
    """A file of recognizers in Presidio's notation. `{name}` in an expression stands for a fragment.

    `no_names` are the term lists whose entries are never the name of a person or a place.
    """

    fragments: dict[str, str] = Field(default_factory=dict)
    no_names: tuple[str, ...] = ()
    recognizers: tuple[Definition, ...]

    def expanded(self) -> tuple[Definition, ...]:
        """The recognizers with their fragments filled in."""
        return tuple(each.filled(self.fragments) for each in self.recognizers)

    @model_validator(mode="after")
    def _expandable(self) -> "Recognizers":
        self.expanded()
        return self

    def needed(self) -> set[str]:
        """The names of the fragments that the recognizers need, themselves or through another fragment."""
        found: set[str] = set()
        waiting = [pattern.regex for each in self.recognizers for pattern in each.patterns]
        while waiting:
            names = {*fragments_in(waiting.pop())} & {*self.fragments} - found
            found |= names
            waiting += [self.fragments[name] for name in names]
        return found
