"""`postcheck check`, run as its users run it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BAD = "her ssn is 219-09-1234 again"
FINE = "Happy Nurses Week to the night crew!"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def test_a_path_without_a_command_is_checked(run: Run, tmp_path: Path) -> None:
    write(tmp_path, draft_txt=BAD)
    done = run("draft.txt")
    assert done.returncode == 1
    assert "phi/ssn" in done.stdout


def test_exit_code_0_and_no_claim_of_compliance_where_nothing_is_found(run: Run) -> None:
    done = run("--text", FINE)
    assert done.returncode == 0
    assert "compliant" not in done.stdout.lower()
    assert "responsible" in done.stdout


def test_standard_input_is_read_in_the_format_of_its_name(run: Run) -> None:
    record = json.dumps({"text": BAD, "id": "a"})
    done = run("check", "-", "--stdin-filename", "posts.jsonl", "--format", "json", stdin=record)
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["path"], finding["record"], finding["id"]) == ("posts.jsonl", 0, "a")


def test_the_json_report_is_the_contract(run: Run, tmp_path: Path) -> None:
    write(tmp_path, draft_txt=f"Hello.\nToday {BAD}")
    report = json.loads(run("draft.txt", "--format", "json").stdout)
    assert report["schema"] == "postcheck/report/v1"
    assert (report["complete"], report["drafts"]) == (True, 1)
    (finding,) = report["findings"]
    assert (finding["start"], finding["end"]) == (24, 35)
    assert (finding["line"], finding["column"]) == (2, 18)
    assert "text" not in finding
    assert finding["route"] == "Office of Institutional Compliance"


def test_folders_are_searched_and_gitignore_is_respected(run: Run, tmp_path: Path) -> None:
    for name in ("posts/a.txt", "posts/deep/b.md", "posts/ignored.txt", "posts/code.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BAD, encoding="utf-8")
    (tmp_path / "posts" / ".gitignore").write_text("ignored.txt\n", encoding="utf-8")
    report = json.loads(run("posts", "--format", "json").stdout)
    assert [finding["path"] for finding in report["findings"]] == ["posts/a.txt", "posts/deep/b.md"]


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on_sets_the_mildest_severity_that_counts(run: Run, fail_on: str, code: int) -> None:
    assert run("--text", BAD, "--fail-on", fail_on).returncode == code


def test_rules_are_selected_and_ignored_by_name_and_pack(run: Run) -> None:
    assert run("--text", BAD, "--ignore", "phi/ssn").returncode == 0
    assert run("--text", BAD, "--select", "respect").returncode == 0
    assert run("--text", BAD, "--select", "phi").returncode == 1


def test_text_is_masked_in_a_pipe_unless_asked_for(run: Run, tmp_path: Path) -> None:
    write(tmp_path, draft_txt=BAD)
    assert "219-09" not in "".join(
        run("draft.txt", "--format", name).stdout for name in ("terminal", "concise", "json")
    )
    assert "219-09-1234" in run("draft.txt", "--show-text").stdout
    shown = json.loads(run("draft.txt", "--show-text", "--format", "json").stdout)
    assert shown["findings"][0]["text"] == "219-09-1234"


def test_text_is_shown_on_the_authors_own_terminal(tmp_path: Path) -> None:
    write(tmp_path, draft_txt=BAD)
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "postcheck", "draft.txt"]
    done = subprocess.run(command, cwd=tmp_path, stdout=child, stderr=child, check=False)
    os.close(child)
    shown = b""
    while True:
        try:
            chunk = os.read(parent, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    assert done.returncode == 1
    assert b"219-09-1234" in shown


def test_a_report_goes_to_a_file_masked(run: Run, tmp_path: Path) -> None:
    done = run("--text", BAD, "--format", "json", "--output", "report.json")
    assert (done.returncode, done.stdout) == (1, "")
    report = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert json.loads(report)["findings"]
    assert "219-09" not in report


def test_one_unreadable_file_makes_the_report_incomplete_and_the_others_are_still_checked(
    run: Run, tmp_path: Path
) -> None:
    write(tmp_path, good_txt=BAD)
    (tmp_path / "bad.txt").write_bytes("caf\xe9".encode("latin-1"))
    done = run("good.txt", "bad.txt", "missing.txt", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert not report["complete"]
    assert [finding["rule"] for finding in report["findings"]] == ["phi/ssn"]
    assert {diagnostic["path"] for diagnostic in report["diagnostics"]} == {"bad.txt", "missing.txt"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check"], "Name a file or a folder"),
        (["check", "a.txt", "--text", "b"], "not both"),
        (["--text", "x", "--select", "phi/snn"], 'did you mean "phi/ssn"?'),
        (["--text", "x", "--organization", "nowhere"], "there are:"),
        (["--text", "x", "--rules", "nowhere"], "there is no such folder of rules"),
        (["--text", "x", "--config", "nowhere.yaml"], "can't be read"),
        (["--text", "x", "--format", "word"], "'word' is not one of"),
        (["--text", "x", "--output", "no/such/folder/report.txt"], "can't be written"),
        (["explain", "phi/snn"], 'did you mean "phi/ssn"?'),
    ],
)
def test_a_mistake_ends_in_one_clear_sentence_and_exit_code_2(run: Run, arguments: list[str], expected: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_drafts_is_no_clean_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("empty")
    assert done.returncode == 2
    assert "holds no drafts" in done.stdout + done.stderr


def test_configuration_is_found_and_shown(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / ".postcheck.yaml").write_text("ignore: [phi/ssn]\n", encoding="utf-8")
    assert run("--text", BAD).returncode == 0
    done = run("config", "show", "--organization", "mdanderson")
    assert "ignore: phi/ssn  (.postcheck.yaml:1)" in done.stdout
    assert "organization: mdanderson  (--organization)" in done.stdout


def test_inspect_prints_entities_as_json(run: Run, tmp_path: Path) -> None:
    write(tmp_path, draft_txt=BAD)
    (draft,) = json.loads(run("inspect", "draft.txt", "--format", "json").stdout)["drafts"]
    (entity,) = [each for each in draft["entities"] if each["kind"] == "SSN"]
    assert (entity["start"], entity["end"]) == (11, 22)
    assert {each["label"] for each in draft["opinions"]} >= {"phi", "respect"}


def test_explain_tells_what_a_nurse_needs(run: Run) -> None:
    done = run("explain", "phi/ssn")
    assert done.returncode == 0
    for part in ("Why", "What to write instead", "Whom to turn to", "Flagged", "Fine"):
        assert part in done.stdout


def test_light_commands_load_neither_spacy_nor_presidio(tmp_path: Path) -> None:
    for arguments in (["--help"], ["--version"], ["rules", "list"], ["explain", "phi/ssn"], ["config", "show"]):
        program = (
            "import sys; from postcheck.cli.commands import cli\n"
            f"cli.main({arguments!r}, standalone_mode=False)\n"
            "loaded = {'spacy', 'presidio_analyzer', 'rich'} & {*sys.modules}\n"
            "assert not loaded, loaded"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (arguments, done.stderr)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    assert "_POSTCHECK_COMPLETE" in run("completion", shell).stdout


def test_no_model_leaves_the_learned_model_out(run: Run, tmp_path: Path) -> None:
    post = "half of radiology can't find their own feet with a map and a flashlight"
    (tmp_path / "draft.txt").write_text(post)
    with_model = json.loads(run("draft.txt", "--format", "json").stdout)
    assert [(f["learned"], f["severity"]) for f in with_model["findings"]] == [(True, "warning")]
    by_rules = json.loads(run("draft.txt", "--format", "json", "--no-model").stdout)
    assert (by_rules["findings"], by_rules["complete"]) == ([], True)
    (tmp_path / ".postcheck.yaml").write_text("learned: false\n")
    assert json.loads(run("draft.txt", "--format", "json").stdout)["findings"] == []
