"""`postcheck inspect`: what the detectors see in a text."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import load_rulebook, models, read_drafts
from postcheck.cli.options import model_option, rulebook_options


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", metavar="TEXT", help="Inspect this text instead of a file.")
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@model_option
@rulebook_options
def inspect(
    paths: tuple[Path, ...], text: str | None, format_name: str, config_file: Path | None, **given: Any
) -> None:
    """Show the sentences, words, entities and term hits of drafts. It prints draft text."""
    if (text is None) is not bool(paths):
        raise click.UsageError("Name a file, or give a text with --text.")
    from postcheck.checker import detector
    from postcheck.config import configuration
    from postcheck.errors import PostcheckError
    from postcheck.inspection import inspected, lines
    from postcheck.readers.columns import Columns
    from postcheck.readers.metadata import Metadata

    configured = configuration(given, config_file)
    book = load_rulebook(configured)
    drafts, problems = read_drafts(paths, text, None, lambda path: Metadata(), Columns())
    if problems:
        raise PostcheckError(*problems)
    analyses = detector(book, **models(configured.settings)).analyze(drafts)
    if format_name == "json":
        json.dump({"drafts": [inspected(each, book.vocabulary.lexicon) for each in analyses]}, sys.stdout)
        click.echo()
        return
    for analysis in analyses:
        for line in lines(inspected(analysis, book.vocabulary.lexicon), analysis.draft.text):
            click.echo(line)
