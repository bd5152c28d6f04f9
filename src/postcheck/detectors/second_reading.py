"""A second look at texts in which names don't look like names."""

from collections.abc import Iterator

import regex

from postcheck.detectors.resolve import REGION, THING
from postcheck.detectors.words import is_everyday, is_given_name, is_surname, may_be_given_name
from postcheck.draft import Span
from postcheck.normalization import View, split_tags

READ_AGAIN = frozenset({"PERSON", "ORGANIZATION", THING, REGION})
"""The kinds that a second reading is for, and those that explain them."""

_PATH = regex.compile(r"(?<=\.[a-z]{2,20}(?::\d{1,5})?)[/?][^\s<>]+", regex.IGNORECASE)
_NO_LETTERS = regex.compile(r"(?:[^\p{L}\p{M}%\d]|%[\dA-Fa-f]{2})+")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]+")
_FEW = 0.1
_SHORTEST_IN_CAPITALS = 5
_BEFORE_A_NAME = regex.compile(
    r"mrs?|ms|mx|miss|señora?|doña?|patient|pt|named|rip|mama|papa|t[ií][oa]"
    r"|wife|husband|son|daughter|mom|mother|dad|father|sister|brother|girlfriend|boyfriend|cousin|niece|nephew"
    r"|aunt|uncle|grand(?:ma|pa|son|daughter)",
    regex.IGNORECASE,
)


def second_reading(text: str) -> View | None:
    """The text with tags split into words and names with a capital; `None` if that's how it is.

    A name from the lists gets a capital, and so does an unknown word behind one or behind a word
    such as "mr" or "patient". Where nothing has a capital, names of all languages are believed,
    elsewhere only those that are frequent in the United States. To let the model judge such a
    text finds few more names and takes every third unknown word for one.
    """
    split = split_tags(text)
    split = split.rewritten(_opened(split.text))
    words = [*_WORD.finditer(split.text)]
    no_capitals = sum(word[0][0].isupper() for word in words) <= _FEW * len(words)
    reading = split.rewritten(_recased(words, no_capitals))
    return None if reading.text == text else reading


def _opened(text: str) -> "Iterator[tuple[Span, str]]":
    """The edits that turn the path of an address into words."""
    for path in _PATH.finditer(text):
        for match in _NO_LETTERS.finditer(path[0]):
            yield Span(path.start() + match.start(), path.start() + match.end()), " "


def _recased(words: "list[regex.Match[str]]", no_capitals: bool) -> Iterator[tuple[Span, str]]:
    after_name = False
    for match in words:
        word = match[0]
        in_capitals = word.isupper() and len(word) >= _SHORTEST_IN_CAPITALS
        written = word.title() if in_capitals or no_capitals else word
        named = may_be_given_name(written) if in_capitals else is_given_name(written)
        unknown = (in_capitals or no_capitals) and not is_everyday(word)
        capital = named or (unknown and (after_name or is_surname(written)))
        if capital and (in_capitals or word.islower()):
            yield Span(*match.span()), word[0].upper() + word[1:].lower()
        after_name = capital or bool(_BEFORE_A_NAME.fullmatch(word)) or (after_name and word == "and")
