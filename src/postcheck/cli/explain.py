"""`postcheck explain`: a rule, in the words of those who have to follow it."""

from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import load_rulebook
from postcheck.cli.options import rulebook_options


@click.command()
@click.argument("rule")
@rulebook_options
def explain(rule: str, config_file: Path | None, **given: Any) -> None:
    """Explain a rule: what it finds, why, what to write instead, whom to turn to."""
    from postcheck.config import configuration
    from postcheck.rule import Example

    book = load_rulebook(configuration(given, config_file))
    found = book.rule(rule)
    said, fill = found.rule, book.organization.fill

    def paragraph(title: str, text: str) -> None:
        if text:
            wrapped = click.wrap_text(fill(text), 78, "  ", "  ", preserve_paragraphs=True)
            click.echo(f"\n{click.style(title, bold=True)}\n{wrapped}")

    def examples(title: str, each: tuple[Example, ...]) -> None:
        click.echo(f"\n{click.style(title, bold=True)}")
        for example in (one.filled(fill) for one in each):
            click.echo(click.wrap_text(example.draft().text, 78, "  - ", "    "))
            if example.in_reply_to:
                click.echo(click.wrap_text(f"(in reply to: {example.in_reply_to})", 78, "    ", "    "))

    click.echo(f"{click.style(found.id, bold=True)}  {said.severity}\n")
    click.echo(click.wrap_text(fill(said.message), 78))
    paragraph("Why", said.why)
    paragraph("What to write instead", said.suggestion)
    if said.route:
        paragraph("Whom to turn to", str(book.organization.offices[said.route]))
    if said.citations:
        paragraph("Source", "; ".join(said.citations))
    examples("Flagged", said.examples.flagged)
    examples("Fine", said.examples.clean)
    click.echo(f"\nWritten in {found.path}, line {found.line}.")
