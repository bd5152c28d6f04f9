"""`--format` and `--output`, each given several times; statistics and timings."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BAD = "her ssn is 219-09-1234 again"


def test_each_output_belongs_to_the_format_before_it_and_all_tell_of_the_same_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(BAD, encoding="utf-8")
    done = run("post.txt", "--format", "json", "--output", "a.json", "--format", "concise")
    assert done.stdout == "post.txt:1:12 error phi/ssn " + done.stdout.partition("phi/ssn ")[2]
    report = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [finding["rule"] for finding in report["findings"]] == ["phi/ssn"]
    done = run("post.txt", "--format", "concise", "--format", "json", "--output", "b.json")
    assert done.stdout.startswith("post.txt:1:12 error phi/ssn")
    assert (tmp_path / "b.json").read_text() == (tmp_path / "a.json").read_text()


def test_an_output_may_stand_before_its_only_format_or_without_one(run: Run, tmp_path: Path) -> None:
    run("--text", BAD, "--output", "a.json", "--format", "json")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["drafts"] == 1
    run("--text", BAD, "--output", "a.txt")
    assert "phi/ssn" in (tmp_path / "a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "json", "--format", "concise"),
        ("--format", "json", "--output", "a", "--output", "b"),
        ("--output", "a", "--output", "b", "--format", "json"),
        ("--output", "a", "--format", "json", "--output", "b"),
    ],
)
def test_what_would_go_to_one_place_twice_or_nowhere_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("--text", BAD, *arguments)
    assert done.returncode == 2
    assert "output" in done.stderr


def test_timings_tell_stages_and_rules_on_standard_error(run: Run) -> None:
    done = run("--text", BAD, "--timings", "--no-cache", "--format", "json")
    assert json.loads(done.stdout)["findings"]
    for part in ("loading the rules", "checking", "detection", "phi/ssn"):
        assert f"ms  {part}" in done.stderr or f"ms    {part}" in done.stderr


def test_statistics_count_the_findings_of_each_rule_the_most_frequent_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{BAD}\n\nMy patient Maria coded. {BAD}.\n", encoding="utf-8")
    done = run("a.txt", "--statistics")
    assert done.returncode == 1
    first, *_ = done.stdout.splitlines()
    assert first.split()[:3] == ["2", "error", "phi/ssn"]
    assert "Maria" not in done.stdout


def test_with_a_diff_base_only_what_is_new_is_found(run: Run, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "old.txt").write_text(f"Good morning.\n\n{BAD}\n", encoding="utf-8")
    (tmp_path / "praise.txt").write_text(
        "I work at MD Anderson.\n\nMD Anderson is the best hospital in Texas.\n", encoding="utf-8"
    )
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "first")
    assert run(".", "--diff-base", "HEAD").returncode == 0
    (tmp_path / "old.txt").write_text(f"Good morning to you.\n\n{BAD}\n", encoding="utf-8")
    assert run("old.txt", "--diff-base", "HEAD").returncode == 0
    (tmp_path / "new.txt").write_text(BAD, encoding="utf-8")
    done = run(".", "--diff-base", "HEAD", "--format", "concise")
    assert done.returncode == 1
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"new.txt"}
    (tmp_path / "praise.txt").write_text("MD Anderson is the best hospital in Texas.\n", encoding="utf-8")
    done = run("praise.txt", "--diff-base", "HEAD", "--format", "concise")
    assert "praise.txt:1:1 warning disclosure/" in done.stdout, "what a deletion brings about is new"
    (tmp_path / "broken.md").write_text(f"---\nauthor: nobody\n---\n{BAD}\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "second")
    (tmp_path / "broken.md").write_text(f"---\nauthor: employee\n---\n{BAD}\n", encoding="utf-8")
    done = run("broken.md", "--diff-base", "HEAD", "--format", "concise")
    assert "broken.md:4:12 error phi/ssn" in done.stdout, "what couldn't be read before excuses nothing"


def test_a_diff_base_needs_files_and_a_revision_that_there_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, encoding="utf-8")
    assert run("--text", BAD, "--diff-base", "HEAD").returncode == 2
    done = run("a.txt", "--diff-base", "HEAD")
    assert done.returncode == 2
    assert "git knows no revision" in done.stderr
