"""`postcheck doctor`: whether everything works, and what to do where it doesn't."""

from pathlib import Path

import click

from postcheck.cli.unexpected import INCOMPLETE


@click.command()
def doctor() -> int:
    """Tell whether all that a check needs works here, and what to do where it doesn't.

    Exit code 0: a check has all that it needs. 2: something that it needs is broken.
    """
    from postcheck.doctor import State, examined
    from postcheck.reporters.visible import visible

    colors = {State.FINE: "green", State.NOTE: "yellow", State.BROKEN: "red"}
    broken = False
    for name, result in examined(Path.cwd()):
        state = click.style(f"{result.state:6}", fg=colors[result.state])
        click.echo(f"{state}  {name}: {visible(result.sentence)}")
        if result.way_out:
            click.echo(f"{'':8}-> {visible(result.way_out)}")
        broken |= result.state is State.BROKEN
    end = "Mend what is broken, and run postcheck doctor again." if broken else "A check has all that it needs."
    click.echo(end)
    return INCOMPLETE if broken else 0
