"""The commands: parse options, call the core, choose the reporter, set the exit code."""

import os
import signal
import sys
from importlib import import_module
from traceback import walk_tb

import click

from postcheck import __version__
from postcheck.cli import COMMANDS, OPTIONS
from postcheck.cli.unexpected import INCOMPLETE, tell, watch_libraries
from postcheck.errors import PostcheckError
from postcheck.reporters.visible import visible


class _CheckByDefault(click.Group):
    """A group in which `postcheck PATH` means `postcheck check PATH`. A command is imported when it's asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"postcheck.cli.{cmd_name}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*COMMANDS, *OPTIONS}:
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_CheckByDefault,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, package_name="postcheck", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
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
    if context.invoked_subcommand is None:
        from postcheck.cli.introduction import introduce

        context.exit(introduce())


def run() -> int:
    """Run the command that is asked for and print all that it has to say; its exit code.

    Whatever goes wrong ends in a clear sentence and exit code 2. Raises `ImportError` and `MemoryError`.
    """
    watch_libraries()
    code = _run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads on, or the disk is full
        code = INCOMPLETE
    return code


def _as_it_should(ended: SystemExit) -> bool:
    """Whether Click ended the process after completions for a shell, or Click or Rich since nobody reads on."""
    *_, (frame, _) = walk_tb(ended.__traceback__)
    by_click: bool = frame.f_globals["__name__"] == click.core.__name__
    return by_click or isinstance(ended.__context__, BrokenPipeError)


def _run() -> int:
    """Run the command that is asked for; its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is begun is put away
    try:
        returned = cli.main(prog_name="postcheck", standalone_mode=False)
    except SystemExit as ended:
        if _as_it_should(ended):
            return INCOMPLETE if ended.code else 0
        tell(type(ended), ended.__traceback__)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        click.echo("\npostcheck: stopped; the check was not made whole.", err=True)
    except PostcheckError as error:
        for problem in error.problems:
            click.echo(f"postcheck: {visible(str(problem))}", err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ImportError, MemoryError):
        raise
    except BaseException as error:  # a library in Rust that panics raises no `Exception`
        tell(type(error), error.__traceback__)
    else:
        return returned if isinstance(returned, int) else 0
    return INCOMPLETE
