"""However a run ends, it says so, leaves whole files behind it, and no process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

POSTS = "\n".join(f'{{"text": "Post {number}: thanks to Dr. Lee and all of the team."}}' for number in range(4000))
CHECK = [sys.executable, "-m", "postcheck", "check", "--no-cache", "--no-model", "posts.jsonl"]


def started(folder: Path, *options: str) -> "subprocess.Popen[str]":
    """A long check of many posts in a session of its own, once it has forked its processes, if it has any."""
    (folder / "posts.jsonl").write_text(POSTS, encoding="utf-8")
    environment = os.environ | {"HOME": str(folder), "POSTCHECK_SOCKET": ""}
    command = [*CHECK, *options]
    run = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True
    )
    wanted = 1 + ("--jobs" in options) * 2
    while run.poll() is None and len(processes(run.pid)) < wanted:
        time.sleep(0.1)
    if wanted == 1:
        time.sleep(2)
    return run


def processes(session: int) -> list[int]:
    """The processes of a session that run."""
    listed = subprocess.run(["ps", "-s", str(session), "-o", "pid=,stat="], capture_output=True, text=True, check=False)
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "Z" not in line.split()[1]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("options", [(), ("--jobs", "2")], ids=["alone", "jobs"])
def test_a_check_that_is_stopped_says_so_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals, options: tuple[str, ...]
) -> None:
    run = started(tmp_path, *options)
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.strip()) == (2, "postcheck: stopped; the check was not made whole.")
    assert processes(run.pid) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_no_process_outlives_a_check_that_is_killed(tmp_path: Path) -> None:
    run = started(tmp_path, "--jobs", "2")
    run.kill()
    run.wait()
    for _ in range(100):
        if not processes(run.pid):
            break
        time.sleep(0.1)
    assert processes(run.pid) == []


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("old", encoding="utf-8")
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from postcheck.cli import main; main()"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            script,
            "check",
            "--no-cache",
            "--text",
            "Hi",
            "--format",
            "json",
            "--output",
            "report.json",
        ],
        cwd=tmp_path,
        env=os.environ | {"POSTCHECK_SOCKET": "", "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "postcheck: report.json: can't be written: File too large\n"
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".report")] == []
