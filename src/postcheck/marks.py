"""The marks that a generalization puts around what was found: characters that stand nowhere else in a text."""

from functools import cache

import regex

OPEN, CLOSE = "\ue000", "\ue001"
_DOT = regex.compile(r"(\\.|\[(?:\\.|[^\\\]])*\])|\.", regex.DOTALL)


@cache
def marked_expression(find: str) -> "regex.Pattern[str]":
    """What a generalization looks for, in which `\\[\\[` and `\\]\\]` stand for the marks."""
    marked = find.replace(r"\[\[", OPEN).replace(r"\]\]", CLOSE)
    unmarked = _DOT.sub(lambda match: match[1] or f"[^{OPEN}{CLOSE}]", marked)
    return regex.compile(unmarked, regex.IGNORECASE | regex.DOTALL)
