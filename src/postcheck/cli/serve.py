"""`postcheck serve`: keep everything loaded, so that checks answer at once."""

import os
import sys
from contextlib import suppress
from itertools import chain
from pathlib import Path

import click

from postcheck.cli.options import idle_option
from postcheck.errors import PostcheckError, Problem
from postcheck.resident.place import VARIABLE, likeness, possible, socket_path

_HARMLESS = "Our patient rang the bell on March 9, and the whole clinic sang."


@click.command()
@click.option(
    "--socket",
    "asked",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Where to listen; checks ask there if {VARIABLE} says so.  [default: postcheck.sock in $XDG_RUNTIME_DIR]",
)
@idle_option("End when no check has come for so long.")
@click.option("--background", is_flag=True, help="Go on without this terminal; return when checks are answered.")
@click.option("--stop", is_flag=True, help="End the one that is running.")
def serve(asked: Path | None, idle: float, background: bool, stop: bool) -> None:
    """Keep the rules and the models loaded, so that each check answers at once.

    postcheck check finds it by itself and says the same as without it, only sooner. It answers
    nobody but you, uses no network, and keeps no text.
    """
    if not possible():
        raise PostcheckError(Problem("there can be no resident postcheck on this system", hint="checks work without"))
    from postcheck.resident import server

    path = _path(asked)
    if stop:
        server.stop(path)
        click.echo("The resident postcheck has ended.")
        return
    own = likeness()
    reservation = server.reserve(path)
    _prepare(path.parent)
    from postcheck.cli import kept
    from postcheck.cli.commands import run

    def announce() -> None:
        click.echo(f"Checks are now answered at {path}")
        if asked and os.environ.get(VARIABLE) != str(asked):
            click.echo(f"They ask there where {VARIABLE}={path} is set.")
        sys.stdout.flush()
        if background and not server.into_background(reservation):
            os._exit(0)

    server.serve(reservation, own, idle * 60, server.Work(run, kept.missed, kept.keep), announce)


def _path(asked: Path | None) -> Path:
    path = str(asked.absolute()) if asked else socket_path()
    if path is None:
        raise PostcheckError(Problem("there is no place for a socket", hint="name one with --socket"))
    return Path(path)


def _prepare(folder: Path) -> None:
    """Load what the settings in the current folder ask for, and all that a check may need.

    From then on the process is in `folder`, so that it keeps no other busy.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads had better not be forked
    from postcheck.cli import kept
    from postcheck.cli.commands import cli
    from postcheck.config import configuration
    from postcheck.readers import READERS, read
    from postcheck.readers.metadata import Metadata
    from postcheck.reporters import REPORTERS

    settings = configuration({}).settings
    os.chdir(folder)
    kept.load(kept.Wish.of(settings))
    for suffix in READERS:
        with suppress(PostcheckError):
            read(_HARMLESS.encode(), f"draft{suffix}", Metadata())
    each_format = (("--format", name, "--output", os.devnull) for name in REPORTERS)
    cli.main(["check", "--text", _HARMLESS, *chain(*each_format)], "postcheck", standalone_mode=False)
