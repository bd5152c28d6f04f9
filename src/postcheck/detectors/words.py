"""What is known of words: which are everyday words, which are given names, and which are surnames."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PLAIN = str.maketrans("\u0141\u0142\u0110\u0111\u00d8\u00f8\u0131", "LlDdOoi")


def is_everyday(word: str) -> bool:
    """Whether it's an English word, or one of those that posts and wards use."""
    lower = word.lower()
    return any(lower in words for words in _sections("words.txt").values())


def is_given_name(word: str) -> bool:
    """Whether a word, as it's written, is a given name rather than anything else."""
    return _is_name(word, _sections("given-names.txt"))


def may_be_given_name(word: str) -> bool:
    """Whether it's a given name, be it one that is also a word, such as "Grace"."""
    words = _sections("given-names.txt")["words as well"]
    return is_given_name(word) or (word[:1].isupper() and _folded(word) in words)


def is_surname(word: str) -> bool:
    """Whether a word, as it's written, is a surname rather than anything else."""
    return _is_name(word, _sections("surnames.txt"))


def _is_name(word: str, names: Mapping[str, frozenset[str]]) -> bool:
    folded = _folded(word)
    return folded in names["in any case"] or (word[:1].isupper() and folded in names["only with a capital"])


@cache
def _sections(name: str) -> Mapping[str, frozenset[str]]:
    """The words of a data file under the headings that stand in brackets."""
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    parts = (part.split("]\n", 1) for part in text.split("\n[")[1:])
    return {heading: frozenset(words.split()) for heading, words in parts}


def _folded(word: str) -> str:
    """The word in lower case without accents, as the data files have it."""
    decomposed = unicodedata.normalize("NFD", word.translate(_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
