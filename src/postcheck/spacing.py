"""Letters that are set apart and lines that are broken: the edits that put them together again."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

import regex

from postcheck.draft import Span

_BROKEN_NUMBER = regex.compile(r"(?<=\d[-./])\n(?=\d)")
_SPELLED = regex.compile(
    r"(?<![\p{L}\p{N}])[\p{L}\p{N}]"
    r"(?:(?:[ \t]{1,3}|[-._*~|·•/\\]|[ \t][-./][ \t]|\p{So}\p{M}*)[\p{L}\p{N}](?![\p{L}\p{N}])){3,}"
)
_FEWEST_DIGITS = 6
"""So many digits with something between them are one number, and half as many letters a word."""

_SPLIT_NUMBER = regex.compile(r"(?<![\p{L}\p{N}])\p{Nd}(?:(?:[*_•]|\p{So}\p{M}*)\p{Nd})+(?![\p{L}\p{N}])")
_GAP = regex.compile(r"(?<=[\p{L}\p{N}])[^\p{L}\p{N}]+(?=[\p{L}\p{N}])")


def spelled_out(text: str) -> Iterator[tuple[Span, str]]:
    """The edits that join what is spelled out with something between the letters: "M a r i a", "5.5.5-0.1.4.3"."""
    for run in _SPELLED.finditer(text):
        gaps = [*_GAP.finditer(run[0])]
        [(mark, often)] = Counter(gap[0] for gap in gaps).most_common(1)
        letters = sum(char.isalpha() for char in run[0])
        if 2 * often > len(gaps) and max(len(gaps) + 1, 2 * letters) >= _FEWEST_DIGITS:
            for gap in gaps:
                start, end = gap.span()
                word_begins = mark == " " and run[0][start - 1].islower() and run[0][end].isupper()
                kept = gap[0].strip() or " "
                yield Span(run.start() + start, run.start() + end), "" if gap[0] == mark and not word_begins else kept


def split_numbers(text: str) -> Iterator[tuple[Span, str]]:
    """The edits that join digits with something between them that stands in no number: "5_5_5"."""
    for match in _SPLIT_NUMBER.finditer(text):
        yield Span(*match.span()), "".join(filter(str.isdigit, match[0]))


_NARROWEST = 30
"""Characters that a line may have at least, for its end to be taken for the end of a line of print."""

_FEWEST_LINES = 3


def line_breaks(text: str) -> Iterator[tuple[Span, str]]:
    """The edits that undo line breaks in numbers, and in paragraphs of lines that were filled as far as they go.

    In such a paragraph no line has room for the first word of the next. Lines of a list or of verse do.
    """
    numbers = ((match.start(), "") for match in _BROKEN_NUMBER.finditer(text))
    blanks = ((at, " ") for at in _filled(text))
    return ((Span(at, at + 1), put) for at, put in sorted({**dict(blanks), **dict(numbers)}.items()))


def _filled(text: str) -> Iterator[int]:
    """Where the lines of filled paragraphs end, but for the last one of each."""
    at = 0
    for blank, paragraph in groupby(text.split("\n"), lambda line: not line.strip()):
        lines = [*paragraph]
        width = max(map(len, lines))
        full = all(len(line) + 1 + len(after.split()[0]) > width for line, after in pairwise(lines) if not blank)
        for number, line in enumerate(lines, 1):
            at += len(line) + 1
            if full and not blank and width >= _NARROWEST and _FEWEST_LINES <= len(lines) != number:
                yield at - 1
