"""Text that GitHub Flavored Markdown shows as it is: no mark-up, no link, no mention, no reference, no emoji."""

import re

from postcheck.reporters.visible import visible

_BACKTICKS = re.compile("`+")
_MARKS = re.compile(r"[\\`*_\[\]<>|~&$]")
_NAMES_SOMETHING = re.compile(r"(?<=[@#:])(?=\S)|(?<=\bwww)(?=\.)|(?<=\bgh)(?=-)", re.IGNORECASE)
"""Inside of what GitHub finds in the finished page, whatever is escaped: a person, an issue, an address, an emoji."""
_BREAK = "\N{ZERO WIDTH SPACE}"


def literal(text: str) -> str:
    """The text, for use within a line."""
    return _MARKS.sub(r"\\\g<0>", _NAMES_SOMETHING.sub(_BREAK, visible(text)))


def code(text: str) -> str:
    """The text as a code span: for names, since nothing in it is changed that is copied."""
    shown = visible(text)
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(shown)), default=0) + 1)
    pad = " " if not shown or {shown[0], shown[-1]} & {" ", "`"} else ""
    return fence + pad + shown + pad + fence
