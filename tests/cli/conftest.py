"""postcheck, run as its users run it."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

CTRL_D = "\x04"
"""Typed at a terminal: there is no more."""


def surroundings(home: Path, cache: Path) -> dict[str, str]:
    """An environment with a home and a cache of its own, and without a resident."""
    own = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "XDG_CACHE_HOME": cache, "POSTCHECK_SOCKET": ""}
    return os.environ | {name: str(value) for name, value in own.items()}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache that all runs share, so that the rules aren't examined anew in each."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(tmp_path: Path, cache: Path) -> Run:
    """Runs postcheck in an empty folder with a home of its own."""

    def ran(*arguments: str, stdin: str | bytes = "") -> "subprocess.CompletedProcess[str]":
        environment = surroundings(tmp_path, cache)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "postcheck", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, input=data, capture_output=True, check=False)
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return ran


@pytest.fixture
def at_terminal(tmp_path: Path, cache: Path) -> Run:
    """Runs postcheck at a terminal where `typed` is typed, in an empty folder with a home of its own.

    `stdout` is what the terminal shows, colors taken away.
    """

    def ran(*arguments: str, typed: str) -> "subprocess.CompletedProcess[str]":
        environment = surroundings(tmp_path, cache) | {"TERM": "dumb", "COLUMNS": "100"}
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "postcheck", *arguments]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux ends a terminal that its last user has closed by an error
                break
            if not part:
                break
            shown += part
        os.close(ours)
        return subprocess.CompletedProcess(command, process.wait(60), shown.decode("utf-8").replace("\r\n", "\n"), "")

    return ran
