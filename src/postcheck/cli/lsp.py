"""`postcheck lsp`: findings in an editor, while a draft is written."""

import signal
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from postcheck.cli import kept
from postcheck.cli.loading import load_checker, load_rulebook, metadata
from postcheck.cli.rewriting import rereader, safe_texts
from postcheck.errors import PostcheckError, Problem

if TYPE_CHECKING:
    from postcheck.checker import Checker
    from postcheck.config import Configuration
    from postcheck.lsp.memory import Memory
    from postcheck.packs import Rulebook


@click.command()
@click.option("--stdio", is_flag=True, help="What some editors say; there is no other way.")
def lsp(stdio: bool) -> int:
    """Tell an editor what is found in a draft while it is written.

    It's a language server: an editor starts it and talks to it over standard input and output. It
    uses no network and writes your text nowhere. docs/editors.md says how to set up yours.

    Exit code 0: the editor took its leave. 1: it went without. 2: the server could not be started.
    """
    if find_spec("pygls") is None:
        hint = 'pip install "postcheck[lsp]"'
        raise PostcheckError(Problem("the language server needs pygls, which isn't installed", hint=hint))
    if sys.stdin.isatty():
        raise click.UsageError("an editor starts this, and talks to it: docs/editors.md says how to set up yours.")
    from postcheck.lsp.judging import Work
    from postcheck.lsp.server import serve
    from postcheck.redaction import Style

    def checker(configured: "Configuration", book: "Rulebook", memory: "Memory") -> "Checker":
        return load_checker(configured, book, cache=memory)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)  # nothing is begun that must be put away
    work = Work(
        ensure=lambda configured: kept.ensure(configured.settings),
        book=load_rulebook,
        checker=checker,
        defaults=metadata,
        rereader=rereader,
        safe=lambda drafts, configured, defaults: safe_texts(drafts, configured, Style.GENERALIZE, defaults),
    )
    return 0 if serve(work) else 1
