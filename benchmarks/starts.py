"""What a command takes from its start to its end, and what a check takes that is answered from what is kept."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

POSTCHECK = [sys.executable, "-m", "postcheck"]
BARE = "import click, rich"

COMMANDS: Mapping[str, list[str]] = {
    "--version": [*POSTCHECK, "--version"],
    "--help": [*POSTCHECK, "--help"],
    "rules list": [*POSTCHECK, "rules", "list"],
    "explain phi/ssn": [*POSTCHECK, "explain", "phi/ssn"],
    "config show": [*POSTCHECK, "config", "show"],
    BARE: [sys.executable, "-c", BARE],
}
"""Commands that judge nothing, and Python with the two libraries that any of them needs."""

ANSWERED: Mapping[str, Callable[[str], list[str]]] = {
    "postcheck, unchanged draft": lambda file: [*POSTCHECK, "check", "--format", "concise", file],
    "postcheck, resident": lambda file: [*POSTCHECK, "check", "--format", "concise", "--no-cache", file],
    "proselint": lambda file: [sys.executable, "-m", "proselint", "check", file],
}
"""Checks of a file that was checked before, by a resident process, and by a linter without a model."""


def started(command: list[str], environment: Mapping[str, str]) -> float:
    """The time from the start of a process to its end, on one core."""
    begun = perf_counter()
    subprocess.run(pinned(command), env=environment, capture_output=True, check=False)
    return perf_counter() - begun


def pinned(command: list[str]) -> list[str]:
    """A command on one processor core, where the system can do that."""
    return ["taskset", "--cpu-list", "0", *command] if sys.platform == "linux" else command


_PREPARES = 8
"""Seconds in which a resident has loaded what its first client wished for."""


@contextmanager
def resident(folder: Path) -> Iterator[Mapping[str, str]]:
    """A resident postcheck, and the environment in which it's asked."""
    folder.chmod(0o700)
    environment = environment_of() | {"POSTCHECK_SOCKET": str(folder / "postcheck.sock")}
    subprocess.run([*POSTCHECK, "serve", "--background"], env=environment, check=True, capture_output=True)
    try:
        subprocess.run([*POSTCHECK, "--text", "Hello"], env=environment, check=False, capture_output=True)
        sleep(_PREPARES)
        yield environment
    finally:
        subprocess.run([*POSTCHECK, "serve", "--stop"], env=environment, check=True, capture_output=True)


def environment_of() -> dict[str, str]:
    """The environment of what is measured: modules are kept compiled, as they are in an installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"POSTCHECK_SOCKET": ""}
