"""`postcheck baseline`, run as its users run it."""

import json
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


def test_audit_shows_each_finding_and_records_what_is_thought_of_it(run: Run, at_terminal: Run, known: Path) -> None:
    number = len(entries(known))
    assert number >= 2
    audited = at_terminal("baseline", "audit", typed="v\na\nshe agreed, form 12\n" + "s\n" * (number - 2))
    assert audited.returncode == 0
    assert "Maria" in audited.stdout
    first, second = entries(known)[:2]
    assert first["verdict"] == "violation"
    assert (second["verdict"], second["reason"]) == ("accepted", "she agreed, form 12")
    done = run("posts", "--format", "concise")
    assert done.returncode == 1
    assert first["rule"] in done.stdout
    assert second["rule"] not in done.stdout


def test_audit_asks_only_about_what_has_no_verdict_and_may_be_left(at_terminal: Run, known: Path) -> None:
    at_terminal("baseline", "audit", typed="v\nq\n")
    seen = at_terminal("baseline", "audit", typed="q\n").stdout
    assert f"Finding 1 of {len(entries(known)) - 1}" in seen
    assert "1 violation" in seen
