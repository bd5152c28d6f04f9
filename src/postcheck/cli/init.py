"""`postcheck init`: the first files of an institution, and of a repository of drafts."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postcheck.draft import Author
from postcheck.errors import PostcheckError, Problem
from postcheck.repository import WORKFLOWS, repository

if TYPE_CHECKING:
    from postcheck.starting import Start

_NONE = "no"
_ACCOUNTS = click.Choice([author.value for author in Author])
_SERVICES = click.Choice([*WORKFLOWS, _NONE])


@click.command()
@click.option("--organization", metavar="NAME", help="Your institution, as people say it.")
@click.option("--role", metavar="ROLE", help='What you are there, e.g. "nurse": for the disclosure.')
@click.option("--author", type=_ACCOUNTS, help="Whose account posts.")
@click.option("--hook/--no-hook", default=None, help="Check drafts before each commit, with pre-commit.")
@click.option("--workflow", type=_SERVICES, help="Check drafts in pull requests there.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(folder: Path, **said: Any) -> None:
    """Write a configuration, a profile of your institution, and what checks drafts in a git repository.

    At a terminal it asks for what no option says. It never writes over a file: what is to go into
    one that is there already, it shows. It writes all of the files or none.
    """
    top = repository(folder) == folder.absolute()
    if sys.stdin.isatty() and sys.stdout.isatty():
        try:
            said = _asked(said, folder, top)
        except click.Abort:
            click.echo()
            raise PostcheckError(Problem("stopped; nothing was written")) from None
    if said["organization"] is None:
        raise click.UsageError("Say which institution: --organization NAME. At a terminal you are asked.")
    start = _start(**said)
    if not top and (start.hook or start.workflow):
        message = "isn't the top folder of a git repository, where hooks and workflows belong; nothing was written"
        raise PostcheckError(Problem(message, str(folder), hint="run postcheck init there, or git init first"))
    _write(start, folder)


def _start(organization: str, role: str | None, author: str | None, hook: bool | None, workflow: str | None) -> "Start":
    from postcheck.starting import Start

    service = None if workflow == _NONE else workflow
    return Start(organization, role or None, Author(author) if author else None, bool(hook), service)


def _asked(said: Mapping[str, Any], folder: Path, top: bool) -> dict[str, Any]:
    """What the options say and, where they say nothing, the person at the terminal. Raises `click.Abort`.

    `top`: the folder is the top one of a git repository.
    """
    questions: dict[str, Callable[[], Any]] = {"organization": _organization, "role": _role, "author": _author}
    if top:
        questions |= {"hook": _hook, "workflow": lambda: _workflow(folder)}
    answers = {name: ask() for name, ask in questions.items() if said[name] is None}
    return {**said, **answers}


def _organization() -> str:
    from postcheck.starting import shipped_profile

    shipped = shipped_profile()
    return str(click.prompt(f"Your institution, as people say it ({shipped} has a profile already)", default=shipped))


def _role() -> str:
    question = "What are you there? The disclosure says it (e.g. nurse; empty: each person is asked)"
    return str(click.prompt(question, default="", show_default=False))


def _author() -> str:
    question = "Whose account posts, an employee's own or the official one?"
    return str(click.prompt(question, type=_ACCOUNTS, default=Author.EMPLOYEE.value))


def _hook() -> bool:
    return click.confirm("Check drafts before each commit (a hook)?", default=True)


def _workflow(folder: Path) -> str:
    likely = next((name for name, file in WORKFLOWS.items() if (folder / Path(file).parts[0]).exists()), _NONE)
    return str(click.prompt("Check drafts in pull requests?", type=_SERVICES, default=likely))


def _write(start: "Start", folder: Path) -> None:
    """Write the files that aren't there, and show what is to go into those that are."""
    from postcheck.starting import write_new

    own = start.settings(folder)
    if there := [path for path in own if os.path.lexists(path)]:
        raise PostcheckError(*(Problem("is there already; nothing was written", str(path)) for path in there))
    checks = start.checks(folder)
    there = [path for path in checks if os.path.lexists(path)]
    new = [*own, *(path for path in checks if path not in there)]
    write_new({path: (own | checks)[path] for path in new})
    for path in new:
        click.echo(f"wrote {path}")
    for path in there:
        click.echo(f"{path} is there already. It must also say:\n\n{checks[path]}")
    for step in _next(start):
        click.echo(f"Next: {step}")


def _next(start: "Start") -> Iterator[str]:
    """What is left to do."""
    if not start.shipped:
        yield "fill in the offices and names in the profile, then run postcheck rules test."
    if start.hook:
        yield "run pip install pre-commit, then pre-commit install, which makes git run the hook."
    yield "run postcheck doctor, which tells whether everything works."
