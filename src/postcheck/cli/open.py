"""`postcheck open`: a page in the browser that checks a draft as it's written."""

import webbrowser
from pathlib import Path
from typing import Any

import click

from postcheck.cli.loading import load_checker, load_rulebook
from postcheck.cli.options import idle_option, model_option, role_option, rulebook_options
from postcheck.cli.rewriting import redactor
from postcheck.cli.unexpected import tell
from postcheck.draft import Author
from postcheck.errors import PostcheckError, Problem


@click.command()
@click.option(
    "--author",
    type=click.Choice([author.value for author in Author]),
    help="Who posts, unless you say otherwise there.",
)
@click.option("--channel", metavar="NAME", help="Where it will be posted, e.g. linkedin.")
@role_option
@idle_option("End when the page has asked nothing for so long.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@model_option
@rulebook_options
def open(idle: float, no_browser: bool, config_file: Path | None, **given: Any) -> None:
    """Check a draft on a page in your browser, while you write it.

    The page comes from this computer and is for nobody else: your text goes nowhere, and nothing
    of it is kept. Ctrl-C ends it.
    """
    try:
        from postcheck.page.serving import serve
    except ImportError as error:
        if error.name not in {"starlette", "uvicorn"}:
            raise
        hint = 'pip install "postcheck[web]"'
        raise PostcheckError(Problem("the page needs a part that isn't installed", hint=hint)) from None
    from postcheck.cli import kept
    from postcheck.config import configuration
    from postcheck.page.reviewing import Defaults, Reviewer
    from postcheck.redaction import Style

    configured = configuration(given, config_file)
    settings = configured.settings
    click.echo("Loading ...", err=True)
    kept.ensure(settings)
    book = load_rulebook(configured)
    safe = redactor(configured, book, Style.GENERALIZE)
    defaults = Defaults(settings.author or Author.EMPLOYEE, settings.channel, settings.role)
    reviewer = Reviewer(load_checker(configured, book), safe, book, defaults)

    def announce(address: str) -> None:
        click.echo(f"Your page: {address}")
        click.echo("It is for you alone. Ctrl-C ends it.")
        if not no_browser:
            webbrowser.open(address)

    try:
        serve(reviewer, idle * 60, tell, announce)
    except KeyboardInterrupt:
        click.echo()
    except OSError as error:
        raise PostcheckError(Problem(f"the page can't be served on this computer: {error.strerror}")) from None
    click.echo("The page has ended.")
