"""`postcheck` alone, run as its users run it."""

import os
import subprocess
import sys
from pathlib import Path

from postcheck.example import KNOWN, example
from tests.cli.conftest import Run


def test_it_explains_itself_in_ten_lines_and_fails_where_nobody_can_be_asked(run: Run) -> None:
    done = run()
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) <= 10
    for word in ("postcheck draft.txt", "--text", "postcheck open", "--help", "stays on this computer", "not proof"):
        assert word in done.stderr


def test_the_example_is_shown_checked_and_followed_by_what_to_try(at_terminal: Run, tmp_path: Path) -> None:
    (tmp_path / ".postcheck.yaml").write_text("colour: blue\n")  # what is configured here makes no difference
    done = at_terminal(typed="\n")
    assert done.returncode == 0
    assert all(line in done.stdout for line in example().text.splitlines())
    assert all(rule in done.stdout for rule in KNOWN)
    assert done.stdout.rstrip().endswith("postcheck init")


def test_whoever_wants_no_example_is_shown_none(at_terminal: Run) -> None:
    done = at_terminal(typed="n\n")
    assert done.returncode == 0
    assert "[Y/n]" in done.stdout
    assert "error" not in done.stdout


def test_whoever_goes_away_has_stopped_no_check(at_terminal: Run) -> None:
    done = at_terminal(typed="\x04")
    assert done.returncode == 0
    assert "not made whole" not in done.stdout


def test_nothing_is_loaded_that_the_question_doesnt_need() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "postcheck"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=os.environ, check=False
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "postcheck.cli.introduction" in loaded
    assert not {name for name in loaded if name.partition(".")[0] in {"pydantic", "spacy", "numpy", "yaml", "rich"}}
