"""`postcheck fix`: mend what can be mended safely."""

import sys
from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import load_checker, load_rulebook, metadata
from postcheck.cli.options import model_option, role_option, rulebook_options
from postcheck.cli.rewriting import before_and_after, difference, print_text, rereader


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@role_option
@click.option("--write", is_flag=True, help="Write the mended drafts over the file.")
@click.option("--show-text", is_flag=True, help="Show the changes where others may read them: a pipe, a file, CI.")
@model_option
@rulebook_options
def fix(path: Path, write: bool, show_text: bool, config_file: Path | None, **given: Any) -> int:
    """Mend in a draft what can be mended safely, and show the changes.

    It says who you are where you share your institution's information, puts the referral in place
    of advice, takes out what can't stay and generalizes what identifies a patient. Nothing is
    written without --write. Read the result: what it doesn't mend, it lists.

    Exit code 0: nothing is left to mend. 1: something is. 2: it could not be done.
    """
    shown = show_text or sys.stdout.isatty()
    if not (shown or write):
        raise click.UsageError("the changes show your draft, so they need your own terminal, --show-text, or --write.")
    from postcheck.config import configuration
    from postcheck.finding import Report, Severity
    from postcheck.fixing import fixed, needs_role
    from postcheck.readers import read, read_bytes
    from postcheck.readers.writing import refuse, write_over
    from postcheck.reporters import REPORTERS, Presentation

    if write:
        refuse(str(path))
    configured = configuration(given, config_file)
    checker = load_checker(configured, load_rulebook(configured))
    role = configured.settings.role
    defaults = metadata(configured)(str(path))
    content = read_bytes(path, configured.settings.max_file_mb)
    drafts = read(content, str(path), defaults)
    reread = rereader(defaults)
    report = fixed(drafts, checker, role, reread)
    if role is None and sys.stdin.isatty() and needs_role(report, checker):
        question = "What are you there, for the disclosure? (e.g. nurse; empty: leave it out)"
        report = fixed(report.drafts, checker, click.prompt(question, default="") or None, reread)
    content, new = before_and_after(content, str(path), drafts, [draft.text for draft in report.drafts])
    if shown:
        print_text("".join(difference(content, new, str(path), "mended")))
    if write and new != content:
        write_over(path, new)
    left = report.fails(Severity.WARNING)
    click.echo(_outcome(new != content, write, left), err=True)
    if any(old.text.strip() and not mended.text.strip() for old, mended in zip(drafts, report.drafts, strict=True)):
        click.echo("Nothing of it can stay: better write another post.", err=True)
    grave = tuple(finding for finding in report.findings if finding.severity is not Severity.INFO)
    how = Presentation(show_text=False, fail_on=Severity.WARNING, quiet=True, width=None, color=False)
    REPORTERS["concise"](Report(report.drafts, grave), sys.stderr, how)
    return int(left)


def _outcome(changed: bool, written: bool, left: bool) -> str:
    if not changed:
        return "What there is to mend needs your own judgement." if left else "There is nothing to mend."
    return "Mended, and written." if written else "Nothing is written yet: --write does it."
