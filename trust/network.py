"""The command line where there is no network, and the sockets that it opens where there is one."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from trust.leaks import STRACE, Canary, Run, runs, searched

UNSHARE = shutil.which("unshare")
ISOLATED = [UNSHARE or "unshare", "--map-root-user", "--net"]
"""Runs a command in a network namespace of its own, without interfaces."""

_SOCKET = re.compile(r"\bsocket\((\w+)")


def can_isolate() -> bool:
    """Whether this machine makes network namespaces."""
    return UNSHARE is not None and not subprocess.run([*ISOLATED, "true"], capture_output=True, check=False).returncode


def whole_runs() -> list[Run]:
    """Each command over sound drafts."""
    return [run for run in runs() if not run.failing]


def apart(chosen: list[Run]) -> Iterator[tuple[Run, int, int]]:
    """How each run ends with and without a network."""
    canary = Canary.new()
    for with_one, without in zip(searched(chosen, canary), searched(chosen, canary, ISOLATED), strict=True):
        yield with_one.run, with_one.code, without.code


def sockets(chosen: list[Run]) -> Counter[str]:
    """The families of the sockets that the runs open; a resident process isn't among them, which answers at one."""
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        wrap = [STRACE or "strace", "-f", "-qq", "-A", "-e", "trace=socket", "-o", str(log)]
        traced = [run for run in chosen if "serve" not in run.arguments and "resident" not in run.name]
        for _ in searched(traced, Canary.new(), wrap):
            pass
        return Counter(_SOCKET.findall(log.read_text(encoding="utf-8")))


def figures() -> str:
    """How the runs ended, and which sockets they opened."""
    ends = [*apart(whole_runs())]
    same = sum(before == after for _, before, after in ends)
    families = sockets(whole_runs())
    opened = ", ".join(f"{number} of {family}" for family, number in families.items()) or "none"
    return (
        f"{len(ends)} runs of all commands were repeated in a network namespace without interfaces: {same} ended the "
        f"same. A trace of their system calls shows these sockets: {opened} (`AF_UNIX` asks whether a resident postcheck "
        "runs, and stays on the machine)."
    )
