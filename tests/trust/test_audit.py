"""The audit of dependencies, as `make audit-dependencies` runs it: it fails where there is cause or nobody to ask."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from trust.lock import LOCK

NOBODY = "http://127.0.0.1:9"


def audit(folder: Path, *more: str, proxy: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the recipe of the Makefile, with more options."""
    recipe = re.search(r"\n\t\$\(BIN\)/pip-audit (.*)\n", (LOCK.parent / "Makefile").read_text(encoding="utf-8"))
    assert recipe
    command = [sys.executable, "-m", "pip_audit", *shlex.split(recipe[1]), *more]
    environment = os.environ | {
        "HOME": str(folder),
        "HTTPS_PROXY": proxy,
        "https_proxy": proxy,
        "NO_PROXY": "127.0.0.1",
    }
    return subprocess.run(
        command, cwd=LOCK.parent, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


class Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does."""

    vulnerable = frozenset({"jinja2"})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        found = [{"id": "PYSEC-1", "summary": "a hole", "modified": "2026-01-01T00:00:00Z", "affected": []}]
        content = json.dumps({"vulns": found} if asked in self.vulnerable else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *given: object) -> None:
        """Nothing is told."""


@pytest.fixture
def advisories() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Advisories)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()


def test_a_known_vulnerability_fails_the_audit(advisories: str, tmp_path: Path) -> None:
    done = audit(tmp_path, "--vulnerability-service", "osv", "--osv-url", advisories)
    assert (done.returncode, "PYSEC-1" in done.stdout) == (1, True), done.stderr


def test_an_audit_that_finds_nothing_passes(advisories: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Advisories, "vulnerable", frozenset())
    done = audit(tmp_path, "--vulnerability-service", "osv", "--osv-url", advisories)
    assert done.returncode == 0, done.stderr


def test_an_audit_that_can_ask_nobody_fails(tmp_path: Path) -> None:
    done = audit(tmp_path, proxy=NOBODY)
    assert done.returncode != 0
    assert "No known vulnerabilities" not in done.stdout + done.stderr
