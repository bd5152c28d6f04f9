"""Words and numbers in disguise: "M4ri4", "Mar🌸ia", "mArIa", "555-OI43".

What they stand for can only be told by one who knows words, which `postcheck.normalization` doesn't.
"""

from collections.abc import Callable, Iterator

import regex

from postcheck.detectors.words import is_everyday, is_given_name, is_surname, may_be_given_name
from postcheck.draft import Span
from postcheck.normalization import View

_LETTERS = (str.maketrans("013457@$!", "oieastasi"), str.maketrans("013457@$!", "oleastasi"))
"""The letters that digits and signs imitate; 1 and ! imitate two."""

_DIGITS = str.maketrans("OoIl|", "00111")

_IMITATED = regex.compile(
    r"(?<![\w@$!.#/])(?!@|\d+\p{L}{1,3}(?!\w))(?=[\p{L}\d@$!]*(?:\p{L}[\d@$!]+\p{L}|[\d@$!]\p{L}|\p{L}[@$]))"
    r"[\p{L}013457@$!]{2,}[\p{L}013457@$](?![\w@$/]|[.!]\w)"
)
"""A word in which digits or signs stand for letters, perhaps."""

_PARTED = regex.compile(
    r"(?<![\w@#./])(\p{L}+)(?:\p{So}\p{M}*|(?<=\p{L}\p{L})\.(?=\p{L}\p{L})|[*_~|]|-\n)(\p{Ll}+)(?![\w@/]|\.\w)"
)
"""Two parts of a word, perhaps, with something between them."""

_UNEVEN = regex.compile(r"(?<!\w)\p{L}?(?:\p{Ll}\p{Lu}){2,}\p{L}?(?!\w)")
"""A word in which small and capital letters take turns."""

_NUMBER = regex.compile(r"(?<![\w@#])[\dOoIl]+(?:(?:[-./]|\)[ ]?)[\dOoIl]+)*(?!\w)")
"""A number in which letters stand for digits, perhaps."""

_COUNTED = regex.compile(r"\d[OoIl]+\d|(?<!\d[-./)] ?)\b[OoIl]+\d{2}|\d[-./)][OoIl]+\d")
"""What no number with a unit has: a litre, or oxygen."""

_ROMAN = regex.compile(r"(?<![\dOol])I{1,3}(?![\dOoIl])")
_FEWEST_DIGITS = 4
_FEW = 4
_STAGE = regex.compile(r"[cpy]*[Tt][0-4Xx][a-d]?[Nn][0-3Xx][a-c]?(?:[Mm][01Xx])?")
"""How far a tumour has spread (the TNM classification), which isn't a word in disguise."""

_IMITATION = regex.compile(r"[013457@$!]+")


def undisguised(shown: View) -> View:
    """The view with words and numbers as they are meant, where that can be told."""
    for pattern, meant in ((_NUMBER, _counted), (_PARTED, _joined), (_IMITATED, _spelled), (_UNEVEN, _evenly)):
        shown = shown.rewritten(_edits(pattern, shown.text, meant))
    return shown


def _edits(
    pattern: regex.Pattern[str], text: str, meant: "Callable[[regex.Match[str]], str]"
) -> Iterator[tuple[Span, str]]:
    for match in pattern.finditer(text):
        if (word := meant(match)) != match[0]:
            yield Span(*match.span()), word


def _known(word: str) -> bool:
    return is_everyday(word) or may_be_given_name(word.capitalize()) or is_surname(word.capitalize())


def _spelled(match: "regex.Match[str]") -> str:
    """A word with letters for digits, if it's known then, or if it has too many letters for a code."""
    written = match[0]
    if _STAGE.fullmatch(written):
        return written
    words = [written.translate(letters) for letters in _LETTERS]
    if not written[0].isalpha() and not any(map(is_everyday, words)):
        words = [word.capitalize() for word in words]
    imitations = _IMITATION.findall(written)
    letters = len(written) - sum(map(len, imitations))
    wordlike = len(imitations) > 1 and 3 * letters > len(written) and not written.isupper()
    return next(filter(_known, words), words[0] if wordlike or ("0" in imitations and letters > _FEW) else written)


def _joined(match: "regex.Match[str]") -> str:
    """The parts as one word, if they are one, or if neither is one."""
    before, after = match.groups()
    word = before + after
    apart = is_everyday(before) and is_everyday(after)
    hyphenated = "\n" in match[0]
    neither = not match[0].isascii() and not is_everyday(before) and not is_everyday(after)
    return word if not apart and (_known(word) or hyphenated or neither) else match[0]


def _evenly(match: "regex.Match[str]") -> str:
    """A word as it's usually written."""
    name = match[0].title()
    return match[0].lower() if is_everyday(name) and not is_given_name(name) else name


def _counted(match: "regex.Match[str]") -> str:
    """A number with digits for letters, if it has enough digits of its own or around."""
    written = match[0]
    if _ROMAN.search(written):
        return written
    counted = sum(map(str.isdigit, written)) >= _FEWEST_DIGITS or _COUNTED.search(written)
    return written.translate(_DIGITS) if counted else written
