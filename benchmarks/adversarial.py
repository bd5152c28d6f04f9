"""How the time for a character grows on texts that are made to take long: `python -m benchmarks.adversarial`.

It writes `benchmarks/adversarial.md`. `tests/rules/test_growth.py` proves what can be proved of the
expressions; this looks at everything together.
"""

import argparse
import io
import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.texts import of_length
from postcheck.checker import Checker
from postcheck.packs import load
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.reporters import REPORTERS, Presentation

HERE = Path(__file__).parent
SIZES = (10_000, 80_000)
SHOWN = Presentation(show_text=True, fail_on=None, quiet=False, width=100, color=False)
_SHARE = 0.05
"""Of the whole time; what takes less isn't looked at."""
STAGES = ("text", "Markdown", "HTML", "check", "reports")

UNITS: Mapping[str, tuple[str, ...]] = {
    "one character": (*"a1 \n,(_~[<#@", "\u0301", "\u200b", "\U0001f600", "\u2014"),
    "a few characters": ("a ", "a.", "1,", "1-", "A1", "a1", "AbCd", "a\u0301", "a\u0430", '"a" ', "a,,,,! "),
    "Markdown": ("*a ", "**a ", "_a ", "~a ", "`a ", "[a](", "![", "> a\n", "- a\n", "---\n", "\n---\n\n", "|a|\n"),
    "HTML": (
        "<a ",
        "<a",
        "</a ",
        "<a b='",
        '<a b="<a c" d="',
        "<!--",
        "<!",
        "<?",
        "<![CDATA[",
        "<script>",
        "<p>a</p>\n",
    ),
    "addresses": ("http://", "www.", "a.com ", "a.com.", "a@a.", "a@a.com ", "#a", "@a", "#prayformarisol "),
    "phrases": ("you should ", "stop ", "my patient ", "a at b dot ", "not ", "and ", "Stop it now. "),
    "identifiers": ("Maria Lopez ", "Dr. Smith ", "3/14/2026 ", "713-792-2121 ", "mrn 123456 ", "123-45-6789 "),
    "findings": ("My patient Maria died in room 714. ", "Take 400 mg of Tylenol. ", "MD Anderson. "),
    "comments": ('<!-- postcheck: ignore[phi] reason="x" -->\n\nRoom 714, my patient.\n\n',),
}
"""What is repeated."""


def stages(text: str, checker: Checker) -> Iterator[float]:
    """The seconds of each stage."""
    drafts = []
    for suffix in (".txt", ".md", ".html"):
        begun = perf_counter()
        drafts.append(read(text.encode(), f"a{suffix}", Metadata()))
        yield perf_counter() - begun
    begun = perf_counter()
    report = checker.check(drafts[0])
    yield perf_counter() - begun
    begun = perf_counter()
    for reporter in REPORTERS.values():
        reporter(report, io.StringIO(), SHOWN)
    yield perf_counter() - begun


def measured(text: str, checker: Checker) -> list[float]:
    """The seconds of all stages."""
    return [*stages(text, checker)]


def apart(measure: Callable[[], list[float]]) -> list[float]:
    """The result of a measurement in a process of its own, which begins with all that is loaded here."""
    receiving, sending = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=lambda: sending.send(measure()))
    process.start()
    found: list[float] = receiving.recv()
    process.join()
    return found


def row(name: str, make: Callable[[int], str], checker: Checker) -> str:
    """How much longer a character takes in the longer text, stage by stage, and how long in all."""
    short, long = (
        [seconds / size * 1e6 for seconds in apart(partial(measured, make(size), checker))] for size in SIZES
    )
    grown = zip(short, long, STAGES, strict=True)
    worst, stage = max((after / before, stage) for before, after, stage in grown if after > _SHARE * sum(long))
    return f"| {name} | {sum(short):,.0f} | {sum(long):,.0f} | {sum(long) / sum(short):.2f} | {worst:.2f} ({stage}) |"


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adversarial", description=__doc__)
    parser.add_argument("topics", nargs="*", help=f"what to measure: {', '.join(UNITS)} (default: everything)")
    asked = parser.parse_args().topics or [*UNITS]
    checker = Checker(load(), learned=False)
    checker.check(read(of_length(2000).encode(), "a.txt", Metadata()))
    lines = [
        "# Texts that are made to take long",
        "",
        f"Microseconds for a character of a text of {SIZES[0]:,} and of {SIZES[1]:,} characters that repeats a few: to",
        "read it as plain text, Markdown and HTML, to check it by rules alone, and to write all reports. What grows as",
        "the text does has the ratio 1. `python -m benchmarks.adversarial` writes this page.",
        "",
        "| | at first | at last | ratio | the stage that grows most |",
        "|---|---|---|---|---|",
        row("ordinary drafts", of_length, checker),
    ]
    for topic in asked:
        for unit in UNITS[topic]:
            shown = json.dumps(unit)[1:-1].replace("|", "\\|")
            lines.append(row(f"`{shown}`", partial(repeated, unit), checker))
            print(lines[-1], flush=True)
    (HERE / "adversarial.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def repeated(unit: str, size: int) -> str:
    """A text of that size."""
    return (unit * (size // len(unit) + 1))[:size]


if __name__ == "__main__":
    main()
