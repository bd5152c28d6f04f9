"""What git knows of a file: how it was at another revision, and which lines have changed since."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from postcheck.errors import PostcheckError, Problem

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes since a commit: that from which a revision and the current one have grown apart."""

    commit: str

    @classmethod
    def since(cls, revision: str) -> "Changes":
        """The changes since a branch, a tag or a commit. Raises `PostcheckError` if git doesn't know it."""
        commit = _git(Path(), "merge-base", "--end-of-options", revision, "HEAD")
        if commit is None:
            hint = "check the spelling; in CI, fetch the history first"
            raise PostcheckError(Problem(f'git knows no revision "{revision}" that has to do with this one', hint=hint))
        return cls(commit.decode("ascii").strip())

    def before(self, path: str) -> bytes | None:
        """The file as it was; `None` if it wasn't there."""
        file = Path(path)
        return _git(file.parent, "show", f"{self.commit}:./{file.name}") if file.is_file() else None

    def lines(self, path: str) -> frozenset[int] | None:
        """The numbers of the lines that are new or changed; `None` if all of them are, or they can't be told."""
        if self.before(path) is None:
            return None
        file = Path(path)
        plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--unified=0")
        difference = _git(file.parent, "diff", *plain, self.commit, "--", f"./{file.name}")
        if difference is None or (difference and not _HUNK.search(difference)):  # a binary file has no lines
            return None
        return frozenset(
            line
            for start, count in _HUNK.findall(difference)
            for line in range(int(start), int(start) + (int(count) if count else 1))
        )


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What a git command prints; `None` if it fails."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        hint = "install git, or leave out --diff-base"
        raise PostcheckError(Problem(f"git can't be run: {error.strerror}", hint=hint)) from None
    return done.stdout if done.returncode == 0 else None
