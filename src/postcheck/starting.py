"""The first files of those who start with postcheck: an institution's, and those of a repository of drafts."""

import math
import re
import unicodedata
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from postcheck.config import FILE_NAME
from postcheck.draft import Author
from postcheck.errors import PostcheckError, Problem
from postcheck.repository import HOOKS_FILE, WORKFLOWS
from postcheck.rulefolders import shipped_rules
from postcheck.skeleton import filled
from postcheck.version import __version__

FOLDER = "postcheck-rules"
"""Where an institution's own rules are, beside its configuration."""

_UNUSUAL = re.compile(r"[^\w '&.-]")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody says who starts. `role` and `author` are settings.

    `hook`: drafts are to be checked before commits; `workflow` is the service that is to check pull requests.
    """

    organization: str
    role: str | None = None
    author: Author | None = None
    hook: bool = False
    workflow: str | None = None

    @property
    def shipped(self) -> bool:
        """Whether the institution's profile is the one that comes with postcheck."""
        return slug(self.organization).replace("-", "") == shipped_profile()

    def settings(self, folder: Path) -> dict[Path, str]:
        """The configuration in a folder, and the profile that it names: the text of each file."""
        configured = {folder / FILE_NAME: self._configuration()}
        if self.shipped:
            return configured
        own = folder / FOLDER / "organizations" / f"{slug(self.organization)}.yaml"
        return {own: profile(self.organization)} | configured

    def checks(self, folder: Path) -> dict[Path, str]:
        """What has drafts checked in a repository with this top folder: the text of each file."""
        asked = [(HOOKS_FILE, "hook")] if self.hook else []
        asked += [(WORKFLOWS[self.workflow], self.workflow)] if self.workflow else []
        values = {"version": __version__}
        return {folder / file: filled(f"skeletons/start/{name}.yaml.in", values) for file, name in asked}

    def _configuration(self) -> str:
        own = {"organization": slug(self.organization), "rules": FOLDER}
        said = {"organization": shipped_profile()} if self.shipped else own
        said |= {"role": self.role} if self.role else {}
        said |= {"author": self.author.value} if self.author else {}
        settings = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=math.inf)
        return filled("skeletons/start/configuration.yaml.in", {"settings": settings.rstrip("\n")})


@cache
def shipped_profile() -> str:
    """The institution whose profile comes with postcheck, and is the default."""
    profiles = sorted((shipped_rules() / "organizations").glob("*.yaml"))
    return next(path.stem for path in profiles if yaml.safe_load(path.read_text(encoding="utf-8")).get("default"))


def slug(name: str) -> str:
    """The name of an institution as that of a file. Raises `PostcheckError` if no letter or digit is left of it."""
    words = _WORD.findall(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold())
    if not words:
        raise PostcheckError(Problem(f'"{name}" has no letters or digits to name a file by'))
    return "-".join(words)


def profile(name: str) -> str:
    """A profile of an institution with what follows from its name, in YAML."""
    words = slug(name).split("-")
    site = f"{''.join(words)}.example"
    plain = " ".join(_UNUSUAL.sub(" ", name).split())
    values = {
        "name": plain,
        "slug": "-".join(words),
        "words": plain.casefold(),
        "tag": "".join(words),
        "site": site,
        "site-pattern": re.escape(site),
    }
    return filled("organizations/profile.yaml.in", values)


def write_new(files: Mapping[Path, str]) -> None:
    """Write files that aren't there yet, with their folders: all, or none where one can't be written.

    Raises `PostcheckError` for that one.
    """
    with ExitStack() as undoing:
        for path, text in files.items():
            try:
                for folder in reversed([each for each in path.parents if not each.exists()]):
                    folder.mkdir()
                    undoing.callback(folder.rmdir)
                with path.open("x", encoding="utf-8") as file:
                    undoing.callback(path.unlink)
                    file.write(text)
            except OSError as error:
                problem = Problem(f"can't be written: {error.strerror}; nothing was written", str(path))
                raise PostcheckError(problem) from None
        undoing.pop_all()
