"""The command line where there is no network, and the sockets that it opens where there is one."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from trust.leaks import STRACE, Canary, Run, Searched, runs, searched

UNSHARE = shutil.which("unshare")
ISOLATED = [UNSHARE or "unshare", "--map-root-user", "--net"]
"""Runs a command in a network namespace of its own, without interfaces."""

_FAMILY = re.compile(r"\bAF_\w+")


def can_isolate() -> bool:
    """Whether this machine makes network namespaces."""
    return UNSHARE is not None and not subprocess.run([*ISOLATED, "true"], capture_output=True, check=False).returncode


def whole_runs() -> list[Run]:
    """Each command, over sound drafts and broken ones, but for the page, which is served at an address of 127.0.0.1
    that is another each time, and for what tells how long it took.
    """
    return [run for run in runs() if not run.failing and not {"open", "--timings"} & {*run.arguments}]


def apart(chosen: list[Run]) -> Iterator[tuple[Searched, Searched]]:
    """How each run ends with and without a network."""
    canary = Canary.new()
    yield from zip(searched(chosen, canary), searched(chosen, canary, ISOLATED), strict=True)


def families(chosen: list[Run]) -> Counter[str]:
    """The families of sockets in all system calls of the runs that have to do with a network.

    The resident isn't among the runs: it would outlive them, and the trace with it. Raises `RuntimeError` if a run
    doesn't end as it should.
    """
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        wrap = [STRACE or "strace", "-f", "-qq", "-A", "-s", "0", "-e", "trace=%network", "-o", str(log)]
        for each in searched([run for run in chosen if "serve" not in run.arguments], Canary.new(), wrap):
            if each.code not in each.run.ends:
                raise RuntimeError(f"{each.run.name} ended with {each.code}: nothing can be said of its sockets")
        return Counter(_FAMILY.findall(log.read_text(encoding="utf-8")))


def figures() -> str:
    """How the runs ended, and which sockets they opened."""
    ends = [*apart(whole_runs())]
    differ = [before.run.name for before, after in ends if (before.code, before.printed) != (after.code, after.printed)]
    seen = ", ".join(f"{family} ({number} calls)" for family, number in families(whole_runs()).items()) or "none"
    return (
        f"{len(ends)} runs of {len({before.run.arguments[0] for before, _ in ends})} commands were repeated in a "
        "network namespace without interfaces (not the page, which is served on 127.0.0.1 alone). Runs with another "
        f"exit code or another output there: {len(differ)}"
        f"{''.join(f' ({name})' for name in differ)}. A trace of all their system calls for networks, but for the "
        f"resident's, shows these families of sockets: {seen}."
    )
