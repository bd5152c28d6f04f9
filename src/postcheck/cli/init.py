"""`postcheck init`: the first files of an institution."""

from pathlib import Path

import click

from postcheck.errors import PostcheckError, Problem


@click.command()
@click.option("--organization", metavar="NAME", required=True, help="Your institution, as people say it.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
def init(organization: str, folder: Path) -> None:
    """Write a profile of your institution and a configuration that uses it. Never writes over a file."""
    from postcheck.config import FILE_NAME
    from postcheck.starting import FOLDER, configuration, profile, slug

    files = {
        folder / FOLDER / "organizations" / f"{slug(organization)}.yaml": profile(organization),
        folder / FILE_NAME: configuration(organization),
    }
    if there := [path for path in files if path.exists()]:
        raise PostcheckError(*(Problem("is there already; nothing was written", str(path)) for path in there))
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise PostcheckError(Problem(f"can't be written: {error.strerror}", str(path))) from None
        click.echo(f"wrote {path}")
    click.echo("Next: fill in the offices and names in the profile, then run postcheck rules test.")
