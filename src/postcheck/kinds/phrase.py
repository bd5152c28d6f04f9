"""Kind `phrase`: words, in a notation that a rule writer can read."""

from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import model_validator

from postcheck.analysis import Analysis
from postcheck.evaluation import Vocabulary, expressions, merged, phrases, terms
from postcheck.kinds.operators import at_each
from postcheck.model import OneOrMore
from postcheck.rule import Match, Rule


class PhraseRule(Rule):
    """Looks for `phrases` (see `postcheck.template`), entries of `terms`, and `regex`."""

    kind: Literal["phrase"]
    phrases: OneOrMore[str] = ()
    terms: OneOrMore[str] = ()
    regex: OneOrMore[str] = ()

    @model_validator(mode="after")
    def _looks_for_something(self) -> "PhraseRule":
        if not (self.phrases or self.terms or self.regex):
            raise ValueError("a phrase rule needs phrases, terms or regex")
        return self

    def templates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        for index, template in enumerate(self.phrases):
            yield ("phrases", index), template


def phrase(rule: PhraseRule, vocabulary: Vocabulary) -> Callable[[Analysis], Iterator[Match]]:
    """Compile a phrase rule."""
    searches = [
        phrases(rule.phrases, vocabulary),
        terms(rule.terms),
        expressions(rule.regex, vocabulary),
    ]
    return at_each(lambda analysis: merged(s for find in searches for s in find(analysis)), rule, vocabulary)
