"""`postcheck check`: judge drafts and report."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postcheck.cli.options import column_options, load_rulebook, model_option, models, rulebook_options
from postcheck.cli.progress import Progress
from postcheck.draft import Author, Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Report, Severity
from postcheck.reporters import REPORTERS, Presentation

if TYPE_CHECKING:
    from postcheck.readers.columns import Columns
    from postcheck.readers.metadata import Metadata


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", metavar="TEXT", help="Check this text instead of a file.")
@click.option("--stdin-filename", metavar="NAME", help="The name, and so the format, of what comes by standard input.")
@click.option(
    "--author",
    type=click.Choice([author.value for author in Author]),
    help="Who posts, unless the draft says so itself.",
)
@click.option("--channel", metavar="NAME", help="Where it will be posted, e.g. linkedin.")
@click.option("--reply-to", metavar="TEXT", help="The post that the draft answers.")
@click.option("--format", "format_name", type=click.Choice([*REPORTERS]), default="terminal", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to a file.")
@click.option(
    "--fail-on",
    type=click.Choice([*(severity.value for severity in Severity), "never"]),
    help="The mildest severity that makes the exit code 1.  [default: warning]",
)
@click.option("--select", metavar="RULE", multiple=True, help="Only this rule or pack. Repeatable.")
@click.option("--ignore", metavar="RULE", multiple=True, help="Not this rule or pack. Repeatable.")
@click.option("--show-text", is_flag=True, help="Show draft text even where others may read it: a pipe, a file, CI.")
@click.option("--quiet", "-q", is_flag=True, help="Only what must be known.")
@column_options
@model_option
@rulebook_options
def check(
    paths: tuple[Path, ...],
    text: str | None,
    stdin_filename: str | None,
    reply_to: str | None,
    format_name: str,
    output: Path | None,
    show_text: bool,
    quiet: bool,
    config_file: Path | None,
    columns: "Columns",
    **given: Any,
) -> None:
    """Check drafts: files, folders, or - for standard input.

    Exit code 0: nothing to mend. 1: findings. 2: the check could not be made whole.
    """
    if text is None and not paths:
        raise click.UsageError("Name a file or a folder, or give a text with --text.")
    if text is not None and paths:
        raise click.UsageError("Give either paths or --text, not both.")
    from postcheck.checker import Checker
    from postcheck.config import configuration
    from postcheck.readers.metadata import Metadata

    configured = configuration(given, config_file)
    settings = configured.settings
    defaults = Metadata(author=settings.author, channel=settings.channel, in_reply_to=reply_to)
    book = load_rulebook(configured)
    rules = book.choose(settings.select, settings.ignore)
    drafts, problems = read_drafts(paths, text, stdin_filename, defaults, columns)
    checker = Checker(book, rules, **models(settings))
    with Progress(len(drafts)) as progress:
        report = checker.check(drafts, progress)
    report = Report(report.drafts, report.findings, report.suppressed, (*problems, *report.diagnostics))
    threshold = None if settings.fail_on == "never" else Severity(settings.fail_on)
    write_report(report, format_name, output, show_text, threshold, quiet)
    sys.exit(2 if not report.complete else int(report.fails(threshold)))


def read_drafts(
    paths: Sequence[Path], text: str | None, stdin_filename: str | None, defaults: "Metadata", columns: "Columns"
) -> tuple[list[Draft], list[Problem]]:
    """Every draft that can be read, and what is wrong with the others."""
    from postcheck.readers import READERS, read, read_file
    from postcheck.readers.discovery import discover

    if text is not None:
        return [*read(text.encode("utf-8", "surrogatepass"), "<text>", defaults)], []
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            if str(path) == "-":
                drafts += read(sys.stdin.buffer.read(), stdin_filename or "<stdin>", defaults, columns)
                continue
            files = discover([path])
            if not files:
                problems.append(Problem("holds no drafts", str(path), hint=f"drafts end in {', '.join(READERS)}"))
        except PostcheckError as error:
            problems += error.problems
            continue
        for file in files:
            try:
                drafts += read_file(file, defaults, columns)
            except PostcheckError as error:
                problems += error.problems
    return drafts, problems


def write_report(
    report: Report, format_name: str, output: Path | None, show_text: bool, fail_on: Severity | None, quiet: bool
) -> None:
    """Render the report to the terminal, a pipe or a file. Text is shown to the author's own terminal alone."""
    own_terminal = output is None and sys.stdout.isatty()
    how = Presentation(
        show_text=show_text or (own_terminal and format_name == "terminal"),
        fail_on=fail_on,
        quiet=quiet,
        width=None if own_terminal else 80,
        color=own_terminal,
    )
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        REPORTERS[format_name](report, sys.stdout, how)
        sys.stdout.flush()
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            REPORTERS[format_name](report, file, how)
    except OSError as error:
        raise PostcheckError(Problem(f"the report can't be written: {error.strerror}", str(output))) from None
