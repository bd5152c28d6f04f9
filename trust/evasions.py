"""Identifiers written so that a person reads them and a program might not: how many are still found.

The drafts with patients' identifiers in `corpus/` are checked as they are, and with each identifier
disguised. An evasion holds if it hides no more than one in twenty of those that are found undisguised.
"""

import base64
import codecs
import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import regex

from postcheck.checker import Checker
from postcheck.draft import Author, Draft, Span
from postcheck.finding import Finding, Severity
from postcheck.packs import load
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

CORPUS = Path(__file__).parents[1] / "corpus"
_WIDTH = 40
_DESCRIBED = frozenset({"PHOTO", "BIOMETRIC"})
"""Identifiers that a draft describes and doesn't hold."""

HOLDS = 0.95
"""The share of identifiers found undisguised that must be found in any disguise."""


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Evasion:
    """How identifiers are written, how the text between them is, what is put around all, and the kind of file.

    `lines` breaks the whole into lines, and moves nothing.
    """

    name: str
    disguise: Callable[[str], str] = _as_it_is
    between: Callable[[str], str] = _as_it_is
    around: tuple[str, str] = ("", "")
    file: str = "draft.txt"
    lines: Callable[[str], str] = _as_it_is


@dataclass(frozen=True, slots=True)
class Disguised:
    """A draft and where its identifiers are in it, in code points."""

    draft: Draft
    identifiers: tuple[Span, ...]


def _between(mark: str) -> Callable[[str], str]:
    """Puts a mark between the letters and digits of words, as in `M.a.r.i.a`."""

    def apart(text: str) -> str:
        pairs = zip(text, (*text[1:], ""), strict=True)
        return "".join(char + mark if char.isalnum() and after.isalnum() else char for char, after in pairs)

    return apart


def _within(mark: str) -> Callable[[str], str]:
    """Puts a mark into the middle of each word."""

    def split(word: str) -> str:
        half = len(word) // 2
        return word[:half] + mark + word[half:] if word.isalpha() and half else word

    return lambda text: " ".join(map(split, text.split(" ")))


def _bold_letter(text: str) -> str:
    """Each word with its second letter in bold: `M**a**ria`."""
    return " ".join(
        f"{word[0]}**{word[1]}**{word[2:]}" if word.isalpha() and len(word) > 2 else word for word in text.split(" ")
    )


def _spaced(text: str) -> str:
    """Blanks between letters, two between words: `M a r i a  G o m e z`."""
    return "  ".join(" ".join(word) for word in text.split(" "))


def _translated(plain: str, others: str) -> Callable[[str], str]:
    table = str.maketrans(plain, others)
    return lambda text: text.translate(table)


def _shifted(first: int, plain: str) -> dict[int, int]:
    """A table from a row of plain characters to one of others that begins at a code point."""
    return {ord(char): first + at for at, char in enumerate(plain)}


_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = _CAPITALS.lower()
_FULL_WIDTH = _shifted(0xFF21, _CAPITALS) | _shifted(0xFF41, _SMALL) | _shifted(0xFF10, "0123456789")
_BOLD = _shifted(0x1D5D4, _CAPITALS) | _shifted(0x1D5EE, _SMALL) | _shifted(0x1D7EC, "0123456789")
_SQUARED = _shifted(0x1F170, _CAPITALS) | _shifted(0x1F170, _SMALL)
_REGIONAL = _shifted(0x1F1E6, _CAPITALS) | _shifted(0x1F1E6, _SMALL)
_CYRILLIC = str.maketrans("ABCEHIJKMOPSTXYaceijopsxyhdqw", "АВСЕНІЈКМОРЅТХУасеіјорѕхуһԁԛԝ")
_GREEK = str.maketrans("ABEHIKMNOPTXYZoiavux", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖοιανυχ")
_SMALL_CAPITALS = str.maketrans("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")
_RAISED = str.maketrans("abcdefghijklmnoprstuvwxyz0123456789", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁰¹²³⁴⁵⁶⁷⁸⁹")


def _mixed_case(text: str) -> str:
    return "".join(char.upper() if at % 2 else char.lower() for at, char in enumerate(text))


def _references(text: str) -> str:
    return "".join(f"&#{ord(char)};" if char.isalnum() else html.escape(char) for char in text)


def _one_line(text: str) -> str:
    """Without what ends a title or an alternative text in Markdown."""
    return regex.sub(r"\s*\n\s*", " ", text).translate(str.maketrans('"[]', "'()"))


def _wrapped(text: str) -> str:
    """With a line break instead of a blank wherever the next word would go beyond forty characters."""
    lines: list[str] = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines != [""] else word
    return "\n".join(lines)


def _mirrored(text: str) -> str:
    """Backwards, between marks that have a screen show it forwards."""
    return f"\N{RIGHT-TO-LEFT OVERRIDE}{text[::-1]}\N{POP DIRECTIONAL FORMATTING}"


EVASIONS = (
    Evasion("Cyrillic look-alikes", lambda text: text.translate(_CYRILLIC)),
    Evasion("Greek look-alikes", lambda text: text.translate(_GREEK)),
    Evasion("full-width letters", lambda text: text.translate(_FULL_WIDTH)),
    Evasion("mathematical letters", lambda text: text.translate(_BOLD)),
    Evasion("squared letters", lambda text: text.translate(_SQUARED)),
    Evasion("regional indicators", lambda text: _between("\u200b")(text).translate(_REGIONAL)),
    Evasion("small capitals", lambda text: text.translate(_SMALL_CAPITALS)),
    Evasion("raised letters and digits", lambda text: text.translate(_RAISED)),
    Evasion("combining marks", _between("\u0336\u0301")),
    Evasion("zero-width spaces", _between("\u200b")),
    Evasion("soft hyphens", _between("\u00ad")),
    Evasion("variation selectors", _between("\ufe01")),
    Evasion("tag characters", _between("\U000e0061")),
    Evasion("right-to-left marks", _between("\u200f")),
    Evasion("right-to-left override", _mirrored),
    Evasion(
        "digits for letters",
        _translated("aeiosAEIOS", "4310543105"),
    ),
    Evasion(
        "letters for digits",
        _translated("01", "Ol"),
    ),
    Evasion(
        "signs for letters",
        _translated("asiASI", "@$!@$!"),
    ),
    Evasion("mixed case", _mixed_case),
    Evasion("lower case", str.lower),
    Evasion("upper case", str.upper),
    Evasion("blanks between letters", _spaced),
    Evasion(
        "periods between letters",
        _between("."),
    ),
    Evasion("hyphens between letters", _between("-")),
    Evasion("underscores between letters", _between("_")),
    Evasion("asterisks between letters", _between("*")),
    Evasion("emoji between letters", _between("🌸")),
    Evasion("an emoji in each word", _within("🌸")),
    Evasion(
        "a period in each word",
        _within("."),
    ),
    Evasion("a line break in each word", _within("-\n")),
    Evasion("double blanks", lambda text: text.replace(" ", " \u00a0 ")),
    Evasion("character references", _references),
    Evasion("character references, HTML", _references, html.escape, file="draft.html"),
    Evasion("tags within words, HTML", _within("<b></b>"), html.escape, file="draft.html"),
    Evasion("comments within words, HTML", _within("<!-- -->"), html.escape, file="draft.html"),
    Evasion("bold letters within words, Markdown", _bold_letter, file="draft.md"),
    Evasion("a quote, Markdown", between=lambda text: text.replace("\n", "\n> "), around=("> ", ""), file="draft.md"),
    Evasion("a code block, Markdown", around=("```\n", "\n```"), file="draft.md"),
    Evasion("code, Markdown", lambda text: f"`{text}`", file="draft.md"),
    Evasion("a comment, Markdown", around=("<!-- ", " -->"), file="draft.md"),
    Evasion("alternative text, HTML", html.escape, html.escape, ('<img src="a.png" alt="', '">'), "draft.html"),
    Evasion("alternative text, Markdown", _one_line, _one_line, ("![", "](a.png)"), "draft.md"),
    Evasion("a link's title, Markdown", _one_line, _one_line, ('[this](https://example.com "', '")'), "draft.md"),
    Evasion(
        "line breaks within identifiers",
        lambda text: text.replace(" ", "\n").replace("-", "-\n"),
    ),
    Evasion("lines of forty characters", lines=_wrapped),
    Evasion(
        "the path of an address",
        lambda text: f"https://example.com/for/{text.replace(' ', '-')}",
    ),
    Evasion("an encoded address", lambda text: f"https://example.com/?for={quote(text)}"),
    Evasion(
        "base64",
        lambda text: base64.b64encode(text.encode()).decode(),
    ),
    Evasion("rot13", lambda text: codecs.encode(text, "rot13")),
)


WHY_NOT: Mapping[str, str] = {
    "digits for letters": "a digit in an unknown word may belong to a code, and so may as many digits as letters",
    "letters for digits": "`l4` may be a vertebra and `9O` a word: what has fewer than four digits of its own stays",
    "signs for letters": "a name that no list knows isn't told from `me@home`",
    "mixed case": "everyday words in a name are everyday words again",
    "lower case": "a name or a place that no list knows looks like any other unknown word",
    "upper case": "an unknown word in capitals is more often an abbreviation than a name",
    "blanks between letters": "`1 1 0 6` and `9 0` are lists: fewer than six digits stay apart",
    "periods between letters": "`9.0` is a number: fewer than six digits stay apart; addresses lose their own periods",
    "hyphens between letters": "`9-0` is a score: fewer than six digits stay apart",
    "an emoji in each word": "parts that are words stay words",
    "a period in each word": "a missing blank behind a sentence looks the same: only known words are joined",
    "a line break in each word": "parts that are words stay words",
    "line breaks within identifiers": "a number in a line of its own has nothing that says what it is",
    "the path of an address": "names on a list are found; numbers aren't looked for, since most addresses hold some",
    "an encoded address": "as for the path",
    "base64": "nobody reads it in a post, and whoever encodes it knows what it is: not decoded",
    "rot13": "as for base64",
}
"""The evasions that don't hold, and why."""


def cases(most: int | None = None) -> list[tuple[dict[str, Any], list[str]]]:
    """Drafts of the corpus with identifiers of patients, and these; `most` of them, spread over the corpus."""
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    told = [(case, _identifiers(case)) for case in map(json.loads, lines) if "phi" in case["expect"]]
    found = [case for case in told if case[1]]
    step = max(1, len(found) // most) if most else 1
    return found[::step][:most]


def _identifiers(case: dict[str, Any]) -> list[str]:
    return [span["text"] for span in case["spans"] if span["type"] not in _DESCRIBED]


def disguised(case: Mapping[str, Any], identifiers: Iterable[str], evasion: Evasion) -> Disguised:
    """A draft of the corpus with its identifiers disguised."""
    parts = regex.split(r"(?<!\w)(\L<identifiers>)(?!\w)", case["text"], identifiers=[*identifiers])
    text, spans = evasion.around[0], []
    for at, part in enumerate(parts):
        written = evasion.disguise(part) if at % 2 else evasion.between(part)
        if at % 2:
            spans.append(Span(len(text), len(text) + len(written)))
        text += written
    whole = evasion.lines(text + evasion.around[1])
    (draft,) = read(whole.encode(), evasion.file, Metadata(author=Author(case["author"])))
    return Disguised(draft, tuple(spans))


def found(checker: Checker, drafts: Sequence[Disguised]) -> list[bool]:
    """Of each identifier, whether a finding of patient information touches it."""
    places = [[f.span for f in judged.findings if _tells(f)] for judged in checker.judge(each.draft for each in drafts)]
    return [
        any(span.overlaps(place) for place in there)
        for each, there in zip(drafts, places, strict=True)
        for span in each.identifiers
    ]


def _tells(finding: Finding) -> bool:
    return finding.category == "phi" and finding.severity is not Severity.INFO


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many identifiers an evasion changes, how many are found undisguised, and how many of those in disguise."""

    evasion: Evasion
    changed: int
    plain: int
    evaded: int

    @property
    def share(self) -> float:
        """The share of those found undisguised that is found in disguise."""
        return self.evaded / self.plain


def measured(checker: Checker, evasions: Iterable[Evasion] = EVASIONS, most: int | None = None) -> Iterator[Outcome]:
    """The outcome of each evasion."""
    chosen = cases(most)
    plain = [disguised(*case, Evasion("as they are")) for case in chosen]
    known = found(checker, plain)
    for evasion in evasions:
        hidden = [disguised(*case, evasion) for case in chosen]
        changed = [
            evasion.around != ("", "")
            or evasion.lines is not _as_it_is
            or a.cut(one.draft.text) != b.cut(other.draft.text)
            for one, other in zip(plain, hidden, strict=True)
            for a, b in zip(one.identifiers, other.identifiers, strict=True)
        ]
        seen = found(checker, hidden)
        both = [(before, after) for before, after, other in zip(known, seen, changed, strict=True) if other]
        yield Outcome(evasion, len(both), sum(before for before, _ in both), sum(map(all, both)))


def figures() -> str:
    """The outcome of each evasion, as a table."""
    outcomes = [*measured(Checker(load()))]
    held = [each for each in outcomes if each.share >= HOLDS]
    rows = [_row(each) for each in sorted(outcomes, key=lambda each: -each.share)]
    return "\n".join(
        [
            f"{len(held)} of {len(outcomes)} evasions hide at most one in twenty of the identifiers found as they are.",
            "",
            "| Identifiers written with | found as they are | share of those still found | where not, why not |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def _row(outcome: Outcome) -> str:
    name = outcome.evasion.name
    return f"| {name} | {outcome.plain} of {outcome.changed} | {outcome.share:.2f} | {WHY_NOT.get(name, '')} |"
