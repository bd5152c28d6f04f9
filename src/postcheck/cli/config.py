"""`postcheck config`: what is configured, and where."""

import json
from pathlib import Path
from typing import Any

import click

from postcheck.cli.options import rulebook_options


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command()
@click.argument("path", required=False)
@rulebook_options
def show(path: str | None, config_file: Path | None, **given: Any) -> None:
    """Print each setting and where it came from; for a PATH, what holds for that file."""
    from postcheck.config import configuration

    configured = configuration(given, config_file)
    settings = configured.settings if path is None else configured.at(path)
    said = settings.model_dump(mode="json", exclude_unset=True)
    for name, origin in configured.origins.items():
        value = said.get(name, getattr(settings, name))
        if getattr(settings, name) != getattr(configured.settings, name):
            origin = f"{configured.origins['overrides']}, overrides"
        click.echo(f"{name}: {_shown(value)}  ({origin})")


@config.command()
@click.argument("file", type=click.Choice(["config", "sidecar"]), default="config")
def schema(file: str) -> None:
    """Print the JSON Schema of a configuration, or of the file beside a draft, for editors."""
    from postcheck.config import Settings
    from postcheck.model import Model
    from postcheck.suppression.sidecar import Sidecar

    models: dict[str, type[Model]] = {"config": Settings, "sidecar": Sidecar}
    click.echo(json.dumps(models[file].model_json_schema(), indent=2))


def _shown(value: Any) -> str:
    """A value on one line, as YAML has it."""
    if value is None or value in ((), {}, []):
        return "-"
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return json.dumps(value) if isinstance(value, dict | list) else str(value)
