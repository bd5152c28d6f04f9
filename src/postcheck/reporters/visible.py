"""Text that a terminal shows and doesn't obey, and that stays on its line."""

import re

_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters, escape sequences among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029"  # what some programs take for the end of a line
    "\ud800-\udfff"  # halves of a character, which can't be written
    "\ufffe\uffff]"  # what is no character, and no part of an XML document
)
_PICTURES = 0x2400
"""Where Unicode keeps the pictures of the control characters from 0 to 31."""


def visible(text: str) -> str:
    """The text with each such character shown by its picture (`␛`) or its number (`<U+202E>`)."""
    return _OBEYED.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else f"<U+{code:04X}>"
