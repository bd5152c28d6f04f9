"""`postcheck init`, run as its users run it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("name", ["Riverside Cancer Center", "St. Mary's Hospital & Clinics", "Klinik am Süd"])
def test_what_it_writes_is_sound_and_is_used(run: Run, tmp_path: Path, name: str) -> None:
    assert run("init", "--organization", name).returncode == 0
    assert run("rules", "list").returncode == 0
    (tmp_path / "draft.txt").write_text(f"{name} has free screening vans this Saturday!")
    done = run("check", "draft.txt", "--no-model", "--format", "concise")
    assert "disclosure/resource" in done.stdout, done.stderr


def test_what_the_notation_of_phrases_minds_does_no_harm(run: Run) -> None:
    assert run("init", "--organization", "A {b} [c] (d|e) *f* ^").returncode == 0
    assert run("rules", "list").returncode == 0


def test_it_never_writes_over_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".postcheck.yaml").write_text("author: official\n")
    done = run("init", "--organization", "Riverside")
    assert done.returncode == 2
    assert ".postcheck.yaml" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == [".postcheck.yaml"]
    assert (tmp_path / ".postcheck.yaml").read_text() == "author: official\n"


def test_a_name_without_letters_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("init", "--organization", "!!!")
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())
