"""`postcheck baseline`: findings that are put up with."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postcheck.cli.loading import load_checker, load_rulebook, metadata, read_drafts
from postcheck.cli.options import model_option, rulebook_options
from postcheck.errors import PostcheckError
from postcheck.finding import Finding, Report

if TYPE_CHECKING:
    from postcheck.config import Configuration
    from postcheck.suppression.baseline import Baseline, Entry

_FILE = click.option("--baseline", metavar="FILE", help="The baseline, if it isn't the configured one.")


@click.group()
def baseline() -> None:
    """Keep a list of findings that are put up with.

    It holds no text: only where each finding is, its rule, and a fingerprint from which nothing
    can be recovered. A finding that is in it is reported as suppressed, unless somebody called it
    a violation.
    """


@baseline.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_FILE
@model_option
@rulebook_options
def create(paths: tuple[Path, ...], config_file: Path | None, **given: Any) -> None:
    """Write what is found now into the baseline. The verdicts in it are kept."""
    from postcheck.config import configuration
    from postcheck.suppression.baseline import Baseline

    configured = configuration(given, config_file)
    file = _file(configured)
    old = Baseline.read(file) if file.exists() else Baseline(file)
    report, firm = _found(configured, paths)
    silent = [finding for finding in report.findings if finding.rule not in firm]
    new = old.keeping(old.entry(report, finding) for finding in silent)
    _write(new)
    click.echo(f"{len(new.entries)} findings are in {file}.")
    if rest := len(report.findings) - len(silent):
        click.echo(f"{rest} can't be put up with: postcheck check shows them.")
    if configured.settings.baseline is None:
        click.echo(f"To use it, write into .postcheck.yaml: baseline: {file.name}")


@baseline.command()
@_FILE
@model_option
@rulebook_options
def prune(config_file: Path | None, **given: Any) -> None:
    """Take out of the baseline what is no longer found."""
    from postcheck.config import configuration
    from postcheck.suppression.baseline import Baseline

    configured = configuration(given, config_file)
    old = Baseline.read(_file(configured))
    report, _ = _found(configured, old.files())
    found = {old.entry(report, finding).key for finding in report.findings}
    new = old.keeping(entry for entry in old.entries if entry.key in found)
    if new.entries != old.entries:
        _write(new)
    click.echo(f"{len(old.entries) - len(new.entries)} entries taken out, {len(new.entries)} kept.")


@baseline.command()
@_FILE
@model_option
@rulebook_options
def audit(config_file: Path | None, **given: Any) -> None:
    """Look at each finding in the baseline, and record what you think of it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("audit shows drafts and asks about them, so it needs your own terminal.")
    from postcheck.config import configuration
    from postcheck.suppression.baseline import Baseline

    configured = configuration(given, config_file)
    known = Baseline.read(_file(configured))
    report, _ = _found(configured, known.files())
    places = {known.entry(report, finding).key: finding for finding in report.findings}
    waiting = [entry for entry in known.entries if entry.verdict is None and entry.key in places]
    for number, entry in enumerate(waiting, 1):
        click.echo(f"\nFinding {number} of {len(waiting)}\n")
        _show(report, places[entry.key])
        judged = _judged(known, entry)
        if judged is None:
            break
        if judged != known:
            known = judged
            _write(known)
    verdicts = Counter(entry.verdict or "not judged" for entry in known.entries)
    click.echo("\n" + ", ".join(f"{number} {verdict}" for verdict, number in verdicts.items()) + ".")


def _judged(known: "Baseline", entry: "Entry") -> "Baseline | None":
    """The baseline with the answer of who looks at a finding; `None` if they want to stop."""
    from postcheck.suppression.baseline import Verdict

    answers = {verdict.value[0]: verdict for verdict in Verdict}
    question = "Is it [a]ccepted, a [f]alse alarm, a [v]iolation? Or [s]kip, [q]uit"
    answer = click.prompt(question, type=click.Choice([*answers, "s", "q"]), show_choices=False)
    if answer == "q":
        return None
    if answer == "s":
        return known
    verdict = answers[answer]
    reason = None if verdict is Verdict.VIOLATION else click.prompt("Why? (no names: others will read it)")
    return known.judged(entry, verdict, reason)


def _show(report: Report, finding: Finding) -> None:
    from postcheck.reporters import REPORTERS, Presentation

    one = Report((report.drafts[finding.draft],), (replace(finding, draft=0),))
    REPORTERS["terminal"](one, sys.stdout, Presentation(True, None, False, None, True))


def _file(configured: "Configuration") -> Path:
    from postcheck.suppression.baseline import FILE_NAME

    named = configured.settings.baseline
    return Path(named) if named is not None else Path(FILE_NAME)


def _found(configured: "Configuration", paths: Sequence[Path]) -> tuple[Report, frozenset[str]]:
    """What is found in files, whatever the baseline says, and the rules that can't be silenced.

    Raises `PostcheckError` if the check isn't whole.
    """
    from postcheck.readers.columns import Columns

    settings = configured.settings.model_copy(update={"baseline": None})
    bare = replace(configured, settings=settings)
    book = load_rulebook(bare)
    drafts, problems = read_drafts(paths, None, None, metadata(bare), Columns())
    report = load_checker(bare, book).check(drafts)
    if problems or not report.complete:
        raise PostcheckError(*problems, *report.diagnostics)
    return report, book.firm


def _write(new: "Baseline") -> None:
    from postcheck.readers.writing import write_over

    write_over(new.path, new.content())
