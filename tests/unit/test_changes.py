"""What has changed, told by a real git."""

import subprocess
from pathlib import Path

import pytest

from postcheck.changes import Changes
from postcheck.errors import PostcheckError


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch=main")
    Path("a.txt").write_text("one\ntwo\nthree\nfour\n", encoding="utf-8")
    Path("b.docx").write_bytes(b"\0\1")
    git("add", "--all")
    git("commit", "--quiet", "--message", "first")
    return tmp_path


def test_the_lines_that_are_new_or_changed_are_told() -> None:
    Path("a.txt").write_text("zero\none\nTWO\nthree\n", encoding="utf-8")
    assert Changes.since("HEAD").lines("a.txt") == frozenset({1, 3})
    assert Changes.since("HEAD").before("a.txt") == b"one\ntwo\nthree\nfour\n"


def test_nothing_has_changed_in_a_file_that_is_as_it_was(repository: Path) -> None:
    assert Changes.since("HEAD").lines("a.txt") == frozenset()
    assert Changes.since("HEAD").lines(str(repository / "a.txt")) == frozenset()


def test_of_a_new_file_and_of_a_changed_binary_one_no_lines_can_be_told() -> None:
    Path("new.txt").write_text("one\n", encoding="utf-8")
    Path("b.docx").write_bytes(b"\0\2")
    since = Changes.since("HEAD")
    assert (since.lines("new.txt"), since.before("new.txt")) == (None, None)
    assert since.lines("b.docx") is None


def test_changes_are_those_since_the_branches_grew_apart() -> None:
    git("checkout", "--quiet", "-b", "topic")
    git("checkout", "--quiet", "main")
    Path("a.txt").write_text("one\ntwo\nthree\nfour\nfive\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "elsewhere")
    git("checkout", "--quiet", "topic")
    Path("a.txt").write_text("one\n2\nthree\nfour\n", encoding="utf-8")
    assert Changes.since("main").lines("a.txt") == frozenset({2})


@pytest.mark.parametrize("revision", ["nowhere", "--output=x"])
def test_a_revision_that_git_doesnt_know_is_told(revision: str) -> None:
    with pytest.raises(PostcheckError, match="git knows no revision"):
        Changes.since(revision)
    assert not Path("x").exists()
