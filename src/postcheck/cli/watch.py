"""`postcheck watch`: check drafts again whenever they are saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postcheck.cli import kept
from postcheck.cli.loading import load_checker, load_rulebook, metadata, read_drafts
from postcheck.cli.options import choice_options, column_options, draft_options, model_option, rulebook_options
from postcheck.cli.writing import Sink, write_report
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Report
from postcheck.reporters.summary import counted, listed
from postcheck.reporters.visible import visible

if TYPE_CHECKING:
    from postcheck.checker import Checker
    from postcheck.config import Configuration
    from postcheck.readers.columns import Columns
    from postcheck.watching import Places

_NAMED = 3
"""So many files are named before a report; of more it's told how many they are."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@draft_options
@choice_options
@click.option("--baseline", metavar="FILE", help="Leave out the findings that this file puts up with.")
@click.option("--show-text", is_flag=True, help="Show draft text even where others may read it: a pipe, a file, CI.")
@click.option("--quiet", "-q", is_flag=True, help="Only what must be known.")
@column_options
@model_option
@rulebook_options
def watch(
    paths: tuple[Path, ...],
    reply_to: str | None,
    show_text: bool,
    quiet: bool,
    config_file: Path | None,
    columns: "Columns",
    **given: Any,
) -> None:
    """Check drafts, and again each time you save one, until you press Ctrl-C.

    A change of the configuration, of your rules, of the baseline or of a file beside a draft counts
    at once.
    """
    try:
        from postcheck.watching import stirrings
    except ImportError as error:
        if error.name != "watchfiles":
            raise
        hint = 'pip install "postcheck[watch]"'
        raise PostcheckError(Problem("watching needs a part that isn't installed", hint=hint)) from None
    watched = _Watched(paths, given, config_file)
    click.echo("Loading ...", err=True)
    before = _NOTHING
    try:
        for _ in stirrings(watched.places):
            now = watched.look()
            if before is _NOTHING and now.problems:
                raise PostcheckError(*now.problems)
            for file in sorted(before.files.keys() - now.files.keys()):
                _tell(f"{file} is gone")
            fresh = now.since(before)
            if fresh or (now.problems and now != before):
                _tell(_names(fresh) or "nothing was checked")
                report = now.report(fresh, reply_to, columns)
                write_report(report, Sink("terminal", None), show_text, watched.settings.threshold, quiet)
            if before is _NOTHING:
                where = listed([visible(str(path)) for path in paths])
                click.echo(f"\nWatching {counted(len(now.files), 'file')} in {where}; Ctrl-C ends it.")
            before = now
    except KeyboardInterrupt:
        click.echo("\nThe watch has ended.")


@dataclass(frozen=True, slots=True)
class _Means:
    """How drafts are checked: the checker, and what tells it from another."""

    configured: "Configuration"
    rules: str
    baseline: object
    checker: "Checker" = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What there is to check: each file with its state, and what is wrong with others.

    There are no `means` where what says how to check is broken; `problems` then say why.
    """

    files: Mapping[Path, object]
    problems: tuple[Problem, ...] = ()
    means: _Means | None = None

    def since(self, before: "_Sight") -> list[Path]:
        """The files to check, if those of `before` have been."""
        if self.means is None:
            return []
        anew = self.means != before.means
        return [file for file, state in self.files.items() if anew or before.files.get(file) != state]

    def report(self, files: Sequence[Path], reply_to: str | None, columns: "Columns") -> Report:
        """The report on some of the files, and on what is wrong."""
        if self.means is None:
            return Report(diagnostics=self.problems)
        configured = self.means.configured
        defaults, largest = metadata(configured, reply_to), configured.settings.max_file_mb
        drafts, problems = read_drafts(files, None, None, defaults, columns, largest)
        report = self.means.checker.check(drafts)
        return replace(report, diagnostics=(*self.problems, *problems, *report.diagnostics))


_NOTHING = _Sight({})


class _Watched:
    """The drafts at some paths, and all that says how they are checked.

    `settings` are the last that could be read. Raises `PostcheckError` if they can't be at first.
    """

    def __init__(self, paths: Sequence[Path], given: Mapping[str, Any], config_file: Path | None) -> None:
        self._paths = paths
        self._given = given
        self._config_file = config_file
        self.settings = self._configured().settings

    def look(self) -> _Sight:
        """What there is to check now. What is loaded for it is kept.

        The states are those before anything is read, so that what is written meanwhile shows the next time.
        """
        files, problems = self._files()
        try:
            configured = self._configured()
            self.settings = configured.settings
            kept.ensure(configured.settings)
            book = load_rulebook(configured)
            baseline = self._baseline()
            checker = load_checker(configured, book)
        except PostcheckError as error:
            return _Sight(files, error.problems)
        return _Sight(files, problems, _Means(configured, book.digest, baseline, checker))

    def places(self) -> "Places":
        """Where something may change what there is to check."""
        from postcheck.config import possible_files
        from postcheck.readers.discovery import searched
        from postcheck.rulefolders import is_package
        from postcheck.watching import Places

        drafts = [*self._paths, *self._files()[0]]
        rules = [folder for each in self.settings.rules if not is_package(folder := Path(each))]
        above = {folder for path in self._paths for folder in path.resolve().parents}
        files = {*drafts, *map(_beside, drafts), *rules, *(folder / ".gitignore" for folder in above)}
        files |= {self._config_file} if self._config_file else {*possible_files(Path.cwd())}
        files |= {Path(self.settings.baseline)} if self.settings.baseline else set()
        named = {file.parent.resolve() / file.name for file in files}
        folders = [*searched(self._paths), *rules, *(below for folder in rules for below in folder.rglob("*/"))]
        return Places(frozenset(named.union(map(Path.resolve, files))), frozenset(map(Path.resolve, folders)))

    def _configured(self) -> "Configuration":
        from postcheck.config import configuration

        return configuration(self._given, self._config_file)

    def _files(self) -> tuple[dict[Path, object], tuple[Problem, ...]]:
        """Each file to check, with its state and that of the one beside it; and what is wrong with the paths."""
        from postcheck.readers.discovery import discover

        found: dict[Path, object] = {}
        problems: list[Problem] = []
        for path in self._paths:
            try:
                found |= {file: (_state(file), _state(_beside(file))) for file in discover([path])}
            except PostcheckError as error:
                problems += error.problems
        return found, tuple(problems)

    def _baseline(self) -> object:
        return self.settings.baseline and _state(Path(self.settings.baseline))


def _beside(file: Path) -> Path:
    """The file beside a draft that silences findings in it."""
    from postcheck.suppression.sidecar import SUFFIX

    return Path(f"{file}{SUFFIX}")


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells a file from what it was before it was written to."""
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_ino, known.st_mtime_ns, known.st_size


def _names(files: Sequence[Path]) -> str:
    return listed([*map(str, files)]) if len(files) <= _NAMED else counted(len(files), "file")


def _tell(what: str) -> None:
    """A line with the time of day."""
    click.secho(f"\n{datetime.now():%H:%M:%S}  {visible(what)}", bold=True)
