"""Reports on their way out: which format goes where, and what may be shown there."""

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from postcheck.cli.unexpected import INCOMPLETE
from postcheck.finding import Report, Severity
from postcheck.reporters import REPORTERS, Presentation

_ORDER = "postcheck.order"


@dataclass(frozen=True, slots=True)
class Sink:
    """A format and the file that it's written to; standard output if there is none."""

    format: str
    file: Path | None


class Reporting(click.Command):
    """A command with the options `--format` and `--output`, which may be given several times, and `--statistics`.

    It keeps the order in which they are given: an output belongs to the format before it.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        asked = {"formats", "outputs", "statistics"}
        ctx.meta[_ORDER] = [parameter.name for parameter in order if parameter.name in asked]
        return super().parse_args(ctx, args)


def sinks(formats: Sequence[str], outputs: Sequence[Path]) -> tuple[Sink, ...]:
    """Where each format goes: an output belongs to the format before it, the very first may stand before its format.

    Raises `click.UsageError` for an output that belongs to none, and if two formats would go to standard output.
    """
    names, files = iter(formats), iter(outputs)
    made: list[Sink] = []
    early: Path | None = None
    for option in click.get_current_context().meta[_ORDER]:
        if option != "outputs":
            made.append(Sink(next(names) if option == "formats" else option, early))
            early = None
        elif made and made[-1].file is None:
            made[-1] = replace(made[-1], file=next(files))
        elif made or early is not None:
            raise click.UsageError("Each --output belongs to a --format before it.")
        else:
            early = next(files)
    made = made or [Sink("terminal", early)]
    if sum(sink.file is None for sink in made) > 1:
        raise click.UsageError("Only one report can go to standard output: give an --output after each other --format.")
    return tuple(made)


def exit_code(report: Report, threshold: Severity | None) -> int:
    """0: nothing to mend. 1: a finding that is as grave as the threshold. 2: the check wasn't whole."""
    return INCOMPLETE if not report.complete else int(report.fails(threshold))


def write_report(report: Report, sink: Sink, show_text: bool, fail_on: Severity | None, quiet: bool) -> None:
    """Render the report. Text is shown to the author's own terminal alone."""
    if sink.file is None:
        own_terminal = sys.stdout.isatty()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        how = Presentation(
            show_text=show_text or (own_terminal and sink.format == "terminal"),
            fail_on=fail_on,
            quiet=quiet,
            width=None if own_terminal else 80,
            color=own_terminal,
        )
        REPORTERS[sink.format](report, sys.stdout, how)
        sys.stdout.flush()
        return
    how = Presentation(show_text=show_text, fail_on=fail_on, quiet=quiet, width=80, color=False)
    from postcheck.readers.writing import replacing

    with replacing(sink.file) as content:
        file = io.TextIOWrapper(content, "utf-8", newline="\n")
        REPORTERS[sink.format](report, file, how)
        file.detach()
