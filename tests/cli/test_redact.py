"""`postcheck redact`, run as its users run it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

POST = "Our patient Marisol rang the bell on March 9, 2023.\r\nDr. Lee cheered.\r\n"
SAFE = "Our patient rang the bell in 2023.\r\nDr. Lee cheered.\r\n"
NAME = "Marisol"


def test_a_safe_draft_is_printed_and_the_file_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_bytes(POST.encode())
    done = run("redact", "post.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, SAFE, "")
    assert (tmp_path / "post.txt").read_bytes() == POST.encode()


def test_a_safe_draft_has_no_phi_finding_left(run: Run) -> None:
    safe = run("redact", "-", stdin=POST).stdout
    assert run("check", "-", "--select", "phi", stdin=safe).returncode == 0


@pytest.mark.parametrize(("style", "expected"), [("placeholder", "[PATIENT-NAME]"), ("mask", "\u2022" * len(NAME))])
def test_the_style_says_what_takes_the_place(run: Run, style: str, expected: str) -> None:
    safe = run("redact", "-", "--style", style, stdin=POST).stdout
    assert safe.startswith(f"Our patient {expected} rang the bell on ")
    assert NAME not in safe


def test_in_place_writes_the_file_with_its_mode_and_its_byte_order_mark(run: Run, tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_bytes(b"\xef\xbb\xbf" + POST.encode())
    post.chmod(0o640)
    done = run("redact", "post.txt", "--in-place")
    assert (done.returncode, done.stdout) == (0, "")
    assert post.read_bytes() == b"\xef\xbb\xbf" + SAFE.encode()
    assert post.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["post.txt"]


def test_of_a_table_only_the_lines_with_an_identifier_change(run: Run, tmp_path: Path) -> None:
    clean = '{"id": "a",  "text": "Happy Nurses Week!"}'
    bad = json.dumps({"id": "b", "text": POST, "author": "employee"})
    (tmp_path / "posts.jsonl").write_text(f"{clean}\n{bad}\n", encoding="utf-8")
    first, second, end = run("redact", "posts.jsonl").stdout.split("\n")
    assert (first, end) == (clean, "")
    assert json.loads(second) == {"id": "b", "text": SAFE, "author": "employee"}


def test_an_empty_table_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("\n", encoding="utf-8")
    assert run("redact", "posts.jsonl").stdout == "\n"


def test_a_diff_goes_to_no_pipe_unless_that_is_asked_for(run: Run) -> None:
    refused = run("redact", "-", "--diff", stdin=POST)
    assert refused.returncode == 2
    assert NAME not in refused.stdout + refused.stderr
    assert f"-Our patient {NAME}" in run("redact", "-", "--diff", "--show-text", stdin=POST).stdout


def test_a_diff_goes_to_the_author_s_own_terminal(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("Our patient Marisol rang the bell.\x1b[2J\n", encoding="utf-8")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "postcheck", "redact", "post.txt", "--diff"]
    done = subprocess.run(command, cwd=tmp_path, stdout=slave, stderr=slave, stdin=slave, check=False)
    os.close(slave)
    shown = os.read(master, 65536).decode()
    os.close(master)
    assert done.returncode == 0
    assert f"-Our patient {NAME}" in shown
    assert "+Our patient rang the bell." in shown
    assert "\x1b[2J" not in shown


@pytest.mark.parametrize("arguments", [("missing.txt",), ("-", "--in-place"), ("binary.txt", "--in-place")])
def test_what_cannot_be_done_ends_with_a_sentence_and_leaves_everything(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    done = run("redact", *arguments, stdin=POST)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (tmp_path / "binary.txt").read_bytes() == b"\xff\xfe\x00"
