"""What every part of a YAML file has in common: unknown keys are refused, values never change."""

from collections.abc import Hashable
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
"""How rules and packs are named."""

_Item = TypeVar("_Item", bound=Hashable)


class Model(BaseModel):
    """A mapping in a YAML file, as a frozen value."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


OneOrMore = Annotated[tuple[_Item, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]
"""A list in which a single string may stand without brackets."""
