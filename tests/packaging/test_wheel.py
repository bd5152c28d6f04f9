"""What a user installs: the wheel, in an environment of its own, far from the checkout."""

import json
import os
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from trust.sbom import sbom

ROOT = Path(__file__).parents[2]


def build(source: Path, output: Path, umask: int = -1) -> None:
    """Make the source archive and, from that, the wheel."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(output), str(source)]
    subprocess.run(command, check=True, capture_output=True, umask=umask)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `postcheck` of a new environment into which the built wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    venv.create(folder / "env", with_pip=True)
    (wheel,) = built.glob("*.whl")
    pip = [str(folder / "env" / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    return folder / "env" / "bin" / "postcheck"


def run(installed: Path, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(installed), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_same_source_makes_the_same_bytes_wherever_and_whenever_it_is_built(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "copy"
    parts = ["src", "rules", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore"]
    files = [each for part in parts for each in ((ROOT / part).rglob("*") if (ROOT / part).is_dir() else [ROOT / part])]
    for path in sorted(files, reverse=True):
        if path.is_file() and "__pycache__" not in path.parts:
            to = copy / path.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
            to.chmod(0o600)
            os.utime(to, (1_000_000_000, 1_000_000_000))
    build(copy, tmp_path / "dist", umask=0o077)

    def sums(folder: Path) -> dict[str, str]:
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

    assert len(sums(built)) == 2
    assert sums(tmp_path / "dist") == sums(built)


def test_the_installed_command_checks_a_draft_with_its_own_rules_and_model(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("registration has ssn 219-09-1234 twice", encoding="utf-8")
    done = run(installed, "--format", "json", "draft.txt", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["complete"]
    assert [finding["rule"] for finding in report["findings"]] == ["phi/ssn"]


def test_the_installed_rules_pass_their_own_examples(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "rules", "test", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_command_has_all_that_it_needs_and_all_that_it_begins_with(
    installed: Path, tmp_path: Path
) -> None:
    done = run(installed, "doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert 'pip install "postcheck[audit]"' in done.stdout
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    options = ["--organization", "Riverside", "--hook", "--workflow", "github"]
    assert run(installed, "init", *options, cwd=tmp_path).returncode == 0


def test_the_installed_rules_show_themselves(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "rules", "show", "phi/ssn", cwd=tmp_path)
    assert "id: ssn" in done.stdout


def test_an_audit_without_its_extra_says_how_to_install_it(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "audit", "a.csv", "--output", "f.parquet", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'this needs pyarrow, which isn\'t installed (pip install "postcheck[audit]")' in done.stderr


def test_the_installed_command_begins_a_rule_but_never_among_its_own(installed: Path, tmp_path: Path) -> None:
    assert run(installed, "rules", "new", "house/gossip", "--folder", "own", cwd=tmp_path).returncode == 0
    assert (tmp_path / "own" / "house.yaml").is_file()
    (shipped,) = installed.parents[1].glob("lib/python*/site-packages/postcheck/rules")
    done = run(installed, "rules", "new", "house/gossip", "--folder", str(shipped), cwd=tmp_path)
    assert (done.returncode, (shipped / "house.yaml").exists()) == (2, False)
    assert "holds the rules that come with postcheck" in done.stderr


def test_the_bill_of_materials_lists_what_a_user_installs(installed: Path) -> None:
    pip = [str(installed.with_name("python")), "-m", "pip", "list", "--format", "json"]
    found = json.loads(subprocess.run(pip, check=True, capture_output=True).stdout)
    names = {str(canonicalize_name(each["name"])) for each in found} - {"pip", "setuptools", "postcheck"}
    required = [each["name"] for each in sbom()["components"] if each["scope"] == "required"]
    assert names <= {str(canonicalize_name(name)) for name in required}
