"""`postcheck redact`: a draft without what identifies a patient."""

import sys
from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import metadata
from postcheck.cli.options import rulebook_options, style_option
from postcheck.cli.rewriting import before_and_after, difference, print_text, safe_texts


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@style_option('What takes an identifier\'s place: "a patient", [PATIENT-NAME] or dots.')
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
    from postcheck.config import configuration
    from postcheck.readers import read, read_bytes
    from postcheck.readers.writing import refuse, write_over
    from postcheck.redaction import Style

    if in_place:
        refuse(str(path))
    configured = configuration(given, config_file)
    defaults = metadata(configured)(str(path))
    content = read_bytes(path, configured.settings.max_file_mb)
    drafts = read(content, str(path), defaults)
    texts = safe_texts(drafts, configured, Style(style), defaults)
    content, safe = before_and_after(content, str(path), drafts, texts)
    if diff:
        print_text("".join(difference(content, safe, str(path), "safe")))
    elif not in_place:
        print_text(safe.decode("utf-8-sig"))
    if in_place and safe != content:
        write_over(path, safe)
