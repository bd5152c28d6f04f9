"""Where a check with a fault is run, by the real command line, and how it ends."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DRAFT = "Our patient Maria Lopez, MRN 00482913, rang the bell on March 9. What an idiot I was to cry.\n"
SECRETS = (b"Maria", b"Lopez", b"00482913")

WHOLE, REFUSED, KILLED = "whole and right", "refused with exit code 2", "ended by the system"
"""How a check may end: it says what it says without the fault; it says that it wasn't made; it's gone, and says so."""
ENDS = (WHOLE, REFUSED, KILLED)

Done = subprocess.CompletedProcess[bytes]


class BrokenError(AssertionError):
    """A check with a fault that said less than the truth, showed the draft or a traceback, or didn't meet the fault."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with a draft, a home and a cache of its own. What is in `lib` is imported before all else."""

    folder: Path

    @property
    def lib(self) -> Path:
        return self.folder / "lib"

    @property
    def cache(self) -> Path:
        return self.folder / "cache" / "postcheck"

    @property
    def happened(self) -> Path:
        """A file that a fault makes when it happens."""
        return self.folder / "happened"

    def check(self, *arguments: str, **how: Any) -> Done:
        """Check the draft, or what the arguments say, and report as JSON; see `run`."""
        return self.run("check", *(arguments or ["draft.txt"]), "--format", "json", **how)

    def run(
        self,
        *arguments: str,
        environment: Mapping[str, str | None] | None = None,
        python: tuple[str, ...] = (),
        stdout: int = subprocess.PIPE,
        before: Callable[[], None] | None = None,
    ) -> Done:
        """Run postcheck. Of the environment, what is `None` isn't there; `before` is run in the new process."""
        folders = {"HOME": self.folder, "XDG_CACHE_HOME": self.cache.parent, "PYTHONPATH": self.lib}
        own = {name: str(folder) for name, folder in folders.items()} | {"POSTCHECK_SOCKET": ""}
        said = os.environ | own | {"XDG_CONFIG_HOME": None} | dict(environment or {})
        return subprocess.run(
            [sys.executable, *python, "-m", "postcheck", *arguments],
            cwd=self.folder,
            env={name: value for name, value in said.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            preexec_fn=before,
            check=False,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """A way in which a stage fails: `run` makes it fail and checks the draft."""

    stage: str
    name: str
    run: Callable[[Ground], Done]


@contextmanager
def ground() -> Iterator[Ground]:
    """A folder with the draft, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        made = Ground(Path(folder))
        made.lib.mkdir()
        (made.folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
        yield made


@cache
def unbroken() -> Any:
    """What is found in the draft where nothing fails, with each model: the report's findings."""
    with ground() as fresh:
        report = json.loads(fresh.check().stdout)
    found = {finding["category"] for finding in report["findings"]}
    if not report["complete"] or not {"phi", "patient-story", "respect"} <= found:
        raise BrokenError("without a fault the check isn't as it should be")
    return report["findings"]


def ended(fault: Fault) -> str:
    """How a check with a fault ends. Raises `BrokenError`."""
    with ground() as fresh:
        done = fault.run(fresh)
    said = (done.stdout or b"") + done.stderr
    told = f"{fault.stage}, {fault.name}: exit code {done.returncode}\n{said.decode(errors='replace')}"
    if b"Traceback" in said or any(secret in said for secret in SECRETS):
        raise BrokenError(told)
    report = _report(done)
    if report is None and done.returncode not in {0, 2}:
        return KILLED
    if done.returncode == 2 and (report is None or not report["complete"]) and said.strip():
        return REFUSED
    if done.returncode == 1 and report and report["complete"] and report["findings"] == unbroken():
        return WHOLE
    raise BrokenError(told)


def _report(done: Done) -> Any:
    """The report, if there is a whole one."""
    try:
        return json.loads(done.stdout or b"")
    except ValueError:
        return None
