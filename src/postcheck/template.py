r"""The notation in which rule writers spell phrases.

    stop (taking|using) [your] {treatment}

- words match whole, in any case, across line breaks; an apostrophe or a hyphen may be left
  out by the author (`don't` finds "dont", `follow-up` finds "follow up");
- `(a|b c)` is one of several, `[a|b]` is optional, `patient[s]` glues to its word;
- `{name}` is any entry of the term list of that name;
- `...` is a gap of up to five words inside the sentence;
- `word*` is any word that begins so;
- `^` at the beginning: only at the start of a sentence.

A template becomes a regular expression, or, where it is finite, the list of all the strings
that it stands for.
"""

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from postcheck.need import NOTHING, Need, Piece, all_of, any_of, listed, sign

GAP_WORDS = 5
_SEPARATOR = r"""[,"')]*\s+["'(]*"""
_CHUNK = r"(?>[^\s.!?]+(?:[.!?][^\s.!?]+)*)"
_GAP = rf"""(?:[,"')]*(?:\s+{_CHUNK}){{1,{GAP_WORDS}}}?)??"""
_SPECIAL = "(|)[]{} "
_MARK = "\0"
_LOOSE = re.compile(r"['*-]")
"""What of a word a text may write otherwise."""


class TemplateError(ValueError):
    """A template that can't be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class _Literal:
    text: str


@dataclass(frozen=True, slots=True)
class _Term:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple["_Sequence", ...]
    optional: bool


_Atom: TypeAlias = _Literal | _Term | _Choice


@dataclass(frozen=True, slots=True)
class _Gap:
    pass


@dataclass(frozen=True, slots=True)
class _Word:
    atoms: tuple[_Atom, ...]

    @property
    def optional(self) -> bool:
        return len(self.atoms) == 1 and isinstance(self.atoms[0], _Choice) and self.atoms[0].optional


@dataclass(frozen=True, slots=True)
class _Sequence:
    words: tuple[_Word | _Gap, ...]


@dataclass(frozen=True)
class Template:
    """A parsed template."""

    source: str
    _root: _Sequence

    def terms(self) -> Iterator[str]:
        """The names of the term lists that the template refers to."""
        return _terms(self._root)

    @cached_property
    def need(self) -> Need:
        """What every text that the template matches holds."""
        pieces = map(Piece, _pieces(self._root)) if any(_terms(self._root)) else ()
        return all_of((_need(self._root), *pieces))

    def pattern(self, term: Callable[[str], str]) -> str:
        """The template as a regular expression; `term` gives the expression of a term list."""
        return "".join(term(piece) if at % 2 else piece for at, piece in enumerate(self._pieces))

    @cached_property
    def _pieces(self) -> tuple[str, ...]:
        """The regular expression; every other piece is the name of a term list."""
        whole = _compile(self._root, lambda name: f"{_MARK}{name}{_MARK}")
        return tuple(_bounded(whole).split(_MARK))

    def expand(self) -> Iterator[str]:
        """All the strings that the template stands for.

        Raises `TemplateError` for a template with a gap, a `*` or a term list.
        """
        return _expand(self._root, self.source)


_MOST = 10_000
"""Phrases that a template may stand for at most where they're written out."""

_DEEPEST = 50
"""Brackets that may stand within each other."""


@cache
def parse(source: str) -> Template:
    """Read a template; raises `TemplateError`."""
    text = " ".join(source.split())
    if _deepest(text) > _DEEPEST:
        raise TemplateError(f'more than {_DEEPEST} brackets stand within each other: "{source[:40]}"')
    root, end = _parse_sequence(text, int(starts_sentence(text)), source)
    if _MARK in text:
        raise TemplateError("a phrase holds a character that stands in no text")
    if end != len(text):
        raise TemplateError(f'unexpected "{text[end]}" in "{source}"')
    return Template(source, root)


def _deepest(text: str) -> int:
    """How many brackets stand within each other."""
    return max(itertools.accumulate((char in "([") - (char in ")]") for char in text), default=0)


def starts_sentence(source: str) -> bool:
    """Whether a template matches only at the start of a sentence."""
    return source.lstrip().startswith("^")


def _parse_sequence(text: str, at: int, source: str) -> tuple[_Sequence, int]:
    words: list[_Word | _Gap] = []
    while at < len(text) and text[at] not in "|)]":
        if text[at] == " ":
            at += 1
        elif text.startswith("...", at):
            words.append(_Gap())
            at += 3
        else:
            word, at = _parse_word(text, at, source)
            words.append(word)
    if not words or all(isinstance(word, _Gap) for word in words):
        raise TemplateError(f'nothing to look for in "{source}"')
    if isinstance(words[0], _Gap) or isinstance(words[-1], _Gap):
        raise TemplateError(f'"..." needs a word on both sides in "{source}"')
    return _Sequence(tuple(words)), at


def _parse_word(text: str, at: int, source: str) -> tuple[_Word, int]:
    atoms: list[_Atom] = []
    while at < len(text) and text[at] not in " |)]":
        char = text[at]
        if char == "{":
            end = text.find("}", at)
            if end < 0:
                raise TemplateError(f'"{{" without "}}" in "{source}"')
            atoms.append(_Term(text[at + 1 : end].strip()))
            at = end + 1
        elif char in "([":
            close = ")" if char == "(" else "]"
            options = []
            while True:
                option, at = _parse_sequence(text, at + 1, source)
                options.append(option)
                if at >= len(text) or text[at] not in f"|{close}":
                    raise TemplateError(f'"{char}" without "{close}" in "{source}"')
                if text[at] == close:
                    break
            if char == "(" and any(_may_be_empty(option) for option in options):
                raise TemplateError(f'one of the alternatives in "(…)" may be left out; write "[…]" in "{source}"')
            atoms.append(_Choice(tuple(options), optional=char == "["))
            at += 1
        elif char == "}":
            raise TemplateError(f'"}}" without "{{" in "{source}"')
        else:
            end = at
            while end < len(text) and text[end] not in _SPECIAL:
                end += 1
            atoms.append(_Literal(text[at:end]))
            at = end
    return _Word(tuple(atoms)), at


def _bounded(expression: str) -> str:
    return rf"(?<!\w)(?:{expression})(?!\w)"


def _may_be_empty(sequence: _Sequence) -> bool:
    return all(isinstance(word, _Word) and word.optional for word in sequence.words)


def _terms(sequence: _Sequence) -> Iterator[str]:
    for word in sequence.words:
        if isinstance(word, _Word):
            for atom in word.atoms:
                if isinstance(atom, _Term):
                    yield atom.name
                elif isinstance(atom, _Choice):
                    for option in atom.options:
                        yield from _terms(option)


def _need(sequence: _Sequence) -> Need:
    words = [word for word in sequence.words if isinstance(word, _Word)]
    if all(word.optional for word in words):
        choices = [atom for word in words for atom in word.atoms if isinstance(atom, _Choice)]
        return any_of(_need(option) for choice in choices for option in choice.options)
    return all_of(_need_of(atom) for word in words for atom in word.atoms)


def _pieces(sequence: _Sequence) -> Iterator[str]:
    """Expressions for the words that stand together without a gap or a term list between them."""
    for needed, words in itertools.groupby(sequence.words, lambda word: isinstance(word, _Word) and _alone(word)):
        if needed:
            yield _bounded(_compile(_Sequence(tuple(words)), str))


def _alone(word: _Word) -> bool:
    """Whether a word must be there, and needs no term list."""
    return not word.optional and not any(_terms(_Sequence((word,))))


def _need_of(atom: _Atom) -> Need:
    if isinstance(atom, _Literal):
        return all_of(map(sign, _LOOSE.split(atom.text)))
    if isinstance(atom, _Term):
        return listed(atom.name)
    return NOTHING if atom.optional else any_of(map(_need, atom.options))


def _compile(sequence: _Sequence, term: Callable[[str], str]) -> str:
    words = sequence.words
    required = [i for i, word in enumerate(words) if isinstance(word, _Word) and not word.optional]
    if required:
        return _compile_from(words, 0, required[0], term)
    # Where every word may be left out, any of them may be the first that is there.
    starts = [i for i, word in enumerate(words) if isinstance(word, _Word)]
    return "|".join(_compile_from(words, start, start, term) for start in starts)


def _compile_from(words: Sequence[_Word | _Gap], start: int, first: int, term: Callable[[str], str]) -> str:
    """The words from `start` on, of which the one at `first` is there; one left out takes its separator with it."""
    parts = []
    for index, word in enumerate(words[start:], start):
        if isinstance(word, _Gap):
            parts.append(_GAP)
            continue
        body = "".join(_compile_atom(atom, term) for atom in word.atoms)
        if word.optional:
            body = body.removesuffix("?")
        if index < first:
            body = f"(?:{body}{_SEPARATOR})"
        elif index > first:
            body = f"(?:{_SEPARATOR}{body})"
        parts.append(body + ("?" if word.optional and index != first else ""))
    return "".join(parts)


def _compile_atom(atom: _Atom, term: Callable[[str], str]) -> str:
    if isinstance(atom, _Term):
        return term(atom.name)
    if isinstance(atom, _Choice):
        body = "|".join(_compile(option, term) for option in atom.options)
        return f"(?:{body})" + ("?" if atom.optional else "")
    pieces = {"'": "'?", "-": "[- ]?", "*": r"\w*"}
    return "".join(pieces.get(char) or re.escape(char) for char in atom.text)


def _expand(sequence: _Sequence, source: str) -> Iterator[str]:
    choices = []
    for word in sequence.words:
        if isinstance(word, _Gap):
            raise TemplateError(f'a term can\'t contain "...": "{source}"')
        choices.append([*_expand_word(word, source)])
    return (" ".join(part for part in parts if part) for parts in _products(choices, source))


def _expand_word(word: _Word, source: str) -> Iterator[str]:
    choices: list[list[str]] = []
    for atom in word.atoms:
        if isinstance(atom, _Term):
            raise TemplateError(f'a term can\'t contain another term list: "{source}"')
        if isinstance(atom, _Choice):
            options = [text for option in atom.options for text in _expand(option, source)]
            choices.append(["", *options] if atom.optional else options)
        elif "*" in atom.text:
            raise TemplateError(f'a term can\'t contain "*": "{source}"')
        else:
            choices.append([atom.text])
    return ("".join(parts) for parts in _products(choices, source))


def _products(choices: Sequence[Sequence[str]], source: str) -> Iterator[tuple[str, ...]]:
    if math.prod(map(len, choices)) > _MOST:
        raise TemplateError(f'stands for more than {_MOST:,} phrases: "{source[:40]}"')
    return itertools.product(*choices)
