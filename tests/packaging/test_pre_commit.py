"""The hook, as another repository uses it: real git, real pre-commit, a staged draft."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from postcheck import __version__
from postcheck.readers import READERS

ROOT = Path(__file__).parents[2]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of posts that `postcheck init` has set up. Its hook comes from this checkout, as if released."""
    folder = tmp_path_factory.mktemp("hook")
    source = folder / "postcheck"
    ignore = shutil.ignore_patterns(
        ".git", ".venv", ".cache", ".*_cache", ".hypothesis", "__pycache__", "dist", "build"
    )
    shutil.copytree(ROOT, source, ignore=ignore)
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--message", "source")
    git(source, "tag", f"v{__version__}")
    posts = folder / "posts"
    posts.mkdir()
    git(posts, "init", "--quiet")
    start = [sys.executable, "-m", "postcheck", "init", "--organization", "mdanderson", "--hook"]
    subprocess.run(start, cwd=posts, check=True, capture_output=True)
    git(posts, "add", "--all")
    return posts


def commit(folder: Path, name: str, text: str) -> "subprocess.CompletedProcess[str]":
    """Stage a draft and run the hook on what is staged."""
    (folder / name).write_text(text, encoding="utf-8")
    git(folder, "add", name)
    released = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{folder.parent}/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/postcheck/",
    }
    environment = os.environ | released | {"PRE_COMMIT_HOME": str(folder.parent / "cache")}
    command = [sys.executable, "-m", "pre_commit", "run", "postcheck"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_hook_stops_a_draft_that_breaks_the_guidelines_and_hides_its_text(hooked: Path) -> None:
    done = commit(hooked, "draft.txt", "her ssn is 219-09-1234 again")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "phi/ssn" in done.stdout
    assert "219-09" not in done.stdout + done.stderr
    git(hooked, "rm", "--quiet", "--force", "draft.txt")


def test_the_hook_lets_a_clean_draft_pass(hooked: Path) -> None:
    done = commit(hooked, "clean.md", "Happy Nurses Week to the night crew!")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_is_given_every_format_that_is_read() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {f".{suffix}" for suffix in hook["files"].removeprefix("\\.(").removesuffix(")$").split("|")} == {*READERS}
