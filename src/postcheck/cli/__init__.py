"""The command line. A check is done by a resident postcheck where there is one, anything else in this process."""

import gc
import os
import sys

from postcheck.cli import unexpected
from postcheck.resident.client import answered

COMMANDS = (
    "check",
    "fix",
    "redact",
    "explain",
    "rules",
    "inspect",
    "baseline",
    "audit",
    "config",
    "cache",
    "init",
    "serve",
    "completion",
    "open",
    "doctor",
    "watch",
    "clip",
    "lsp",
)
"""All commands, each a function in the module of its name."""

OPTIONS = {"-h", "--help", "--version"}
"""The options that stand before a command."""


def main() -> None:
    """Run the command line.

    The process ends at once: to take apart what was loaded takes longer than a check. What is
    loaded is seldom searched for garbage, of which it makes next to none, and pydantic loads no plugins.
    """
    gc.set_threshold(100_000)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    _open_streams()
    unexpected.watch()
    code = answered() if _is_check(sys.argv[1:]) else None
    os._exit(_run() if code is None else code)


def _run() -> int:
    """Run the command in this process; its exit code."""
    try:
        from postcheck.cli.commands import run

        return run()
    except ImportError as error:
        sys.stderr.write(
            f"postcheck: {error.name or 'a library'} can't be loaded: nothing was checked. Install postcheck again.\n"
        )
    except MemoryError:
        sys.stderr.write("postcheck: there isn't enough memory: nothing was checked. Close other programs.\n")
    return unexpected.INCOMPLETE


def _open_streams() -> None:
    """Open standard streams that the caller has closed, to nowhere: else the next file would take their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _is_check(arguments: list[str]) -> bool:
    """Whether the command is `check`, or none is named, which means the same; or `clip`, a check of what was copied."""
    return bool(arguments) and arguments[0] not in {*COMMANDS, *OPTIONS} - {"check", "clip"}
