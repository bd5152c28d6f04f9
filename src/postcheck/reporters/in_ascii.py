"""JSON in ASCII, so that no pipe and no terminal alters it."""

import json
import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
_BEYOND_PRINTABLE_ASCII = re.compile("[^\x00-\x7e]")


def in_ascii(content: Any, indent: int | None = None) -> str:
    """The content as JSON. A half of a character becomes U+FFFD: alone, it is not valid."""
    whole = _HALF.sub("\N{REPLACEMENT CHARACTER}", json.dumps(content, ensure_ascii=False, indent=indent))
    return _BEYOND_PRINTABLE_ASCII.sub(_escaped, whole)


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it: beyond U+FFFF as a pair."""
    pair = match[0].encode("utf-16-be")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))
