"""`postcheck` alone: what it's for, and an example of it."""

import sys

import click

_WORDS = """\
postcheck reads a social post before you post it, and tells you what would break your
institution's guidelines: where, why, and what to write instead.

  postcheck draft.txt            check a file
  postcheck --text "My post"     check a text
  postcheck open                 check on a page in your browser, while you write
  postcheck --help               everything else

Your text stays on this computer. No findings is not proof: you remain responsible."""

_NEXT = """
Now one of your own: postcheck --text "What I want to post"
Mended as far as that is safe: postcheck fix draft.txt
Set up for your institution: postcheck init"""


def introduce() -> int:
    """Say what postcheck is and, at a terminal, offer an example; the exit code.

    Where nobody can be asked it is that of a command that is missing.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(_WORDS, err=True)
        return 2
    click.echo(_WORDS)
    if _agreed():
        click.echo()
        _check_example()
        click.echo(_NEXT)
    return 0


def _agreed() -> bool:
    """Whether an example is wanted; who goes away wants none."""
    try:
        return click.confirm("\nSee it on an example?", default=True)
    except click.Abort:
        click.echo()
        return False


def _check_example() -> None:
    """Check the post that comes with postcheck by the shipped rules, whatever is configured here.

    Raises `PostcheckError` if that can't be done.
    """
    from postcheck.checker import Checker
    from postcheck.cli.writing import Sink, write_report
    from postcheck.errors import PostcheckError
    from postcheck.example import example
    from postcheck.finding import Severity
    from postcheck.packs import load

    draft = example()
    click.echo(f"{draft.text}\n")
    report = Checker(load()).check([draft])
    write_report(report, Sink("terminal", None), False, Severity.WARNING, False)
    if not report.complete:
        raise PostcheckError(*report.diagnostics)
