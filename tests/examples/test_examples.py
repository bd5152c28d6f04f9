"""The drafts in `examples/`, checked through the real command line and compared with `examples/expected/`.

`make golden` writes the expected reports anew; read what has changed before you commit it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
DRAFTS = sorted(path for path in EXAMPLES.iterdir() if path.is_file())


@pytest.fixture(scope="module")
def reports() -> dict[str, list[str]]:
    """The lines of the concise report, by the name of the draft."""
    command = [sys.executable, "-m", "postcheck", "check", "--format", "concise", *(path.name for path in DRAFTS)]
    done = subprocess.run(command, cwd=EXAMPLES, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines(keepends=True)
    return {path.name: [line for line in lines if line.startswith(f"{path.name}:")] for path in DRAFTS}


def test_there_are_examples_with_and_without_findings(reports: dict[str, list[str]]) -> None:
    assert len(reports) >= 8
    assert any(reports.values())
    assert not all(reports.values())


@pytest.mark.parametrize("draft", [path.name for path in DRAFTS])
def test_an_example_gets_its_expected_report(draft: str, reports: dict[str, list[str]]) -> None:
    expected = EXAMPLES / "expected" / f"{draft}.report"
    report = "".join(reports[draft])
    if os.environ.get("POSTCHECK_UPDATE_GOLDEN"):
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")


def test_every_expected_report_has_its_draft() -> None:
    assert {path.stem for path in (EXAMPLES / "expected").iterdir()} == {path.name for path in DRAFTS}
