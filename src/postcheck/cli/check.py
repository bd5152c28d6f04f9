"""`postcheck check`: judge drafts and report."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from postcheck.cli.loading import load_checker, load_rulebook, metadata, read_drafts
from postcheck.cli.options import (
    choice_options,
    column_options,
    draft_options,
    jobs_option,
    model_option,
    rulebook_options,
)
from postcheck.cli.progress import Progress
from postcheck.cli.writing import Reporting, exit_code, sinks, write_report
from postcheck.errors import PostcheckError
from postcheck.reporters import REPORTERS

if TYPE_CHECKING:
    from postcheck.checker import Checker
    from postcheck.cli.loading import Defaults
    from postcheck.readers.columns import Columns
    from postcheck.suppression import Source


@click.command(cls=Reporting)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", metavar="TEXT", help="Check this text instead of a file.")
@click.option("--stdin-filename", metavar="NAME", help="The name, and so the format, of what comes by standard input.")
@draft_options
@click.option(
    "--format",
    "formats",
    type=click.Choice([*REPORTERS]),
    multiple=True,
    help="How to report. Repeatable.  [default: terminal]",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule: --format statistics.")
@click.option(
    "--output",
    "outputs",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Write the report of the --format before it to a file. Repeatable.",
)
@choice_options
@click.option("--baseline", metavar="FILE", help="Leave out the findings that this file puts up with.")
@click.option("--diff-base", metavar="REVISION", help="Only what git sees as changed since: a branch, tag or commit.")
@click.option("--show-text", is_flag=True, help="Show draft text even where others may read it: a pipe, a file, CI.")
@click.option("--quiet", "-q", is_flag=True, help="Only what must be known.")
@jobs_option
@click.option("--no-cache", is_flag=True, help="Judge anew what hasn't changed since it was checked.")
@click.option("--timings", is_flag=True, help="Tell on standard error where the time went.")
@column_options
@model_option
@rulebook_options
def check(
    paths: tuple[Path, ...],
    text: str | None,
    stdin_filename: str | None,
    reply_to: str | None,
    formats: tuple[str, ...],
    outputs: tuple[Path, ...],
    statistics: bool,
    diff_base: str | None,
    show_text: bool,
    quiet: bool,
    jobs: int,
    no_cache: bool,
    timings: bool,
    config_file: Path | None,
    columns: "Columns",
    **given: Any,
) -> int:
    """Check drafts: files, folders, or - for standard input.

    Exit code 0: nothing to mend. 1: findings. 2: the check could not be made whole.
    """
    if text is None and not paths:
        raise click.UsageError("Name a file or a folder, or give a text with --text.")
    if text is not None and paths:
        raise click.UsageError("Give either paths or --text, not both.")
    if diff_base is not None and (text is not None or Path("-") in paths):
        raise click.UsageError("--diff-base needs files: git knows no changes of a text or of standard input.")
    where = sinks(formats, outputs)
    stages = _Stages()
    with stages.of("loading the libraries"):
        from postcheck.config import configuration
    with stages.of("loading the rules"):
        configured = configuration(given, config_file)
        settings = configured.settings
        book = load_rulebook(configured)
        defaults = metadata(configured, reply_to)
    with stages.of("reading the drafts"):
        drafts, problems = read_drafts(paths, text, stdin_filename, defaults, columns, settings.max_file_mb)
    with stages.of("loading the checker"):
        from postcheck.resultcache import ResultCache

        cache = None if no_cache else ResultCache.of_user()
        checker = load_checker(configured, book, cache=cache, jobs=jobs)
        if diff_base is not None:
            checker = checker.silencing(_unchanged(diff_base, checker, defaults, columns))
    with stages.of("checking"), Progress(len(drafts)) as progress:
        report = checker.check(drafts, progress)
    report = replace(report, diagnostics=(*problems, *report.diagnostics))
    threshold = settings.threshold
    with stages.of("reporting"):
        for sink in where:
            write_report(report, sink, show_text, threshold, quiet)
    if timings:
        stages.tell(checker.seconds)
    return exit_code(report, threshold)


def _unchanged(revision: str, checker: "Checker", defaults: "Defaults", columns: "Columns") -> "Source":
    """What silences the findings that aren't new since a revision."""
    from postcheck.changes import Changes
    from postcheck.readers import read
    from postcheck.suppression import unchanged

    changes = Changes.since(revision)

    def known(path: str) -> frozenset[str]:
        content = changes.before(path)
        try:
            drafts = () if content is None else read(content, path, defaults(path), columns)
        except PostcheckError:  # what couldn't be read then excuses nothing now
            drafts = ()
        return frozenset(each.fingerprint for judgement in checker.judge(drafts) for each in judgement.findings)

    return unchanged(checker.packs, changes.lines, known)


class _Stages:
    """The seconds that each stage takes."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        begun = perf_counter()
        yield
        self._seconds[name] = perf_counter() - begun

    def tell(self, inside: Mapping[str, float]) -> None:
        """Print each stage, and below the checking what it's made of, the longest first."""
        for name, seconds in self._seconds.items():
            click.echo(f"{seconds * 1000:9.1f} ms  {name}", err=True)
            for part in sorted(inside, key=lambda each: -inside[each]) if name == "checking" else ():
                click.echo(f"{inside[part] * 1000:9.1f} ms    {part}", err=True)
