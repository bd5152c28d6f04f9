"""`postcheck clip`: check what was copied."""

from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import load_checker, load_rulebook, metadata
from postcheck.cli.options import choice_options, draft_options, model_option, rulebook_options, style_option
from postcheck.cli.rewriting import safe_texts
from postcheck.cli.writing import Sink, exit_code, write_report

_NAME = "<clipboard>"
_SAFE = "The clipboard now holds the safe draft; read it before you post it."
_WAS_SAFE = "There is nothing to take out: the clipboard is as it was."


@click.command()
@draft_options
@click.option("--redact", is_flag=True, help="Put it back into the clipboard without what identifies a patient.")
@style_option('What --redact puts in an identifier\'s place: "a patient", [PATIENT-NAME] or dots.')
@choice_options
@click.option("--show-text", is_flag=True, help="Show draft text even where others may read it: a pipe, a file, CI.")
@click.option("--quiet", "-q", is_flag=True, help="Only what must be known.")
@model_option
@rulebook_options
def clip(
    reply_to: str | None,
    redact: bool,
    style: str,
    show_text: bool,
    quiet: bool,
    config_file: Path | None,
    **given: Any,
) -> int:
    """Check the text that you have copied, before you paste it.

    The clipboard is only read, unless you ask for --redact: then it holds the safe draft from then
    on, and the report is on that. Read it before you post it: a story can still tell who somebody
    is, and stories aren't changed.

    Exit code 0: nothing to mend. 1: findings. 2: the check could not be made whole.
    """
    from postcheck.cli import kept
    from postcheck.clipboard import clipboard
    from postcheck.config import configuration
    from postcheck.readers import read
    from postcheck.redaction import Style

    board = clipboard()
    copied = board.read()
    configured = configuration(given, config_file)
    defaults = metadata(configured, reply_to)(_NAME)
    drafts = read(copied.encode("utf-8"), _NAME, defaults)
    if redact:
        kept.ensure(configured.settings)
        (safe,) = safe_texts(drafts, configured, Style(style), defaults)
        changed = safe != drafts[0].text
        if changed:
            board.write(safe)
        click.echo(_SAFE if changed else _WAS_SAFE, err=True)
        drafts = read(safe.encode("utf-8"), _NAME, defaults)
    report = load_checker(configured, load_rulebook(configured)).check(drafts)
    threshold = configured.settings.threshold
    write_report(report, Sink("terminal", None), show_text, threshold, quiet)
    return exit_code(report, threshold)
