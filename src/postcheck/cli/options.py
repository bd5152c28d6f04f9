"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from postcheck.config import Configuration, Settings
    from postcheck.packs import Rulebook

_Command = TypeVar("_Command", bound=Callable[..., Any])


def rulebook_options(command: _Command) -> _Command:
    """Which rules: `--organization`, `--rules` and `--config`."""
    decorators = [
        click.option("--organization", metavar="NAME", help="The organization profile to check for."),
        click.option(
            "--rules",
            metavar="DIR|package:NAME",
            multiple=True,
            help="A folder of rules to add, or package:NAME. Repeatable.",
        ),
        click.option("--config", "config_file", type=click.Path(path_type=Path), help="The configuration file to use."),
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


def models(settings: "Settings") -> dict[str, Any]:
    """Which models the configuration asks for, as the checker takes them."""
    return {name: value for name in ("model", "names", "learned") if (value := getattr(settings, name)) is not None}


def load_rulebook(configuration: "Configuration") -> "Rulebook":
    """The rulebook that the configuration asks for."""
    from postcheck.packs import load

    settings = configuration.settings
    return load([Path(folder) for folder in settings.rules], settings.organization)
