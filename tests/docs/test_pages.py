"""The pages of the documentation: what they show is what happens, and their links lead somewhere.

`make golden` writes what commands print anew.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.docs.blocks import PAGES, ROOT, blocks, renewed


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """That of somebody whose home is empty, whose checks a resident answers, and who is always the same to git."""
    home = tmp_path_factory.mktemp("home")
    git = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "init.defaultBranch", "GIT_CONFIG_VALUE_0": "main"}
    people = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    own = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home),
        "COLUMNS": "80",
    }
    variables = os.environ | git | dict.fromkeys(people, "robin@hospital.example") | own
    variables.pop("POSTCHECK_SOCKET", None)
    subprocess.run(["postcheck", "serve", "--background"], env=variables, check=True)
    yield variables
    subprocess.run(["postcheck", "serve", "--stop"], env=variables, check=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_is_true(page: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "scratch"
    folder.mkdir()
    text = page.read_text(encoding="utf-8")
    now = renewed(text, folder, environment)
    if os.environ.get("POSTCHECK_UPDATE_GOLDEN"):
        page.write_text(now, encoding="utf-8")
        text = now
    assert now == text


@pytest.mark.parametrize(
    "block",
    [
        "```\npostcheck x\n```\n",
        "```json\n{}\n```\n",
        "```sh\npostcheck check --fail-never\n```\n",
        "```sh\nmake coffee\n```\n",
        "```python\nassert False\n```\n",
        "```text file=nobody-reads.it\n```\n",
        "```yaml file=.postcheck.yaml\nignore: [respect/nothing]\n```\n",
        "```yaml file=a.txt.postcheck.yaml\nignore: everything\n```\n",
        "```yaml file=.github/workflows/a.yml\non: push\n```\n",
        "```yaml file=.gitlab-ci.yml\na: {script: 1}\n```\n",
        "```yaml file=.pre-commit-config.yaml\nrepos: 1\n```\n",
        "```markdown file=a.md\n---\nauthor: nobody\n---\n```\n",
    ],
    ids=lambda block: block.split("\n")[0].strip("`") or "nothing",
)
def test_a_block_that_is_wrong_or_that_nothing_tries_fails(
    block: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011
        renewed(block, tmp_path, environment)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_code_stands_outside_of_the_blocks_that_are_tried(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    assert [token.content for token in tokens if token.type in {"fence", "code_block"}] == [
        block.code for block in blocks(text)
    ]


def test_every_link_in_a_page_leads_to_a_file() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
