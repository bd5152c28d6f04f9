"""A rule: what to look for, what to say, and the examples that prove it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from postcheck.condition import Condition
from postcheck.draft import Author, Draft, Span
from postcheck.finding import Severity
from postcheck.model import NAME, Model, OneOrMore


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a rule fires, in code points of the analysis' text.

    `reasons` name the signals that led to it; `severity` and `confidence` replace the rule's.
    """

    span: Span
    related: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    severity: Severity | None = None
    confidence: float | None = None


def _example(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class Example(Model):
    """A draft that a rule must flag, or must not. `[[…]]` marks the exact span of the finding.

    `{org.name}` and its like stand for what the organization profile says.
    """

    text: str
    author: Author = Author.EMPLOYEE
    channel: str | None = None
    in_reply_to: str | None = None
    approval: str | None = None
    authorization: str | None = None

    def filled(self, fill: Callable[[str], str]) -> "Example":
        """The example in the words of an organization, whose `fill` replaces `{org.…}`."""
        reply = None if self.in_reply_to is None else fill(self.in_reply_to)
        return self.model_copy(update={"text": fill(self.text), "in_reply_to": reply})

    def draft(self) -> Draft:
        """The example as a draft, without the marks."""
        fields = self.model_dump(exclude={"text"})
        return Draft(_MARKS.sub("", self.text), "<example>", **(fields | {"author": self.author}))

    def marked(self) -> tuple[Span, ...]:
        """The spans that the example marks, in the draft's text."""
        found, removed, start = [], 0, None
        for mark in _MARKS.finditer(self.text):
            if mark[0] == "[[":
                start = mark.start() - removed
            elif start is not None:
                found.append(Span(start, mark.start() - removed))
            removed += len(mark[0])
        return tuple(found)


_MARKS = re.compile(r"\[\[|\]\]")
OneExample = Annotated[Example, BeforeValidator(_example)]


class Generalization(Model):
    """What may stand in a safe draft instead of what a rule found.

    `find` is a regular expression of the found words with those around them, in which `[[` and
    `]]` mark the found words; without it, just they are replaced. `write` may use its groups.
    """

    find: str = ""
    write: str


class Fix(Model):
    """What can be done about a finding without asking its author what they mean: exactly one of these.

    `remove` takes out the sentence of the finding, `replace` writes something in its place, once
    in a draft, and `add` writes a sentence at the end. `{role}` stands for what the author says
    they are.
    """

    remove: Literal[True] | None = None
    replace: str | None = None
    add: str | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Fix":
        if sum(each is not None for each in (self.remove, self.replace, self.add)) != 1:
            raise ValueError("a fix says exactly one of remove, replace, add")
        return self

    @property
    def words(self) -> str:
        """What it writes, if anything."""
        return self.replace or self.add or ""


class Examples(Model):
    """At least two drafts that a rule flags and two that it doesn't."""

    flagged: Annotated[tuple[OneExample, ...], Field(min_length=2)]
    clean: Annotated[tuple[OneExample, ...], Field(min_length=2)]


class Rule(Model):
    """What all kinds of rules have in common. Each kind adds what it looks for.

    `all`, `any` and `unless` are asked at each place that the rule finds; `author`, `channel`
    and `reply` (whether the draft answers a post) at the draft as a whole. The first of
    `generalize` that fits says what a safe draft has instead (`postcheck redact`); `fix` says
    what can be done to the sentence or the draft (`postcheck fix`). `suppression` says whether a
    finding may be silenced where it stands, for a reason. `learned` tells of a kind that it asks a
    learned model.
    """

    learned: ClassVar[bool] = False

    id: Annotated[str, Field(pattern=f"^{NAME}$")]
    kind: str
    severity: Severity
    message: str
    why: str
    suggestion: str = ""
    route: str | None = None
    citations: tuple[str, ...] = ()
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.8
    author: Author | None = None
    channel: OneOrMore[str] = ()
    reply: bool | None = None
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    generalize: tuple[Generalization, ...] = ()
    fix: Fix | None = None
    suppression: Literal["none", "reason"] = "reason"
    examples: Examples

    @model_validator(mode="after")
    def _always_generalizes(self) -> "Rule":
        if self.generalize and self.generalize[-1].find:
            raise ValueError("the last entry of generalize must fit whatever was found: one without find")
        return self

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """Every condition of the rule, with its path in the rule."""
        for name in ("all", "any", "unless"):
            for index, condition in enumerate(getattr(self, name)):
                yield (name, index), condition

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every phrase template that the rule itself looks for, with its path in the rule."""
        yield from ()

    def concerns(self, draft: Draft) -> bool:
        """Whether the rule has anything to say about drafts of this author, channel and kind."""
        return (
            (self.author is None or self.author is draft.author)
            and (not self.channel or draft.channel in self.channel)
            and (self.reply is None or self.reply is (draft.in_reply_to is not None))
        )
