"""The files of a rule pack, as models of their YAML."""

from typing import Annotated, Any

from pydantic import Field

from postcheck.condition import Condition
from postcheck.kinds import AnyRule
from postcheck.model import Model


class Pack(Model):
    """A file of rules on one category. `signals` are conditions with a name, for all packs."""

    pack: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    about: str
    signals: dict[str, Condition] = Field(default_factory=dict)
    rules: tuple[AnyRule, ...]


class Recognizers(Model):
    """A file of recognizers in Presidio's notation."""

    recognizers: tuple[dict[str, Any], ...]
