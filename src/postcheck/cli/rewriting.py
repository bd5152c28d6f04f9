"""What the commands that rewrite drafts share."""

import difflib
import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from postcheck.cli.loading import load_checker, load_rulebook
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postcheck.config import Configuration
    from postcheck.packs import Rulebook
    from postcheck.readers.metadata import Metadata
    from postcheck.redaction import Style


def rereader(defaults: "Metadata") -> "Callable[[Draft, str], Draft]":
    """Makes a draft of a new text as its file would: what is said of it besides stays."""
    from postcheck.readers import read
    from postcheck.readers.social import social
    from postcheck.readers.writing import is_writable

    def reread(draft: Draft, text: str) -> Draft:
        if draft.row is not None or not is_writable(draft.path):
            return replace(draft, text=text, segments=tuple(sorted(social(text))))
        drafts = read(text.encode("utf-8"), draft.path, defaults)
        if len(drafts) != 1:
            raise PostcheckError(Problem("can't be read again after it was changed", draft.path))
        return replace(draft, text=text, segments=drafts[0].segments)

    return reread


def safe_texts(
    drafts: "Sequence[Draft]", configured: "Configuration", style: "Style", defaults: "Metadata"
) -> "list[str]":
    """The texts of drafts without what identifies a patient. Raises `PostcheckError`."""
    safe = redactor(configured, load_rulebook(configured), style)
    return [safe(draft, defaults) for draft in drafts]


def redactor(configured: "Configuration", book: "Rulebook", style: "Style") -> "Callable[[Draft, Metadata], str]":
    """Takes out of a draft what identifies a patient, by the rules of a book that say what to write instead.

    What it's given besides the draft holds for a draft that doesn't say so itself. It raises `PostcheckError`.
    """
    from postcheck.redaction import redacted

    settings = configured.settings
    rules = [rule for rule in book.choose(settings.select, settings.ignore) if rule.rule.generalize]
    checker = load_checker(configured, book, rules)
    by_id = {rule.id: rule.rule for rule in rules}
    return lambda draft, defaults: redacted(draft, checker, by_id, style, rereader(defaults))


def before_and_after(
    content: bytes, path: str, drafts: "Sequence[Draft]", texts: "Sequence[str]"
) -> tuple[bytes, bytes]:
    """A file with its drafts as they were and with new texts; of a file that can't be written, the drafts alone."""
    from postcheck.readers.writing import is_writable, put_back

    if is_writable(path):
        return content, put_back(content, drafts, texts)
    old = "\n\n".join(draft.text for draft in drafts)
    return old.encode(), "\n\n".join(texts).encode()


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
