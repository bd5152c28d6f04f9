"""The blocks of code in a page, and what each is tried by.

A block's language, and the words after it, say what it is:

- `console`: commands after `$ ` and what they print. They are run in the root of the repository;
  with the word `scratch` in a folder of the page's own, which is empty at first.
- `file=NAME`, in any language: a file in that folder. What postcheck or a service reads by this name is
  read, or checked by its schema; any other, or its folder, is named by a block further down.
- `python`: a program, run in that folder.
- `sh`: commands that are only shown. Those of postcheck must have the options that they name, those of make a target.
- `text`: no code, but what is better seen in columns.
- Anything else says `untested`.
"""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import click
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from pre_commit.commands.validate_config import validate_config

from postcheck.cli.commands import cli
from postcheck.config import configuration
from postcheck.packs import Rulebook, load
from postcheck.policy import policies
from postcheck.readers import READERS, read
from postcheck.readers.metadata import Metadata

ROOT = Path(__file__).parents[2]
FOLDERS = (".", "docs", "rules", "training", "corpus", "benchmarks")
PAGES = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/*.md"))

_BLOCK = re.compile(r"^```(?P<language>\w*)(?P<words>.*)\n(?P<code>(?:.*\n)*?)```$", re.MULTILINE)
_COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its language, the words behind that, and the code with the line feed at its end."""

    language: str
    words: tuple[str, ...]
    code: str

    @property
    def file(self) -> str | None:
        """The file that the block is the content of."""
        return next((word.removeprefix("file=") for word in self.words if word.startswith("file=")), None)


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a page, in their order."""
    return (_block(found) for found in _BLOCK.finditer(text))


def _block(found: re.Match[str]) -> Block:
    return Block(found["language"], tuple(found["words"].split()), found["code"])


def renewed(text: str, folder: Path, environment: Mapping[str, str]) -> str:
    """The page as it would be if what it shows were what commands print now.

    All blocks are tried, one after the other; `folder` is the page's own. Raises `AssertionError` for what
    doesn't hold.
    """

    def tried(found: re.Match[str]) -> str:
        block, rest = _block(found), text[found.end() :]
        code = block.code
        if block.file is not None:
            _write(block, folder, rest)
        elif block.language == "console":
            where = folder if "scratch" in block.words else ROOT
            code = "".join(f"$ {each}\n{printed(each, where, environment)}" for each, _ in _COMMAND.findall(code))
        elif block.language == "python":
            _succeeds([sys.executable, "-c", code], folder, environment)
        elif block.language == "sh":
            for line in code.splitlines():
                _names_what_there_is(line)
        else:
            assert block.language == "text" or "untested" in block.words, f"what tries this? {found[0]}"
        return f"```{found['language']}{found['words']}\n{code}```"

    return _BLOCK.sub(tried, text)


def printed(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What a command prints, both streams together, as it does at a terminal of 80 columns."""
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.decode("utf-8").splitlines())


def _passes(command: click.Command, *arguments: str) -> None:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, f"{arguments}\n{result.output}"


def _succeeds(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def _names_what_there_is(line: str) -> None:
    """A command of postcheck or make names options and targets that there are."""
    match shlex.split(line.partition("|")[0], comments=True):
        case ["postcheck", *arguments]:
            _passes(cli, *arguments, "--help")
        case ["make", *targets]:
            _succeeds(["make", "--dry-run", *targets], ROOT, os.environ)


def _write(block: Block, folder: Path, rest: str) -> None:
    """Write a file, and have it read by what reads files of its name."""
    name = block.file or ""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.code, encoding="utf-8")
    readers = [reads for pattern, reads in FILES.items() if fnmatch(name, pattern)]
    for reads in readers:
        reads(path)
    names = {path.name, name.partition("/")[0]}
    assert readers or any(each in block.code for block in blocks(rest) for each in names), f"nothing reads {name}"


@cache
def _shipped() -> Rulebook:
    return load()


def _config(path: Path) -> None:
    """postcheck takes the configuration, and knows all rules that it names."""
    configured, book = configuration({}, path), _shipped()
    book.choose(configured.settings.select, configured.settings.ignore)
    policies(configured, book)


def _by_schema(*options: str) -> Callable[[Path], None]:
    """By a schema of our own, or the one that a service publishes."""
    return lambda path: _passes(check_jsonschema, *options, str(path))


def _hook(path: Path) -> None:
    assert validate_config([str(path)]) == 0


def _toml(path: Path) -> None:
    tomllib.loads(path.read_text(encoding="utf-8"))


def _draft(path: Path) -> None:
    assert read(path.read_bytes(), path.name, Metadata())


FILES: Mapping[str, Callable[[Path], None]] = {
    ".postcheck.yaml": _config,
    "?*.postcheck.yaml": _by_schema("--schemafile", str(ROOT / "schemas" / "sidecar.schema.json")),
    ".pre-commit-config.yaml": _hook,
    ".github/workflows/*": _by_schema("--builtin-schema", "vendor.github-workflows"),
    ".gitlab-ci.yml": _by_schema("--builtin-schema", "vendor.gitlab-ci"),
    "*.toml": _toml,
} | {f"*{suffix}": _draft for suffix in READERS}
"""What reads a file, by a pattern for its name."""
