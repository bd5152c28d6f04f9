"""Measures everything and writes `benchmarks/results.md` and its figure."""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figure import bars
from benchmarks.peers import PEERS
from benchmarks.texts import TYPICAL, of_length

HERE = Path(__file__).parent
REFERENCE = "Presidio"
LENGTHS = (100, 1_000, 10_000, 100_000, 1_000_000)
NUMBERS = (10, 100, 1_000, 10_000)
Rounds = Mapping[str, list[float]]


def pinned(command: list[str]) -> list[str]:
    """A command on one processor core, where the system can do that."""
    return ["taskset", "--cpu-list", "0", *command] if sys.platform == "linux" else command


def interleaved(peers: Iterable[str], rounds: int, measure: Callable[[str], float]) -> Rounds:
    """The measurements of each peer, taken in turns, so that what else the machine does hits all alike."""
    peers = [*peers]
    found: dict[str, list[float]] = {peer: [] for peer in peers}
    for number in range(rounds):
        for peer in peers[number % len(peers) :] + peers[: number % len(peers)]:
            found[peer].append(measure(peer))
    return found


def cold(file: str) -> Callable[[str], float]:
    """Measures the time from the start of a process to its end."""

    def measure(peer: str) -> float:
        begun = perf_counter()
        subprocess.run(pinned(PEERS[peer].command(file)), cwd=HERE.parent, capture_output=True, check=False)
        return perf_counter() - begun

    return measure


def warm(what: str, size: int, unit: str = "seconds") -> Callable[[str], float]:
    """Measures a peer that is loaded."""

    def measure(peer: str) -> float:
        command = [sys.executable, "-m", "benchmarks.worker", peer, what, str(size)]
        done = subprocess.run(pinned(command), cwd=HERE.parent, capture_output=True, text=True, check=True)
        return float(json.loads(done.stdout)[unit])

    return measure


def table(found: Rounds, unit: str, scale: float) -> str:
    """A row for each peer: its median, and how it compares with the reference, round by round."""
    lines = [f"| | {unit} | to {REFERENCE} | |", "|---|---|---|---|"]
    for peer, values in found.items():
        ratios = sorted(value / reference for value, reference in zip(values, found[REFERENCE], strict=True))
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        lines.append(f"| {peer} | {median(values) * scale:,.1f} | {median(ratios):.2f} | {spread} |")
    return "\n".join(lines)


def growth(sizes: Iterable[int], what: str, per: str, rounds: int) -> str:
    """How the time for a character or a draft grows with their number."""
    own = ("postcheck", "postcheck, rules alone")
    lines = [f"| {per} | " + " | ".join(f"{peer}, µs each" for peer in own) + " |", "|---|" + "---|" * len(own)]
    for size in sizes:
        found = interleaved(own, rounds, warm(what, size))
        lines.append(f"| {size:,} | " + " | ".join(f"{median(found[peer]) / size * 1e6:,.1f}" for peer in own) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured (default: 5)")
    parser.add_argument("--quick", action="store_true", help="only the cold start and the warm single draft")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "post.txt"
        file.write_text(of_length(TYPICAL), encoding="utf-8")
        interleaved(PEERS, 1, cold(str(file)))
        started = interleaved(PEERS, asked.rounds, cold(str(file)))
    single = interleaved(PEERS, asked.rounds, warm("single", 1))
    parts = [
        "# Results",
        f"{platform.machine()}, Python {platform.python_version()}, one core, {asked.rounds} rounds in turns; "
        f"the ratios are the median and the range over the rounds. `python -m benchmarks` writes this page.",
        f"## From start to result, a post of {TYPICAL} characters\n\n{table(started, 'ms', 1000)}",
        "![From start to result](cold.svg)",
        f"## The same post, loaded\n\n{table(single, 'ms', 1000)}",
    ]
    if not asked.quick:
        many = interleaved(PEERS, asked.rounds, warm("number", 1000))
        memory = interleaved(PEERS, 1, warm("number", 1000, "megabytes"))
        parts += [
            f"## 1,000 drafts of the corpus\n\n{table(many, 's', 1)}",
            f"## Memory with 1,000 drafts\n\n{table(memory, 'MB', 1)}",
            f"## Growth with length\n\n{growth(LENGTHS, 'length', 'Characters', 1)}",
            f"## Growth with number\n\n{growth(NUMBERS, 'number', 'Drafts', 1)}",
        ]
    (HERE / "results.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    (HERE / "cold.svg").write_text(bars({peer: median(values) for peer, values in started.items()}), encoding="utf-8")


if __name__ == "__main__":
    main()
