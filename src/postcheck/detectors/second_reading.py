"""A second look at texts in which names don't look like names."""

from collections.abc import Iterator

import regex

from postcheck.detectors.resolve import REGION, THING
from postcheck.detectors.words import is_everyday, is_given_name, is_surname, may_be_given_name
from postcheck.draft import Span
from postcheck.normalization import View, split_tags

READ_AGAIN = frozenset({"PERSON", "ORGANIZATION", THING, REGION})
"""The kinds that a second reading is for, and those that explain them."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]+")
_DISGUISED = regex.compile(r"\b(?=\p{L}+\d)\p{L}{1,}(?:[01345](?=\p{Ll})\p{Ll}*){1,3}\b")
_DIGITS = str.maketrans("01345", "oieas")
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
    text finds few more names and takes every third unknown word for one. Digits within a word
    are read as the letters they imitate.
    """
    split = split_tags(text)
    disguised = _DISGUISED.finditer(split.text)
    split = split.rewritten((Span(*each.span()), each[0].translate(_DIGITS)) for each in disguised)
    words = [*_WORD.finditer(split.text)]
    no_capitals = sum(word[0][0].isupper() for word in words) <= _FEW * len(words)
    reading = split.rewritten(_recased(words, no_capitals))
    return None if reading.text == text else reading


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
