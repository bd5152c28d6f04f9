"""The files of a rule pack, as models of their YAML."""

from typing import Annotated, Any

import regex
from pydantic import Field

from postcheck.condition import Condition
from postcheck.kinds import AnyRule
from postcheck.model import Model


class Pack(Model):
    """A file of rules on one category. `signals` are conditions with a name."""

    pack: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    about: str
    signals: dict[str, Condition] = Field(default_factory=dict)
    rules: tuple[AnyRule, ...]


class Recognizers(Model):
    """A file of recognizers in Presidio's notation. `{name}` in an expression stands for a fragment.

    `no_names` are the term lists whose entries are never the name of a person or a place.
    """

    fragments: dict[str, str] = Field(default_factory=dict)
    no_names: tuple[str, ...] = ()
    recognizers: tuple[dict[str, Any], ...]

    def expanded(self) -> tuple[dict[str, Any], ...]:
        """The recognizers with their fragments filled in."""
        return tuple(
            each | {"patterns": [p | {"regex": self._fill(p["regex"])} for p in each.get("patterns", ())]}
            for each in self.recognizers
        )

    def _fill(self, expression: str) -> str:
        for _ in self.fragments:  # no deeper can fragments stand in one another
            expression = _FRAGMENT.sub(lambda m: self.fragments.get(m[1], m[0]), expression)
        return expression


_FRAGMENT = regex.compile(r"\{([a-z]+)\}")
