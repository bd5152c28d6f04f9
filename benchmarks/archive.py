"""How fast an archive is judged, and what a billion posts would cost: `python -m benchmarks.archive`.

It writes the figures into `docs/archive.md`, between its two marks.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean, median

import pyarrow
import pyarrow.parquet

from benchmarks.starts import pinned
from benchmarks.texts import drafts

PAGE = Path(__file__).parents[1] / "docs" / "archive.md"
_MARKED = re.compile(r"(?<=<!-- measured by python -m benchmarks.archive -->\n).*(?=<!-- end -->)", re.DOTALL)

MODES = {"by rules alone": ["--no-model"], "by rules and the learned model": []}
FEW, MANY = 2_000, 6_000
"""What is told is the difference between the two, so that starting and loading don't count."""

BILLION = 1_000_000_000
PRICE = 0.05
"""Dollars for a core and an hour: an assumption."""


@dataclass(frozen=True, slots=True)
class Run:
    """One audit: the seconds that the processor worked for it, and the most memory it took, in bytes."""

    seconds: float
    memory: int


def audit(folder: Path, posts: int, options: Sequence[str]) -> Run:
    """An audit of so many posts, in a process of its own on one core.

    The corpus is in order of its subjects: mixed, few posts are like many.
    """
    archive = folder / f"{posts}.parquet"
    if not archive.exists():
        mixed = drafts(MANY)
        Random(0).shuffle(mixed)
        pyarrow.parquet.write_table(pyarrow.table({"text": mixed[:posts]}), archive)
    command = [
        sys.executable,
        "-m",
        "postcheck",
        "audit",
        str(archive),
        "--output",
        str(folder / "f.parquet"),
        *options,
    ]
    with subprocess.Popen(pinned(command), stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit("the audit failed")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def measured(rounds: int) -> tuple[Mapping[str, float], Mapping[int, float]]:
    """The posts that are judged in a second in each mode, and the megabytes that each number of posts takes."""
    speeds: dict[str, list[float]] = {mode: [] for mode in MODES}
    memory: dict[int, list[float]] = {FEW: [], MANY: []}
    with tempfile.TemporaryDirectory() as folder:
        audit(Path(folder), FEW // 100, [])
        for _ in range(rounds):
            for mode, options in MODES.items():
                few, many = audit(Path(folder), FEW, options), audit(Path(folder), MANY, options)
                speeds[mode].append((MANY - FEW) / (many.seconds - few.seconds))
                memory[FEW].append(few.memory / 1e6)
                memory[MANY].append(many.memory / 1e6)
    return {mode: median(values) for mode, values in speeds.items()}, {n: max(used) for n, used in memory.items()}


def text(speeds: Mapping[str, float], memory: Mapping[int, float], rounds: int) -> str:
    """The figures in words."""
    characters = mean(map(len, drafts(MANY)))
    lines = [
        f"Measured on one core ({platform.machine()}, Python {platform.python_version()}) with the drafts of "
        f"`corpus/`, {characters:.0f} characters on average; the median of the rounds, of which there were {rounds}. "
        f"An audit of {FEW:,} posts took at most {memory[FEW]:.0f} MB of memory, one of {MANY:,} posts "
        f"{memory[MANY]:.0f} MB.",
        "",
        f"| | posts a second, one core | a billion posts | if a core costs ${PRICE:.2f} an hour | on 64 cores |",
        "|---|---|---|---|---|",
    ]
    for mode, speed in speeds.items():
        hours = BILLION / speed / 3600
        lines.append(
            f"| {mode} | {speed:.0f} | 1,000,000,000 ÷ {speed:.0f} ÷ 3,600 = {hours:,.0f} core-hours "
            f"| {hours:,.0f} × ${PRICE:.2f} = ${hours * PRICE:,.0f} "  # noqa: RUF001
            f"| {hours:,.0f} ÷ 64 ÷ 24 = {hours / 64 / 24:.1f} days |"
        )
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each thing is measured (default: 3)")
    rounds = parser.parse_args().rounds
    speeds, memory = measured(rounds)
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_MARKED.sub(lambda _: text(speeds, memory, rounds), page), encoding="utf-8")
    print(json.dumps({"posts a second": speeds, "megabytes": memory}, indent=2))


if __name__ == "__main__":
    main()
