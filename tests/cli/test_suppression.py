"""Findings that are silenced, through the command line."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

STORY = "My patient Maria coded twice before lunch.\n"
SSN = "Her ssn is 219-09-1234 again.\n"
IGNORE = '<!-- postcheck: ignore[phi, patient-story] reason="she asked us to, form 12" -->\n'


def report(run: Run, *arguments: str) -> Any:
    return json.loads(run("check", *arguments, "--format", "json").stdout)


def test_a_comment_silences_what_it_names_and_the_report_says_where_it_is_and_no_reason(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "post.md").write_text(IGNORE + STORY, encoding="utf-8")
    found = report(run, "post.md")
    assert found["findings"] == []
    assert found["suppressed"]
    assert {json.dumps(each["suppression"]) for each in found["suppressed"]} == {
        '{"by": "inline", "path": "post.md", "line": 1}'
    }
    assert "form 12" not in json.dumps(found)
    assert run("post.md").returncode == 0


def test_a_social_security_number_cant_be_silenced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(IGNORE + SSN, encoding="utf-8")
    (tmp_path / ".postcheck.yaml").write_text("allow: [{text: 219-09-1234, rules: phi, reason: x}]\n", encoding="utf-8")
    (tmp_path / "post.md.postcheck.yaml").write_text("ignore: [{rules: phi/ssn, reason: x}]\n", encoding="utf-8")
    assert run("baseline", "create", "post.md").returncode == 0
    done = run("post.md", "--format", "concise", "--baseline", ".postcheck-baseline.json")
    assert done.returncode == 1
    assert "error phi/ssn" in done.stdout


def test_a_comment_that_is_of_no_use_fails_the_check_unless_only_errors_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("Happy Nurses Week! " + IGNORE, encoding="utf-8")
    done = run("post.md", "--format", "concise")
    assert done.returncode == 1
    assert "post.md:1:20 unused this ignore of patient-story, phi: phi/" in done.stdout or "unused" in done.stdout
    assert run("post.md", "--fail-on", "error").returncode == 0


def test_fix_takes_out_the_comments_that_are_of_no_use_and_leaves_what_is_silenced(run: Run, tmp_path: Path) -> None:
    useful = '<!-- postcheck: ignore[phi/patient-name, patient-story] reason="x" -->\n' + STORY
    useless = '\n<!-- postcheck: ignore[respect/insult] reason="x" -->\n\nHappy Nurses Week!\n'
    (tmp_path / "post.md").write_text(useful + useless, encoding="utf-8")
    assert run("fix", "post.md", "--write").returncode == 0
    assert (tmp_path / "post.md").read_text(encoding="utf-8") == useful + "\nHappy Nurses Week!\n"


def test_a_sidecar_silences_findings_in_a_plain_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "post.txt.postcheck.yaml").write_text(
        "ignore: [{rules: [phi/patient-name, patient-story], reason: x}]\n", encoding="utf-8"
    )
    found = report(run, "post.txt")
    assert found["findings"] == []
    assert found["suppressed"][0]["suppression"] == {
        "by": "sidecar",
        "path": "post.txt.postcheck.yaml",
        "line": 1,
    }
    (tmp_path / "post.txt.postcheck.yaml").write_text("ignore: [{rules: phi}]\n", encoding="utf-8")
    done = run("post.txt")
    assert done.returncode == 2
    assert "post.txt.postcheck.yaml" in done.stdout + done.stderr


def test_an_allowed_name_is_not_found_where_it_is_allowed(run: Run, tmp_path: Path) -> None:
    for folder in ("press", "posts"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / ".postcheck.yaml").write_text(
        "allow: [{text: Maria, rules: [phi/patient-name], reason: spokesperson, paths: press/}]\n", encoding="utf-8"
    )
    rules = {(each["path"], each["rule"]) for each in report(run, ".")["findings"]}
    assert ("posts/a.txt", "phi/patient-name") in rules
    assert ("press/a.txt", "phi/patient-name") not in rules


def test_paths_severities_and_profiles_make_a_difference(run: Run, tmp_path: Path) -> None:
    (tmp_path / "official").mkdir()
    (tmp_path / "official" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / ".postcheck.yaml").write_text(
        "overrides: [{paths: official/, severity: {patient-story: info}, ignore: phi}]\n"
        "profiles: {strict: {fail_on: info}}\n",
        encoding="utf-8",
    )
    found = report(run, "official")
    assert {(each["category"], each["severity"]) for each in found["findings"]} == {("patient-story", "info")}
    assert run("official").returncode == 0
    assert run("official", "--profile", "strict").returncode == 1
