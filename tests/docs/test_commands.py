"""Every `postcheck` command in the documentation, run; and what it shows compared with what is printed there.

A block of the language `console` holds commands after `$ ` and their output. It is run in the
root of the repository. `make golden` writes the output anew.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "rules/README.md")] + sorted(ROOT.glob("docs/*.md"))
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def output(command: str) -> str:
    """What a command prints, both streams together, as it does at a terminal of 80 columns."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "80"}
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.decode("utf-8").splitlines())


def current(block: re.Match[str]) -> str:
    return "".join(f"$ {command}\n{output(command)}" for command, _ in COMMAND.findall(block[0]))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_prints_is_what_the_commands_show(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    renewed = BLOCK.sub(current, text)
    if os.environ.get("POSTCHECK_UPDATE_GOLDEN"):
        page.write_text(renewed, encoding="utf-8")
        text = renewed
    assert renewed == text


def test_the_readme_shows_commands() -> None:
    assert BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_link_in_a_page_leads_to_a_file() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
