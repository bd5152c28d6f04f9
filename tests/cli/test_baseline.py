"""`postcheck baseline`, run as its users run it."""

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

STORY = "My patient Maria coded twice before lunch.\n"
FILE = ".postcheck-baseline.json"


@pytest.fixture
def known(run: Run, tmp_path: Path) -> Path:
    """A folder in which everything that is found is in the baseline, and the baseline is configured."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.txt").write_text(f"Good morning.\n\n{STORY}", encoding="utf-8")
    done = run("baseline", "create", "posts")
    assert done.returncode == 0, done.stderr
    assert f"baseline: {FILE}" in done.stdout
    (tmp_path / ".postcheck.yaml").write_text(f"baseline: {FILE}\n", encoding="utf-8")
    return tmp_path


def entries(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / FILE).read_text(encoding="utf-8"))["findings"]
    return found


def test_what_was_found_is_put_up_with_and_what_is_new_is_not(run: Run, known: Path) -> None:
    assert run("posts").returncode == 0
    assert "suppressed" in run("posts").stdout
    (known / "posts" / "b.txt").write_text(STORY, encoding="utf-8")
    done = run("posts", "--format", "concise")
    assert done.returncode == 1
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"posts/b.txt"}


def test_it_survives_edits_elsewhere_in_the_file(run: Run, known: Path) -> None:
    text = f"Hello, and good morning to you all.\n\nWhat a week.\n\n{STORY}\nMore soon.\n"
    (known / "posts" / "a.txt").write_text(text, encoding="utf-8")
    assert run("posts").returncode == 0


def test_it_holds_no_word_of_the_draft(known: Path) -> None:
    text = (known / FILE).read_text(encoding="utf-8").lower()
    assert not any(word in text for word in ("maria", "coded", "lunch"))
    assert all({*entry} == {"path", "rule", "fingerprint"} for entry in entries(known))


def test_it_is_for_the_file_however_that_is_named(run: Run, known: Path) -> None:
    assert run(str(known / "posts" / "a.txt")).returncode == 0


def test_what_is_mended_is_told_and_pruned(run: Run, known: Path) -> None:
    (known / "posts" / "a.txt").write_text("Good morning.\n", encoding="utf-8")
    done = run("posts", "--format", "concise")
    assert done.returncode == 1
    assert f"{FILE}:4 unused" in done.stdout
    number = len(entries(known))
    assert run("baseline", "prune").stdout == f"{number} entries taken out, 0 kept.\n"
    assert entries(known) == []
    assert run("posts").returncode == 0


def test_a_check_that_isnt_whole_writes_nothing(run: Run, known: Path) -> None:
    before = (known / FILE).read_bytes()
    (known / "posts" / "b.txt").write_bytes(b"\xff")
    for command in (("create", "posts"),):
        done = run("baseline", *command)
        assert done.returncode == 2
        assert "posts/b.txt" in done.stderr
    assert (known / FILE).read_bytes() == before


def test_audit_needs_a_terminal(run: Run, known: Path) -> None:
    assert run("baseline", "audit").returncode == 2


def audit(folder: Path, answers: str) -> str:
    """What a person at a terminal sees who gives these answers."""
    main, terminal = pty.openpty()
    environment = os.environ | {"HOME": str(folder), "TERM": "dumb", "COLUMNS": "80"}
    process = subprocess.Popen(
        [sys.executable, "-m", "postcheck", "baseline", "audit"],
        cwd=folder,
        env=environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    os.write(main, answers.encode())
    seen = b""
    while select.select([main], [], [], 120)[0]:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    assert process.wait(60) == 0
    os.close(main)
    return seen.decode()


def test_audit_shows_each_finding_and_records_what_is_thought_of_it(run: Run, known: Path) -> None:
    number = len(entries(known))
    assert number >= 2
    seen = audit(known, "v\na\nshe agreed, form 12\n" + "s\n" * (number - 2))
    assert "Maria" in seen
    first, second = entries(known)[:2]
    assert first["verdict"] == "violation"
    assert (second["verdict"], second["reason"]) == ("accepted", "she agreed, form 12")
    done = run("posts", "--format", "concise")
    assert done.returncode == 1
    assert first["rule"] in done.stdout
    assert second["rule"] not in done.stdout


def test_audit_asks_only_about_what_has_no_verdict_and_may_be_left(run: Run, known: Path) -> None:
    audit(known, "v\nq\n")
    seen = audit(known, "q\n")
    assert f"Finding 1 of {len(entries(known)) - 1}" in seen
    assert "1 violation" in seen
