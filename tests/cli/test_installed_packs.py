"""Packs of an installed distribution: a real wheel, installed by pip, used by the real command."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import Run

PACK = """
pack: zoo
about: Our zoo.
rules:
  - id: zebras
    kind: phrase
    severity: warning
    message: "A zebra."
    why: "No zebras."
    phrases: ["{stripy}"]
    examples:
      flagged: ["A [[zebra]].", "The [[zebra]] ran."]
      clean: ["A horse.", "A cow."]
"""
TERMS = "terms: {stripy: {about: Animals with stripes., words: [zebra]}}\n"
FILES = {
    "riverbend_rules/__init__.py": "from pathlib import Path\nPath('was-run').touch()\nraise SystemExit('was run')\n",
    "riverbend_rules/packs/zoo.yaml": PACK,
    "riverbend_rules/packs/terms/zoo.yaml": TERMS,
    "riverbend_rules-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: riverbend-rules\nVersion: 1.0\n",
    "riverbend_rules-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "riverbend_rules-1.0.dist-info/entry_points.txt": (
        "[postcheck.packs]\nriverbend = riverbend_rules.packs\nbroken = nowhere_to_be_found\n"
    ),
    "riverbend_rules-1.0.dist-info/RECORD": "",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed a wheel with packs."""
    folder = tmp_path_factory.mktemp("installed")
    wheel = folder / "riverbend_rules-1.0-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target"]
    subprocess.run([*pip, str(folder / "site"), str(wheel)], check=True)
    return folder / "site"


@pytest.fixture(autouse=True)
def _installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]))


def test_its_rules_are_used_where_the_command_line_names_it_and_its_code_is_never_run(run: Run, tmp_path: Path) -> None:
    done = run("--no-model", "--rules", "package:riverbend", "--text", "I saw a zebra.", "--format", "concise")
    assert (done.returncode, done.stderr) == (1, "")
    assert "zoo/zebras" in done.stdout
    assert not (tmp_path / "was-run").exists()


def test_its_rules_are_used_where_configuration_names_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".postcheck.yaml").write_text("rules: [package:riverbend]\n", encoding="utf-8")
    assert "zoo/zebras" in run("rules", "show", "zoo/zebras").stdout + run("rules", "list").stdout


def test_its_rules_are_not_used_where_nothing_names_it(run: Run) -> None:
    assert run("--no-model", "--text", "I saw a zebra.").returncode == 0


def test_a_list_of_the_rules_tells_where_each_pack_comes_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.yaml").write_text(PACK.replace("pack: zoo", "pack: own").replace("{stripy}", "zebra"))
    listed = run("rules", "list", "--rules", "package:riverbend", "--rules", "own").stdout
    assert "zoo  Our zoo. (package:riverbend)" in listed
    assert "own  Our zoo. (own)" in listed
    assert "(shipped with postcheck)" in listed


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("riverbnd", 'no installed distribution offers packs named "riverbnd" (did you mean "riverbend"?)'),
        ("x", 'no installed distribution offers packs named "x" (installed are: broken, riverbend)'),
        ("broken", 'the packs "broken" should be in the package nowhere_to_be_found, which has no folder'),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(run: Run, name: str, told: str) -> None:
    done = run("rules", "list", "--rules", f"package:{name}")
    assert done.returncode == 2
    assert told in done.stderr
