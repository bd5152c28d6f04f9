"""Whatever kills a command that writes, the old file or the new one stands, whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trust.leaks import STRACE

OLD = "Discharged my patient Maria Gonzalez, MRN 4471902, today.\n"
COMMANDS = {
    "redact": (("redact", "post.txt", "--in-place"), "post.txt"),
    "fix": (("fix", "post.txt", "--write"), "post.txt"),
    "baseline": (("baseline", "create", "post.txt"), ".postcheck-baseline.json"),
    "report": (("check", "post.txt", "--format", "json", "--output", "report.json"), "report.json"),
}


def killed(folder: Path, arguments: tuple[str, ...], calls: str) -> int:
    """The exit code of postcheck, killed at the first of these system calls that it makes on a file of the folder."""
    inject = [STRACE or "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={calls}:signal=SIGKILL:when=1"]
    command = [*inject, sys.executable, "-m", "postcheck", *arguments]
    environment = os.environ | {"HOME": str(folder), "POSTCHECK_SOCKET": "", "XDG_CACHE_HOME": "/dev/null/none"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode


@pytest.mark.skipif(STRACE is None or sys.platform != "linux", reason="strace isn't there to kill at a system call")
@pytest.mark.parametrize(
    ("command", "calls"), [("redact", "fsync"), *((command, "rename,renameat,renameat2") for command in COMMANDS)]
)
def test_a_command_that_is_killed_while_it_writes_leaves_the_old_file(tmp_path: Path, command: str, calls: str) -> None:
    arguments, written = COMMANDS[command]
    (tmp_path / "post.txt").write_text(OLD, encoding="utf-8")
    if command == "report":
        (tmp_path / written).write_text(OLD, encoding="utf-8")
    assert killed(tmp_path, arguments, calls) not in {0, 1, 2}
    if command == "baseline":
        assert not (tmp_path / written).exists()
    else:
        assert (tmp_path / written).read_text(encoding="utf-8") == OLD


def test_a_file_that_is_written_keeps_its_mode_and_what_links_to_it(tmp_path: Path, run: object) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "post.txt"
    real.write_bytes(OLD.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    link.symlink_to("real.txt")
    assert run("redact", "post.txt", "--in-place").returncode == 0  # type: ignore[operator]
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert b"Gonzalez" not in real.read_bytes()
    assert real.read_bytes().endswith(b"\r\n")
