"""`postcheck redact`: a draft without what identifies a patient."""

import difflib
import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postcheck.cli.options import load_rulebook, models, rulebook_options
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from postcheck.readers.metadata import Metadata


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--style",
    type=click.Choice(["generalize", "placeholder", "mask"]),
    default="generalize",
    show_default=True,
    help='What takes an identifier\'s place: "a patient", [PATIENT-NAME] or dots.',
)
@click.option("--diff", is_flag=True, help="Show what changes instead of the safe draft.")
@click.option("--in-place", is_flag=True, help="Write the safe draft over the file.")
@click.option("--show-text", is_flag=True, help="Allow --diff where others may read it: a pipe, a file, CI.")
@rulebook_options
def redact(
    path: Path, style: str, diff: bool, in_place: bool, show_text: bool, config_file: Path | None, **given: Any
) -> None:
    """Take out of a draft what identifies a patient, and print the safe draft.

    It takes out names, places, dates, numbers and the like. Read the result: a story can still
    tell who somebody is, and stories aren't changed.
    """
    if in_place and str(path) == "-":
        raise click.UsageError("--in-place needs a file.")
    if diff and not show_text and not sys.stdout.isatty():
        raise click.UsageError("--diff shows what is taken out, so it needs your own terminal, or --show-text.")
    from postcheck.checker import Checker
    from postcheck.config import configuration
    from postcheck.readers import read, read_bytes
    from postcheck.readers.metadata import Metadata
    from postcheck.readers.writing import put_back, write_over
    from postcheck.redaction import Style, redacted

    configured = configuration(given, config_file)
    settings = configured.settings
    book = load_rulebook(configured)
    rules = [rule for rule in book.choose(settings.select, settings.ignore) if rule.rule.generalize]
    checker = Checker(book, rules, **models(settings))
    by_id = {rule.id: rule.rule for rule in rules}
    defaults = Metadata(author=settings.author, channel=settings.channel)
    content = sys.stdin.buffer.read() if str(path) == "-" else read_bytes(path)
    drafts = read(content, str(path), defaults)
    texts = [redacted(draft, checker, by_id, Style(style), _rereader(defaults)) for draft in drafts]
    safe = put_back(content, drafts, texts)
    if diff:
        _print("".join(_difference(content, safe, str(path))))
    elif not in_place:
        _print(safe.decode("utf-8-sig"))
    if in_place and safe != content:
        write_over(path, safe)


def _rereader(defaults: "Metadata") -> "Callable[[Draft, str], Draft]":
    from postcheck.readers import read
    from postcheck.readers.social import social

    def reread(draft: Draft, text: str) -> Draft:
        if draft.row is not None:
            return replace(draft, text=text, segments=tuple(sorted(social(text))))
        drafts = read(text.encode("utf-8"), draft.path, defaults)
        if len(drafts) != 1:
            raise PostcheckError(Problem("can't be read again after redaction", draft.path))
        return drafts[0]

    return reread


def _difference(content: bytes, safe: bytes, name: str) -> "list[str]":
    before, after = (side.decode("utf-8-sig").splitlines(keepends=True) for side in (content, safe))
    lines = difflib.unified_diff(before, after, name, f"{name} (safe)", n=1)
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _print(text: str) -> None:
    """To a terminal without what it would obey, to a pipe as it is."""
    from postcheck.reporters.visible import visible

    if sys.stdout.isatty():
        text = "\n".join(map(visible, text.split("\n")))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
    sys.stdout.write(text)
    sys.stdout.flush()
