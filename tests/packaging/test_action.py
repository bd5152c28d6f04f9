"""The GitHub action and the snippet for GitLab: what they run does what it says."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from postcheck import __version__
from postcheck.repository import WORKFLOWS
from tests.docs.blocks import FILES, blocks

ROOT = Path(__file__).parents[2]
BAD = "her ssn is 219-09-1234 again"


def run(script: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a step's script as the service does: by bash, which stops at the first failure."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path, "HOME": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def step() -> str:
    """The script of the action's last step."""
    script: str = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"][-1]["run"]
    return script


def test_the_action_is_valid() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_input_gets_into_a_script_but_by_the_environment() -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    assert not [each for each in steps if "${{" in each.get("run", "")]


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a post.txt").write_text(BAD, encoding="utf-8")
    return tmp_path


def act(folder: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """Run the action's last step with these inputs."""
    unsaid = {"PATHS": ".", "FAIL_ON": "warning", "DIFF_BASE": "", "SARIF": "", "PROFILE": ""}
    return run(step(), folder, **(unsaid | inputs), GITHUB_STEP_SUMMARY="summary.md")


def test_the_action_annotates_sums_up_and_fails(posts: Path) -> None:
    done = act(posts, PATHS="posts\n\n", SARIF="out.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=posts/a post.txt,line=1,")
    assert "phi/ssn" in (posts / "summary.md").read_text(encoding="utf-8")
    assert '"phi/ssn"' in (posts / "out.sarif").read_text(encoding="utf-8")
    everything = done.stdout + (posts / "summary.md").read_text() + (posts / "out.sarif").read_text()
    assert "219-09" not in everything


def test_an_input_cant_run_a_command(posts: Path) -> None:
    assert act(posts, PATHS="$(touch pwned)\n; touch pwned").returncode == 2
    assert not (posts / "pwned").exists()


def test_the_gitlab_snippet_writes_a_report(posts: Path) -> None:
    page = blocks((ROOT / "docs" / "continuous-integration.md").read_text(encoding="utf-8"))
    snippet = next(block.code for block in page if block.file == ".gitlab-ci.yml")
    (job,) = yaml.safe_load(snippet).values()
    done = run("\n".join(job["script"]), posts)
    assert done.returncode == 1, done.stderr
    assert (posts / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8").startswith("[")


@pytest.fixture
def begun(posts: Path) -> Callable[[str], Path]:
    """What `postcheck init` writes for a service in a repository of posts: the file."""

    def written(service: str) -> Path:
        subprocess.run(["git", "init", "--quiet"], cwd=posts, check=True)
        start = [sys.executable, "-m", "postcheck", "init", "--organization", "mdanderson", "--workflow", service]
        subprocess.run(start, cwd=posts, check=True, capture_output=True)
        return posts / WORKFLOWS[service]

    return written


def test_the_workflow_that_init_writes_is_valid_and_uses_this_version(begun: Callable[[str], Path]) -> None:
    file = begun("github")
    FILES[".github/workflows/*"](file)
    *_, step = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]["postcheck"]["steps"]
    assert step["uses"] == f"postcheck/postcheck@v{__version__}"
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert {*step["with"]} <= {*inputs}


def test_the_gitlab_job_that_init_writes_is_valid_and_writes_a_report(begun: Callable[[str], Path]) -> None:
    file = begun("gitlab")
    FILES[".gitlab-ci.yml"](file)
    (job,) = yaml.safe_load(file.read_text(encoding="utf-8")).values()
    assert job["before_script"] == [f"pip install postcheck=={__version__}"]
    done = run("\n".join(job["script"]), file.parent)
    assert done.returncode == 1, done.stderr
    assert "phi/ssn" in (file.parent / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")
