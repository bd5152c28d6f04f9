"""What the commands that rewrite drafts share."""

import difflib
import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from postcheck.readers.metadata import Metadata


def rereader(defaults: "Metadata") -> "Callable[[Draft, str], Draft]":
    """Makes a draft of a new text as its file would."""
    from postcheck.readers import read
    from postcheck.readers.social import social

    def reread(draft: Draft, text: str) -> Draft:
        if draft.row is not None:
            return replace(draft, text=text, segments=tuple(sorted(social(text))))
        drafts = read(text.encode("utf-8"), draft.path, defaults)
        if len(drafts) != 1:
            raise PostcheckError(Problem("can't be read again after it was changed", draft.path))
        return drafts[0]

    return reread


def difference(content: bytes, new: bytes, name: str, what: str) -> "list[str]":
    """The lines of a unified diff from one content of a file to the next."""
    before, after = (side.decode("utf-8-sig").splitlines(keepends=True) for side in (content, new))
    lines = difflib.unified_diff(before, after, name, f"{name} ({what})", n=1)
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def print_text(text: str) -> None:
    """To a terminal without what it would obey, to a pipe as it is."""
    from postcheck.reporters.visible import visible

    if sys.stdout.isatty():
        text = "\n".join(map(visible, text.split("\n")))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
    sys.stdout.write(text)
    sys.stdout.flush()
