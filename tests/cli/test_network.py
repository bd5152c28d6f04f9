"""postcheck needs no network and asks for none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DRAFT = "mail jo@example.org or see caringbridge.org/visit/jo, ssn 219-09-1234"
CHECK = [sys.executable, "-m", "postcheck", "--text", DRAFT, "--format", "json"]
GUARD = """
import socket


class Refused(socket.socket):
    def __init__(self, *arguments, **more):
        raise AssertionError("postcheck opened a socket")


socket.socket = socket.SocketType = Refused
socket.getaddrinfo = Refused
"""


def test_a_check_opens_no_socket(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(CHECK, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr


def test_a_check_is_whole_where_there_is_no_network(tmp_path: Path) -> None:
    isolated = [shutil.which("unshare") or "unshare", "--map-root-user", "--net"]
    if subprocess.run([*isolated, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine makes no network namespaces")
    environment = os.environ | {"HOME": str(tmp_path)}
    done = subprocess.run(
        [*isolated, *CHECK], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert '"complete": true' in done.stdout
