"""JSON in ASCII, so that no pipe and no terminal alters it."""

import json
import re
from collections.abc import Iterator
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
_BEYOND_PRINTABLE_ASCII = re.compile("[^\x00-\x7e]")


def in_ascii(content: Any, indent: int | None = None) -> Iterator[str]:
    """The content as a line of JSON, or several, piece by piece, since a report may be long.

    A half of a character becomes U+FFFD: alone, it is not valid.
    """
    for piece in json.JSONEncoder(ensure_ascii=False, indent=indent).iterencode(content):
        yield _BEYOND_PRINTABLE_ASCII.sub(_escaped, _HALF.sub("\N{REPLACEMENT CHARACTER}", piece))
    yield "\n"


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it: beyond U+FFFF as a pair."""
    pair = match[0].encode("utf-16-be")
    return "".join(f"\\u{pair[at : at + 2].hex()}" for at in range(0, len(pair), 2))
