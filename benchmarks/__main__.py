"""Measures everything and writes `benchmarks/results.md` and its figure."""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median

from benchmarks.editor import CHANGES, pauses
from benchmarks.figure import bars
from benchmarks.peers import PEERS, TWO_PROCESSES
from benchmarks.starts import ANSWERED, BARE, COMMANDS, environment_of, pinned, resident, started
from benchmarks.texts import TYPICAL, of_length

HERE = Path(__file__).parent
REFERENCE = "Presidio"
LENGTHS = (100, 1_000, 10_000, 100_000, 1_000_000)
NUMBERS = (10, 100, 1_000, 10_000)
Rounds = Mapping[str, list[float]]


def interleaved(peers: Iterable[str], rounds: int, measure: Callable[[str], float]) -> Rounds:
    """The measurements of each peer, taken in turns, so that what else the machine does hits all alike.

    What is kept between runs is made before.
    """
    peers = [*peers]
    for peer in peers:
        measure(peer)
    found: dict[str, list[float]] = {peer: [] for peer in peers}
    for number in range(rounds):
        for peer in peers[number % len(peers) :] + peers[: number % len(peers)]:
            found[peer].append(measure(peer))
    return found


def worked(peer: str, what: str, size: int, cores: int = 1) -> Mapping[str, float]:
    """What a peer that is loaded takes, in a process of its own: `seconds` and `megabytes`."""
    command = [sys.executable, "-m", "benchmarks.worker", peer, what, str(size)]
    done = subprocess.run(
        pinned(command) if cores == 1 else command,
        cwd=HERE.parent,
        env=environment_of(),
        capture_output=True,
        text=True,
        check=True,
    )
    said: Mapping[str, float] = json.loads(done.stdout)
    return said


def measured(what: str, size: int, unit: str = "seconds", cores: int = 1) -> Callable[[str], float]:
    """Measures a peer that is loaded."""
    return lambda peer: worked(peer, what, size, cores)[unit]


def table(found: Rounds, unit: str, scale: float, reference: str = REFERENCE) -> str:
    """A row for each peer: its median, and how it compares with the reference, round by round."""
    lines = [f"| | {unit} | to {reference} | |", "|---|---|---|---|"]
    for peer, values in found.items():
        ratios = sorted(value / of for value, of in zip(values, found[reference], strict=True))
        spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
        lines.append(f"| {peer} | {median(values) * scale:,.1f} | {median(ratios):.2f} | {spread} |")
    return "\n".join(lines)


def growth(sizes: Iterable[int], what: str, per: str, peers: Iterable[str]) -> str:
    """How the time for a character or a draft, and the memory, grow with their number."""
    peers = [*peers]
    heads = (f"{peer}, µs each | MB" for peer in peers)
    lines = [f"| {per} | " + " | ".join(heads) + " |", "|---|" + "---|---|" * len(peers)]
    for size in sizes:
        cells = []
        for peer in peers:
            said = worked(peer, what, size)
            cells.append(f"{said['seconds'] / size * 1e6:,.1f} | {said['megabytes']:,.0f}")
        lines.append(f"| {size:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def starts(rounds: int) -> Iterator[str]:
    """From the start of a process to its end: a check of a file, one that is answered quickly, and commands."""
    plain = environment_of()
    with tempfile.TemporaryDirectory() as folder, resident(Path(folder)) as asking:
        file = Path(folder) / "post.txt"
        file.write_text(of_length(TYPICAL), encoding="utf-8")
        whole = {name: peer.command(str(file)) for name, peer in PEERS.items()}
        found = interleaved(whole, rounds, lambda peer: started(whole[peer], plain))
        (HERE / "cold.svg").write_text(bars({peer: median(values) for peer, values in found.items()}), encoding="utf-8")
        yield f"## From start to result, a post of {TYPICAL} characters\n\n{table(found, 'ms', 1000)}"
        yield "![From start to result](cold.svg)"
        answered = {name: command(str(file)) for name, command in ANSWERED.items()}
        found = interleaved(
            answered, rounds, lambda peer: started(answered[peer], asking if "resident" in peer else plain)
        )
        yield f"## The same, answered quickly\n\n{table(found, 'ms', 1000, 'proselint')}"
    found = interleaved(COMMANDS, rounds, lambda name: started(COMMANDS[name], plain))
    yield f"## Commands that judge nothing\n\n{table(found, 'ms', 1000, BARE)}"


def editing(rounds: int) -> str:
    """From the last key to what an editor is told."""
    lines = ["| Draft, changed | ms | |", "|---|---|---|"]
    for length in (TYPICAL, 2_000):
        for where in CHANGES:
            values = sorted(value * 1000 for value in pauses(length, where, rounds))
            spread = f"{values[0]:,.0f} to {values[-1]:,.0f}"
            lines.append(f"| {length:,} characters, {where} | {median(values):,.0f} | {spread} |")
    return "## While somebody writes: from the last key to the findings\n\n" + "\n".join(lines)


def loaded(rounds: int) -> Iterator[str]:
    """What a loaded peer takes for many drafts, and how that grows."""
    yield f"## 1,000 drafts of the corpus\n\n{table(interleaved(PEERS, rounds, measured('number', 1000)), 's', 1)}"
    both = ("postcheck", TWO_PROCESSES)
    found = interleaved(both, rounds, measured("number", 2000, cores=2))
    yield f"## 2,000 drafts, by two processes on two cores\n\n{table(found, 's', 1, 'postcheck')}"
    memory = interleaved(PEERS, 1, measured("number", 1000, "megabytes"))
    yield f"## Memory with 1,000 drafts\n\n{table(memory, 'MB', 1)}"
    own = ("postcheck", "postcheck, rules alone")
    yield f"## Growth with length\n\n{growth(LENGTHS, 'length', 'Characters', own)}"
    yield f"## Growth with number\n\n{growth(NUMBERS, 'number', 'Drafts', own[1:])}"


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured (default: 5)")
    parser.add_argument("--quick", action="store_true", help="only what starts, and the warm single draft")
    asked = parser.parse_args()
    parts = [
        "# Results",
        f"{platform.machine()}, Python {platform.python_version()}, one core, {asked.rounds} rounds in turns; "
        f"the ratios are the median and the range over the rounds. `python -m benchmarks` writes this page.",
        *starts(asked.rounds),
        f"## The same post, loaded\n\n{table(interleaved(PEERS, asked.rounds, measured('single', 1)), 'ms', 1000)}",
        editing(asked.rounds),
        *(() if asked.quick else loaded(asked.rounds)),
    ]
    (HERE / "results.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
