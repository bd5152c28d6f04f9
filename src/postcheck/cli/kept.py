"""What a resident postcheck keeps loaded for the checks to come: rulebooks, and the detectors that go with them.

An ordinary run finds nothing here, and loads what it needs. A process that a resident forked for a
check finds what was kept before, and uses it if it was loaded for the same settings from files that
say the same. If not, it loads on its own, and wishes that this were kept.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from postcheck.errors import PostcheckError

if TYPE_CHECKING:
    from postcheck.config import Settings
    from postcheck.detectors import Detector, NameModel
    from postcheck.packs import Rulebook

_MOST = 4
"""How many rulebooks are kept: those that were loaded last."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The settings that decide what is loaded, as they're meant in a folder."""

    folder: str
    rules: tuple[str, ...]
    may_silence: tuple[str, ...]
    organization: str | None
    model: str | None
    names: "NameModel | None"

    @classmethod
    def of(cls, settings: "Settings") -> "Wish":
        """What these settings ask for, in the current folder."""
        here, said = str(Path.cwd()), settings
        return cls(here, said.rules, said.may_silence, said.organization, said.model, said.names)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A rulebook and its detector, with what they were loaded for, and from which files."""

    files: str
    model: str | None
    names: "NameModel | None"
    book: "Rulebook"
    detector: "Detector"


_kept: dict[Wish, _Kept] = {}
_missed: list[Wish] = []


def rulebook(settings: "Settings") -> "Rulebook":
    """The rulebook that the settings ask for: the one that is kept, or else it's loaded. Raises `PostcheckError`."""
    from postcheck.packs import load

    wish = Wish.of(settings)
    if _kept:
        if found := _found(wish):
            return found.book
        _missed.append(wish)
    return load(*_asked(wish))


def detector(book: "Rulebook", model: str | None, names: "NameModel | None", learned: bool) -> "Detector":
    """The detector of a rulebook: the one that is kept, or else it's loaded. Raises `PostcheckError`."""
    from postcheck import checker

    for each in _kept.values():
        if each.book is book and (each.model, each.names) == (model, names):
            return each.detector if learned else each.detector.unlearned()
    return checker.detector(book, model, names, learned)


def missed() -> bytes:
    """The last wish of this process that wasn't kept, if any; it holds settings alone."""
    return json.dumps(asdict(_missed[-1])).encode("ascii") if _missed else b""


def keep(missed: bytes) -> None:
    """Keep what a process missed. What can't be loaded isn't kept."""
    said = json.loads(missed)
    here = Path.cwd()
    with suppress(PostcheckError, OSError):
        os.chdir(said["folder"])
        load(Wish(**said | {name: tuple(said[name]) for name in ("rules", "may_silence")}))
    os.chdir(here)


def ensure(settings: "Settings") -> None:
    """Load and keep what the settings ask for, if it isn't kept. Raises `PostcheckError` if it can't be loaded."""
    wish = Wish.of(settings)
    if not _found(wish):
        _keep(wish, _made(wish))


def load(wish: Wish) -> None:
    """Load and keep what is wished for. It reads the rules' own examples once, so that nothing is left to be prepared.

    Raises `PostcheckError` if it can't be loaded.
    """
    from postcheck.checker import Checker

    made = _made(wish)
    fill = made.book.organization.fill
    examples = [rule.rule.examples.flagged[0].filled(fill).draft() for rule in made.book.rules]
    Checker(made.book, load=lambda *_: made.detector).check(examples)
    _keep(wish, made)


def _made(wish: Wish) -> _Kept:
    """What is wished for, loaded. Raises `PostcheckError` if it can't be."""
    from postcheck import checker, packs

    files = _files(wish)
    book = packs.load(*_asked(wish))
    return _Kept(files, wish.model, wish.names, book, checker.detector(book, wish.model, wish.names))


def _keep(wish: Wish, made: _Kept) -> None:
    """Keep it, if its files haven't been written to meanwhile."""
    if made.files != _files(wish):
        return
    _kept.pop(wish, None)
    _kept[wish] = made
    for oldest in [*_kept][:-_MOST]:
        del _kept[oldest]


def _found(wish: Wish) -> _Kept | None:
    """What is kept that was loaded for the same settings from files that say the same."""
    asked = (_files(wish), wish.model, wish.names)
    return next((each for each in _kept.values() if (each.files, each.model, each.names) == asked), None)


def _asked(wish: Wish) -> tuple[list[Path], str | None, list[Path]]:
    """What `postcheck.packs.load` is asked for."""
    return [*map(Path, wish.rules)], wish.organization, [*map(Path, wish.may_silence)]


def _files(wish: Wish) -> str:
    """A digest of all that a rulebook is made of, and of what its files are called here; empty for what isn't there."""
    from postcheck.packs import digest

    rules, organization, may_silence = _asked(wish)
    try:
        return digest(rules, organization) + repr(may_silence)
    except (PostcheckError, OSError):  # it's told where it's read
        return ""
