"""The command line. A check is done by a resident postcheck where there is one, anything else in this process."""

import gc
import os
import sys

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
)
"""All commands, each a function in the module of its name."""

INCOMPLETE = 2
"""The exit code of anything that kept the check from being whole."""

OPTIONS = {"-h", "--help", "--version"}
"""The options that stand before a command."""


def main() -> None:
    """Run the command line.

    The process ends at once: to take apart what was loaded takes longer than a check. What is
    loaded is seldom searched for garbage, of which it makes next to none, and pydantic loads no plugins.
    """
    gc.set_threshold(100_000)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    code = answered() if _is_check(sys.argv[1:]) else None
    if code is None:
        from postcheck.cli.commands import run

        code = run()
    os._exit(code)


def _is_check(arguments: list[str]) -> bool:
    """Whether the command is `check`, or none is named, which means the same."""
    return bool(arguments) and arguments[0] not in {*COMMANDS, *OPTIONS} - {"check"}
