"""Token patterns: spaCy Matcher patterns, in which `TERM` names a term list."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

ATTRIBUTES = frozenset(
    {"DEP", "ENT_TYPE", "IS_ALPHA", "IS_DIGIT", "IS_LOWER", "IS_PUNCT", "IS_SENT_START", "IS_TITLE", "IS_UPPER"}
    | {"LEMMA", "LENGTH", "LIKE_NUM", "LOWER", "NORM", "OP", "ORTH", "POS", "SHAPE", "TAG", "TERM", "TEXT"}
)
"""What a token may be asked for: spaCy's attributes, and `TERM` for an entry of a term list."""


def pattern_key(patterns: Iterable[Iterable[Mapping[str, Any]]]) -> str:
    """The name under which an analysis holds the hits of these patterns."""
    return json.dumps([[*pattern] for pattern in patterns], sort_keys=True, ensure_ascii=False)
