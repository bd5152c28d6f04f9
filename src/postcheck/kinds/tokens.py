"""Kind `tokens`: patterns over words with their dictionary form and part of speech."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from postcheck.analysis import Analysis
from postcheck.condition import Condition
from postcheck.evaluation import Vocabulary, search
from postcheck.kinds.operators import at_each
from postcheck.rule import Match, Rule
from postcheck.tokenpattern import Value


class TokensRule(Rule):
    """Looks for spaCy Matcher patterns; `TERM` in a token asks for an entry of a term list.

    See https://spacy.io/usage/rule-based-matching#matcher for the notation.
    """

    kind: Literal["tokens"]
    patterns: Annotated[tuple[tuple[dict[str, Value], ...], ...], Field(min_length=1)]

    def conditions(self) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        yield ("patterns",), Condition(tokens=self.patterns)
        yield from super().conditions()


def tokens(rule: TokensRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile a tokens rule."""
    return at_each(search(Condition(tokens=rule.patterns), vocabulary), rule, vocabulary)
