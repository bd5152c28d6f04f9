"""`postcheck config`: what is configured, and where."""

from pathlib import Path
from typing import Any

import click

from postcheck.cli.options import rulebook_options


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command()
@rulebook_options
def show(config_file: Path | None, **given: Any) -> None:
    """Print each setting and where it came from."""
    from postcheck.config import configuration

    configured = configuration(given, config_file)
    for name, origin in configured.origins.items():
        value = getattr(configured.settings, name)
        text = ", ".join(value) if isinstance(value, tuple) else str(value) if value is not None else ""
        click.echo(f"{name}: {text or '-'}  ({origin})")
