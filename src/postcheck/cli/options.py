"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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
