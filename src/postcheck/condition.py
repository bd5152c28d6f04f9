"""What a rule may ask of a draft, as a rule writer says it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from postcheck.model import Model, OneOrMore
from postcheck.tokenpattern import Value

WHAT = ("term", "phrase", "regex", "entity", "tokens", "signal", "rule", "negated", "echoed", "any", "all", "none")
Scope = Literal["match", "sentence", "neighbours", "draft", "reply"]


class Condition(Model):
    """One question to a draft, and where to ask it.

    Exactly one of `term`, `phrase`, `regex`, `entity`, `tokens`, `signal`, `rule`, `negated`,
    `echoed`, `any`, `all`, `none` says what to look for. `within` names the part of the draft, `near`,
    `before` and `after` a number of words around the place that the rule looks at, inside its
    sentence; without any of them it's the sentence. `within: reply` asks the post that is
    being answered.
    """

    term: OneOrMore[str] = Field((), description="an entry of one of these term lists")
    phrase: OneOrMore[str] = Field((), description="one of these phrases")
    regex: OneOrMore[str] = Field((), description="one of these regular expressions")
    entity: OneOrMore[str] = Field((), description="a detected entity of one of these kinds")
    tokens: tuple[tuple[dict[str, Value], ...], ...] = Field(
        (), description="spaCy Matcher patterns; TERM names a list"
    )
    signal: str | None = Field(None, description="the signal of this name")
    rule: OneOrMore[str] = Field((), description="one of these rules fires")
    negated: Literal[True] | None = Field(None, description="a negation up to four words before")
    echoed: Literal[True] | None = Field(None, description="the post that is answered says these words, too")
    any: tuple["Condition", ...] = Field((), description="at least one of these holds")
    all: tuple["Condition", ...] = Field((), description="each of these holds")
    none: tuple["Condition", ...] = Field((), description="not one of these holds")
    within: Scope | None = None
    near: Annotated[int, Field(gt=0)] | None = Field(None, description="at most so many words away")
    before: Annotated[int, Field(gt=0)] | None = Field(None, description="at most so many words before")
    after: Annotated[int, Field(gt=0)] | None = Field(None, description="at most so many words after")

    @model_validator(mode="after")
    def _says_what_and_where(self) -> "Condition":
        said = [name for name in WHAT if getattr(self, name)]
        if len(said) != 1:
            choice = ", ".join(WHAT)
            raise ValueError(f"a condition says exactly one of {choice}; this one says {' and '.join(said) or 'none'}")
        where = [name for name in ("within", "near", "before", "after") if getattr(self, name) is not None]
        if len(where) > 1 and set(where) != {"before", "after"}:
            raise ValueError(f"a condition has one place to look at; this one has {' and '.join(where)}")
        return self

    def parts(self) -> Iterator[tuple[tuple[str | int, ...], "Condition"]]:
        """This condition and all those inside it, each with its path from here."""
        yield (), self
        for name in ("any", "all", "none"):
            for index, part in enumerate(getattr(self, name)):
                for path, condition in part.parts():
                    yield (name, index, *path), condition
