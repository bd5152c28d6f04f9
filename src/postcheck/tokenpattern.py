"""Token patterns: spaCy Matcher patterns, in which `TERM` names a term list."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

Value: TypeAlias = bool | str | int | float | Mapping[str, str | int | float | list[str | int]]
"""What a token's attribute must be, or be compared with: `{"IN": ["a", "b"]}`."""

ATTRIBUTES = frozenset(
    {"DEP", "ENT_TYPE", "IS_ALPHA", "IS_DIGIT", "IS_LOWER", "IS_PUNCT", "IS_SENT_START", "IS_TITLE", "IS_UPPER"}
    | {"LEMMA", "LENGTH", "LIKE_NUM", "LOWER", "NORM", "OP", "ORTH", "POS", "SHAPE", "TAG", "TERM", "TEXT"}
)
"""What a token may be asked for: spaCy's attributes, and `TERM` for an entry of a term list."""


def expressions(patterns: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[str]:
    """The regular expressions that patterns ask tokens for."""
    for token in (token for pattern in patterns for token in pattern):
        for asked in token.values():
            if isinstance(asked, Mapping) and isinstance(asked.get("REGEX"), str):
                yield asked["REGEX"]


def expression_problem(expression: str) -> str | None:
    """What is wrong with one of them, if anything: spaCy takes those of Python's own."""
    try:
        re.compile(expression)
    except (re.error, OverflowError, RecursionError) as error:
        return f"not a regular expression: {error}"
    return None


def pattern_key(patterns: Iterable[Iterable[Mapping[str, Any]]]) -> str:
    """The name under which an analysis holds the hits of these patterns."""
    return json.dumps([[*pattern] for pattern in patterns], sort_keys=True, ensure_ascii=False)
