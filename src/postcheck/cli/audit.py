"""`postcheck audit`: what an archive of past posts holds."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postcheck.cli.loading import load_checker, load_rulebook, metadata
from postcheck.cli.options import choice_options, column_options, jobs_option, model_option, rulebook_options
from postcheck.cli.progress import Progress
from postcheck.draft import Author
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Severity
from postcheck.reporters.visible import visible

if TYPE_CHECKING:
    from collections import Counter

    from postcheck.archives.auditor import Auditor
    from postcheck.archives.findings import Audited
    from postcheck.archives.part import Part
    from postcheck.checker import Checker
    from postcheck.config import Configuration
    from postcheck.readers.columns import Columns

    Engine = Callable[[Sequence[Part], Callable[[], Auditor]], Iterator[Audited]]
    Counts = Counter[tuple[str, str | None, str | None]]

_NEEDS = {"local": ("pyarrow", "audit"), "ray": ("ray", "ray")}
"""What each engine can't do without, and the extra that brings it."""

_MOST_TOLD = 10
"""So many problems are told one by one; the table holds all."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ARCHIVE...")
@click.option(
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The Parquet file to write the findings into.",
)
@click.option(
    "--engine",
    type=click.Choice([*_NEEDS]),
    default="local",
    show_default=True,
    help="Where to judge: in this process, or on a Ray cluster, the one that RAY_ADDRESS names or one on this machine.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="How many workers judge on a Ray cluster.  [default: one for each processor]",
)
@jobs_option
@click.option(
    "--author",
    type=click.Choice([author.value for author in Author]),
    help="Who posted, unless the archive says so itself.",
)
@click.option("--channel", metavar="NAME", help="Where it was posted, unless the archive says so itself.")
@choice_options
@click.option("--baseline", metavar="FILE", help="A file of findings that are put up with.")
@column_options
@model_option
@rulebook_options
def audit(
    paths: tuple[Path, ...],
    output: Path,
    engine: str,
    workers: int | None,
    jobs: int,
    config_file: Path | None,
    columns: "Columns",
    **given: Any,
) -> int:
    """Judge an archive of past posts, and write what is found as Parquet.

    An archive is Parquet, CSV, TSV or JSON Lines: files, or folders of them, of any size. The
    findings hold no text of posts. Exit code 0: nothing found. 1: findings. 2: the archive could
    not be judged whole.
    """
    if workers is not None and engine != "ray":
        raise click.UsageError("--workers are those of a Ray cluster: give --engine ray, too.")
    if jobs != 1 and engine == "ray":
        raise click.UsageError("--jobs are processes of this machine alone: give --workers for a Ray cluster.")
    _require("local")
    _require(engine)
    from postcheck.archives import cut
    from postcheck.archives.discovery import archive
    from postcheck.archives.engines import here, on_ray
    from postcheck.archives.findings import findings_file
    from postcheck.archives.part import Part
    from postcheck.config import configuration
    from postcheck.policy import policies

    configured = configuration(given, config_file)
    policies(configured, load_rulebook(configured))  # what is wrong with the rules is told before all else
    found = archive(paths)
    _refuse(output, paths, found.files)
    told = [Part(problem.path or "", problems=(problem,)) for problem in found.problems]
    parts = [*told, *cut(found.files, columns)]
    judged: Engine = partial(on_ray, workers=workers) if engine == "ray" else here
    prepare = partial(_auditor, configured, columns, jobs)
    problems: list[str] = []
    with findings_file(output) as file, Progress(sum(part.rows for part in parts)) as progress:
        done = 0
        for part, audited in zip(parts, judged(parts, prepare), strict=True):
            file.add(audited)
            done += part.rows
            progress(done)
            problems += _problems(audited, _MOST_TOLD - len(problems))
    for problem in problems:
        click.echo(f"postcheck: {visible(problem)}", err=True)
    _tell(file.counts, file.posts, len(found.files), found.others, output)
    return _exit_code(file.counts, configured.settings.fail_on)


def _auditor(configured: "Configuration", columns: "Columns", jobs: int) -> "Auditor":
    """What judges the parts of an archive as the configuration asks."""
    from postcheck.archives.auditor import Auditor

    def load() -> "Checker":
        return load_checker(configured, load_rulebook(configured), jobs=jobs)

    return Auditor(load, metadata(configured), columns)


def _require(engine: str) -> None:
    """Raises `PostcheckError` if the package that an engine needs isn't installed."""
    package, extra = _NEEDS[engine]
    if find_spec(package) is None:
        hint = f'pip install "postcheck[{extra}]"'
        raise PostcheckError(Problem(f"this needs {package}, which isn't installed", hint=hint))


def _refuse(output: Path, paths: Sequence[Path], files: Sequence[Path]) -> None:
    """Raises `click.UsageError` if what is written would be, or become, a part of the archive."""
    written = output.resolve()
    folders = [path.resolve() for path in paths if path.is_dir()]
    if written in {file.resolve() for file in files} or any(folder in written.parents for folder in folders):
        raise click.UsageError("--output must not lie in the archive: its findings would be read as posts next time.")


def _problems(audited: "Audited", most: int) -> Iterator[str]:
    """At most so many of the problems in a part."""
    from postcheck.archives.findings import Kind

    rows = audited.table.select(["kind", "file", "row", "message"]).to_pylist() if most > 0 else []
    for row in [row for row in rows if row["kind"] == Kind.PROBLEM][:most]:
        yield str(Problem(row["message"], row["file"] or None, row["row"]))


def _tell(counts: "Counts", posts: int, files: int, others: Sequence[Path], output: Path) -> None:
    """What it comes to: the findings of each rule, then all together."""
    from postcheck.archives.findings import Kind
    from postcheck.reporters.summary import WORDS, counted, listed

    stands = {key[1:]: number for key, number in counts.items() if key[0] == Kind.FINDING}
    for severity, rule in sorted(stands, key=lambda key: (-stands[key], key)):
        click.echo(f"{stands[severity, rule]:9,}  {severity:7}  {rule}")
    alike = {each: sum(n for (severity, _), n in stands.items() if severity == each) for each in Severity}
    found = listed([counted(number, WORDS[severity]) for severity, number in alike.items() if number])
    silent = sum(number for key, number in counts.items() if key[0] == Kind.SUPPRESSED)
    problems = sum(number for key, number in counts.items() if key[0] == Kind.PROBLEM)
    suppressed = f" ({counted(silent, 'finding')} suppressed)" if silent else ""
    click.echo(f"{found or 'No findings'} in {counted(posts, 'post')} of {counted(files, 'file')}{suppressed}.")
    if others:
        shown = ", ".join(str(path) for path in others[:_MOST_TOLD]) + (", …" if len(others) > _MOST_TOLD else "")
        click.echo(f"Not read, since their formats aren't known: {shown}.")
    if problems:
        click.echo(f"The audit was NOT complete: {counted(problems, 'problem')}, each a row of the table.")
    click.echo(f"The table is in {output}.")


def _exit_code(counts: "Counts", fail_on: str) -> int:
    from postcheck.archives.findings import Kind

    if any(kind == Kind.PROBLEM for kind, _, _ in counts):
        return 2
    grave = [each for each in Severity if fail_on != "never" and each.rank <= Severity(fail_on).rank]
    return int(any(kind == Kind.FINDING and severity in grave for kind, severity, _ in counts))
