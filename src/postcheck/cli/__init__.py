"""The command line: parse options, call the core, choose the reporter, set the exit code."""

import os
import sys
import traceback

import click

from postcheck import __version__
from postcheck.cli.audit import audit
from postcheck.cli.baseline import baseline
from postcheck.cli.check import check
from postcheck.cli.completion import completion
from postcheck.cli.config import config
from postcheck.cli.explain import explain
from postcheck.cli.fix import fix
from postcheck.cli.init import init
from postcheck.cli.inspect import inspect
from postcheck.cli.redact import redact
from postcheck.cli.rules import rules
from postcheck.errors import PostcheckError

INCOMPLETE = 2
"""The exit code of anything that kept the check from being whole."""


class _CheckByDefault(click.Group):
    """A group in which `postcheck PATH` means `postcheck check PATH`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names, "--version"}:
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_CheckByDefault, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="postcheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Check a social post before you post it.

    \b
    postcheck draft.txt            check a file
    postcheck posts/               check every draft in a folder
    postcheck --text "My post"     check a text
    postcheck fix draft.txt        mend what can be mended safely
    postcheck redact draft.txt     print it without what identifies a patient
    postcheck explain phi/ssn      what a rule means, and what to do

    Your text stays on this computer. No findings is not proof: you remain responsible for what
    you post.
    """


for command in (check, fix, redact, explain, rules, inspect, baseline, audit, config, init, completion):
    cli.add_command(command)


def main() -> None:
    """Run the command line. Whatever goes wrong ends in a clear sentence and exit code 2.

    The process ends at once: to take apart what was loaded takes longer than a check.
    """
    code = _run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads on, or the disk is full
        code = INCOMPLETE
    os._exit(code)


def _run() -> int:
    """Run the command that is asked for; its exit code."""
    try:
        cli.main(prog_name="postcheck")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except PostcheckError as error:
        for problem in error.problems:
            click.echo(f"postcheck: {problem}", err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # an exception's message may quote the draft: only its type and place are told
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{frames[-1].name}, line {frames[-1].lineno}" if frames else "an unknown place"
        click.echo(
            f"postcheck: stopped by an unexpected {type(error).__name__} in {place}; nothing was judged.", err=True
        )
        click.echo("The check was not made. Please report this, without your draft.", err=True)
    return INCOMPLETE
