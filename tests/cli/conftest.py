"""postcheck, run as its users run it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache that all runs share, so that the rules aren't examined anew in each."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(tmp_path: Path, cache: Path) -> Run:
    """Runs postcheck in an empty folder with a home of its own."""

    def ran(*arguments: str, stdin: str | bytes = "") -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_CACHE_HOME": str(cache),
            "POSTCHECK_SOCKET": "",
        }
        data = stdin.encode() if isinstance(stdin, str) else stdin
        command = [sys.executable, "-m", "postcheck", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, input=data, capture_output=True, check=False)
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return ran
