"""Writes the figures in docs/trust.md anew: `python -m trust` all of them, `python -m trust NAME ...` those named."""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from trust import evasions, faults, fuzzing, inputs, leaks, network

PAGE = Path(__file__).parents[1] / "docs" / "trust.md"

FIGURES: Mapping[str, Callable[[], str]] = {
    "leaks": leaks.figures,
    "network": network.figures,
    "inputs": inputs.figures,
    "fuzzing": fuzzing.figures,
    "evasions": evasions.figures,
    "faults": faults.figures,
}
"""By the name of a block of the page, what measures it and tells it in Markdown."""


def put(page: str, name: str, figures: str) -> str:
    """The page with other figures between `<!-- NAME -->` and `<!-- /NAME -->`. Raises `ValueError` without these."""
    block = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
    if not block.search(page):
        raise ValueError(f"{PAGE.name} has no block for {name}")
    return block.sub(lambda _: f"\n{figures.strip()}\n\n", page)


def main(names: list[str]) -> None:
    """Measure, and write each block as soon as it's measured."""
    for name in names or FIGURES:
        figures = FIGURES[name]()
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), name, figures), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
