"""`postcheck init`, run as its users run it."""

import subprocess
from pathlib import Path

import pytest

from postcheck.config import configuration
from postcheck.packs import load
from postcheck.starting import shipped_profile
from tests.cli.conftest import CTRL_D, Run


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


def git(folder: Path) -> Path:
    """Make a folder a git repository."""
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


def written(folder: Path) -> set[str]:
    """The files in a folder, without git's own."""
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts
    }


def test_the_profile_that_comes_with_postcheck_isnt_written_anew(run: Run, tmp_path: Path) -> None:
    for name in ("mdanderson", "MD Anderson"):
        assert run("init", "--organization", name).returncode == 0
        assert written(tmp_path) == {".postcheck.yaml"}
        assert configuration({}, start=tmp_path).settings.organization == shipped_profile()
        (tmp_path / ".postcheck.yaml").unlink()
    assert load().organization.organization == shipped_profile()


@pytest.mark.parametrize("role", ["nurse", 'RN: "charge", #4', "null", "Pflegekräfte", "- {a}", "two\nlines"])
def test_role_and_account_are_kept_as_they_are_said(run: Run, tmp_path: Path, role: str) -> None:
    done = run("init", "--organization", "Riverside", "--role", role, "--author", "official")
    assert done.returncode == 0, done.stderr
    settings = configuration({}, start=tmp_path).settings
    assert (settings.role, settings.author) == (role, "official")


def test_without_a_terminal_it_needs_the_institution_and_writes_what_is_asked_for(run: Run, tmp_path: Path) -> None:
    git(tmp_path)
    done = run("init")
    assert done.returncode == 2
    assert "--organization" in done.stderr
    assert run("init", "--organization", "mdanderson", "--workflow", "gitlab").returncode == 0
    assert written(tmp_path) == {".postcheck.yaml", ".gitlab-ci.yml"}


def test_at_a_terminal_it_asks_for_what_isnt_said(at_terminal: Run, tmp_path: Path) -> None:
    (git(tmp_path) / ".github").mkdir()
    done = at_terminal("init", "--author", "employee", typed="Riverside\nnurse\n\n\n")
    assert done.returncode == 0, done.stdout
    assert "Whose account" not in done.stdout
    profile = "postcheck-rules/organizations/riverside.yaml"
    workflow = ".github/workflows/postcheck.yml"
    assert written(tmp_path) == {".postcheck.yaml", profile, ".pre-commit-config.yaml", workflow}
    assert configuration({}, start=tmp_path).settings.role == "nurse"


def test_where_there_is_no_repository_it_asks_for_no_hook(at_terminal: Run, tmp_path: Path) -> None:
    done = at_terminal("init", typed="\n\n\n")
    assert done.returncode == 0, done.stdout
    assert "commit" not in done.stdout
    assert written(tmp_path) == {".postcheck.yaml"}


def test_whoever_stops_in_the_questions_has_nothing_written(at_terminal: Run, tmp_path: Path) -> None:
    done = at_terminal("init", typed=f"Riverside\nnurse\n{CTRL_D}")
    assert done.returncode == 2
    assert "nothing was written" in done.stdout
    assert not written(tmp_path)


def test_what_is_to_go_into_a_file_that_is_there_is_shown(run: Run, tmp_path: Path) -> None:
    (git(tmp_path) / ".pre-commit-config.yaml").write_text("repos: []\n")
    done = run("init", "--organization", "mdanderson", "--hook", "--workflow", "github")
    assert done.returncode == 0, done.stderr
    assert "      - id: postcheck\n" in done.stdout
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert ".github/workflows/postcheck.yml" in written(tmp_path)


def test_all_files_are_written_or_none(run: Run, tmp_path: Path) -> None:
    (git(tmp_path) / ".github").write_text("no folder")
    done = run("init", "--organization", "Riverside", "--hook", "--workflow", "github")
    assert done.returncode == 2
    assert "nothing was written" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {".git", ".github"}


def test_what_belongs_to_the_top_of_a_repository_is_written_nowhere_else(run: Run, tmp_path: Path) -> None:
    assert run("init", "--organization", "mdanderson", "--hook").returncode == 2
    (git(tmp_path) / "posts").mkdir()
    done = run("init", "--organization", "mdanderson", "--workflow", "gitlab", "posts")
    assert done.returncode == 2
    assert "top folder" in done.stderr
    assert not written(tmp_path)
