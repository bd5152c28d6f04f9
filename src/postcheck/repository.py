"""A git repository of drafts: where it is, and what has drafts checked in it."""

import os
from pathlib import Path

from postcheck.errors import PostcheckError, Problem

HOOKS_FILE = ".pre-commit-config.yaml"
"""Where pre-commit reads, in the top folder of a repository, which hooks there are."""

WORKFLOWS = {"github": ".github/workflows/postcheck.yml", "gitlab": ".gitlab-ci.yml"}
"""Services that check pull requests, and where each reads what it is to do."""


def repository(folder: Path) -> Path | None:
    """The top folder of the repository that a folder is in, if it is in one; the folder needn't be there yet."""
    here = folder.absolute()
    return next((each for each in (here, *here.parents) if os.path.lexists(each / ".git")), None)


def commit_hook(top: Path) -> str | None:
    """What git runs before a commit in a repository, as text; `None` if it runs nothing.

    Raises `PostcheckError` if git can't tell.
    """
    import subprocess

    command = ["git", "rev-parse", "--git-path", "hooks/pre-commit"]
    try:
        done = subprocess.run(command, cwd=top, capture_output=True, check=False)
    except OSError as error:
        raise PostcheckError(Problem(f"git can't be run: {error.strerror}", hint="install git")) from None
    if done.returncode:
        raise PostcheckError(Problem("git can't tell where its hooks are", str(top), hint="git status may say why"))
    hook = top / os.fsdecode(done.stdout.removesuffix(b"\n"))
    if not os.access(hook, os.X_OK):  # git passes over what can't be run
        return None
    try:
        return hook.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
