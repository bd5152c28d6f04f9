"""Pattern recognizers as data, in Presidio's own form."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

import regex
from pydantic import Field, model_validator

from postcheck.model import Model

PRESIDIO_FLAGS = re.DOTALL | re.MULTILINE | re.IGNORECASE
"""How Presidio compiles the expressions of recognizers; `regex` has the same."""

LONGEST_EXPRESSION = 50_000
"""Characters that the expression of a recognizer may have with its fragments."""

_FRAGMENT = re.compile(r"\{([a-z]+)\}")
_UNKNOWN = re.compile(r"\{[a-z]{2,}\}")

Expression: TypeAlias = "regex.Pattern[str]"
Score = Annotated[float, Field(ge=0, le=1)]


class PatternDefinition(Model):
    """One expression of a recognizer, and how sure a match of it is."""

    name: str
    regex: str
    score: Score

    def problem(self) -> str | None:
        """What is wrong with the expression, if anything."""
        if unknown := _UNKNOWN.search(self.regex):
            return f"there is no fragment {unknown[0]}"
        try:
            self.compiled()
        except (regex.error, RecursionError) as error:
            return f"not a regular expression: {error}"
        return None

    def compiled(self) -> Expression:
        """The expression, as Presidio compiles it. Raises `regex.error`."""
        return regex.compile(self.regex, PRESIDIO_FLAGS)


class Definition(Model):
    """A recognizer: the kind of entity that it finds, by expressions or by a list of words.

    With `check`, only what has the right check digit is found.
    """

    name: str
    supported_entity: Annotated[str, Field(min_length=1)]
    patterns: tuple[PatternDefinition, ...] = ()
    deny_list: tuple[str, ...] = ()
    deny_list_score: Score = 1.0
    context: tuple[str, ...] = ()
    check: Literal["vin", "npi", "gs1", "hibcc"] | None = None

    @model_validator(mode="after")
    def _looks_for_something(self) -> "Definition":
        if not (self.patterns or self.deny_list):
            raise ValueError("a recognizer needs an expression or a list of words")
        return self

    def filled(self, fragments: Mapping[str, str]) -> "Definition":
        """This with the fragments in its expressions. Raises `ValueError` if one gets too long."""
        patterns = (each.model_copy(update={"regex": _filled(each.regex, fragments)}) for each in self.patterns)
        return self.model_copy(update={"patterns": tuple(patterns)})


def fragments_in(expression: str) -> Iterator[str]:
    """The names of the fragments that an expression asks for."""
    yield from _FRAGMENT.findall(expression)


def _filled(expression: str, fragments: Mapping[str, str]) -> str:
    for _ in fragments:  # no deeper can fragments stand in one another
        expression = _FRAGMENT.sub(lambda match: fragments.get(match[1], match[0]), expression)
        if len(expression) > LONGEST_EXPRESSION:
            raise ValueError(f"an expression is longer than {LONGEST_EXPRESSION:,} characters with its fragments")
    return expression
