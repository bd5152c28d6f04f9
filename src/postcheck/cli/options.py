"""Options that several commands share."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from postcheck.draft import Author
from postcheck.finding import Severity

_Command = TypeVar("_Command", bound=Callable[..., Any])


def rulebook_options(command: _Command) -> _Command:
    """Which rules: `--organization`, `--rules`, `--config` and `--profile`."""
    decorators = [
        click.option("--organization", metavar="NAME", help="The organization profile to check for."),
        click.option(
            "--rules",
            metavar="DIR",
            multiple=True,
            help="A folder of rules to add, or package:NAME. Repeatable.",
        ),
        click.option("--config", "config_file", type=click.Path(path_type=Path), help="The configuration file to use."),
        click.option("--profile", metavar="NAME", help="The profile in the configuration to use."),
    ]
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def draft_options(command: _Command) -> _Command:
    """What is said of drafts besides their text: `--author`, `--channel` and `--reply-to`."""
    decorators = [
        click.option(
            "--author",
            type=click.Choice([author.value for author in Author]),
            help="Who posts, unless the draft says so itself.",
        ),
        click.option("--channel", metavar="NAME", help="Where it will be posted, e.g. linkedin."),
        click.option("--reply-to", metavar="TEXT", help="The post that the draft answers."),
    ]
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def role_option(command: _Command) -> _Command:
    """What the author is: `--role`."""
    words = 'What you are at your institution, e.g. "nurse": for the disclosure.'
    return click.option("--role", metavar="ROLE", help=words)(command)


def style_option(words: str) -> Callable[[_Command], _Command]:
    """How a draft is redacted: `--style`, explained in these words."""
    styles = click.Choice(["generalize", "placeholder", "mask"])
    return click.option("--style", type=styles, default="generalize", show_default=True, help=words)


def idle_option(words: str) -> Callable[[_Command], _Command]:
    """After how many minutes without a request a server ends: `--idle`, explained in these words."""
    minutes = click.FloatRange(min=0, min_open=True)
    return click.option("--idle", metavar="MINUTES", type=minutes, default=30, show_default=True, help=words)


def choice_options(command: _Command) -> _Command:
    """Which rules count, and from which severity on: `--fail-on`, `--select` and `--ignore`."""
    decorators = [
        click.option(
            "--fail-on",
            type=click.Choice([*(severity.value for severity in Severity), "never"]),
            help="The mildest severity that makes the exit code 1.  [default: warning]",
        ),
        click.option("--select", metavar="RULE", multiple=True, help="Only this rule or pack. Repeatable."),
        click.option("--ignore", metavar="RULE", multiple=True, help="Not this rule or pack. Repeatable."),
    ]
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def jobs_option(command: _Command) -> _Command:
    """How many processes judge: `--jobs`, 0 for one for each core."""

    def number(context: click.Context, parameter: click.Parameter, asked: int) -> int:
        return asked or os.cpu_count() or 1

    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=0),
        default=1,
        callback=number,
        help="So many processes; 0: one for each core.",
    )(command)


def model_option(command: _Command) -> _Command:
    """Whether the learned model is asked: `--no-model`."""
    return click.option(
        "--no-model",
        "learned",
        flag_value=False,
        type=bool,
        default=None,
        help="Check by rules alone, without the learned model.",
    )(command)


def column_options(command: _Command) -> _Command:
    """Which columns of a table are meant, handed on as `columns`."""

    @wraps(command)
    def packed(
        *,
        text_column: tuple[str, ...],
        author_column: str | None,
        channel_column: str | None,
        id_column: str | None,
        **others: Any,
    ) -> Any:
        from postcheck.readers.columns import Columns

        return command(columns=Columns(text_column, author_column, channel_column, id_column), **others)

    decorators = [
        click.option("--text-column", metavar="HEADING", multiple=True, help="A table's column of text. Repeatable."),
        click.option("--author-column", metavar="HEADING", help="A table's column that says employee or official."),
        click.option("--channel-column", metavar="HEADING", help="A table's column that says where it is posted."),
        click.option("--id-column", metavar="HEADING", help="A table's column with each post's own id."),
    ]
    for decorator in reversed(decorators):
        packed = decorator(packed)
    return cast(_Command, packed)
