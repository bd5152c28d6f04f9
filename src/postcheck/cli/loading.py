"""From the configuration to what a command works with: rules, a checker, drafts."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postcheck.draft import LARGEST_FILE, Draft
from postcheck.errors import PostcheckError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from postcheck.checker import Checker
    from postcheck.config import Configuration, Settings
    from postcheck.packs import PackRule, Rulebook
    from postcheck.readers.columns import Columns
    from postcheck.readers.metadata import Metadata
    from postcheck.resultcache import Answers
    from postcheck.suppression import Source

    Defaults = Callable[[str], Metadata]
    """What holds for the drafts of a file that don't say so themselves."""


def load_rulebook(configured: "Configuration") -> "Rulebook":
    """The rulebook that the configuration asks for."""
    from postcheck.cli import kept

    return kept.rulebook(configured.settings)


def load_checker(
    configured: "Configuration",
    book: "Rulebook",
    rules: "Sequence[PackRule] | None" = None,
    cache: "Answers | None" = None,
    jobs: int = 1,
) -> "Checker":
    """A checker for what the configuration asks for."""
    from postcheck.checker import Checker
    from postcheck.cli import kept
    from postcheck.policy import policies

    settings = configured.settings
    if rules is None:
        rules = book.choose(settings.select, settings.ignore)
    return Checker(
        book,
        rules,
        **models(settings),
        policies=policies(configured, book),
        sources=_sources(configured),
        cache=cache,
        jobs=jobs,
        load=kept.detector,
    )


def _sources(configured: "Configuration") -> "list[Source]":
    """What silences findings, in the order in which it's asked."""
    from postcheck.suppression import Baseline, allowed, inline, sidecar

    today = date.today()
    entries = [(each, *configured.place(("allow", at))) for at, each in enumerate(configured.settings.allow)]
    sources = [inline(today), sidecar(today), allowed(entries, configured.matches, today)]
    if configured.settings.baseline is not None:
        sources.append(Baseline.read(Path(configured.settings.baseline)).source())
    return sources


def models(settings: "Settings") -> dict[str, Any]:
    """Which models the configuration asks for, as the checker takes them."""
    return {name: value for name in ("model", "names", "learned") if (value := getattr(settings, name)) is not None}


def metadata(configured: "Configuration", reply_to: str | None = None) -> "Defaults":
    """What configuration says of the drafts of each file."""
    from postcheck.readers.metadata import Metadata

    def at(path: str) -> "Metadata":
        settings = configured.at(path)
        return Metadata(author=settings.author, channel=settings.channel, in_reply_to=reply_to)

    return at


def read_drafts(
    paths: Sequence[Path],
    text: str | None,
    stdin_filename: str | None,
    defaults: "Defaults",
    columns: "Columns",
    largest: int = LARGEST_FILE,
) -> tuple[list[Draft], list[Problem]]:
    """The text, or every draft that can be read, and what is wrong with the others.

    A file may have `largest` megabytes.
    """
    from postcheck.readers import READERS, STANDARD_INPUT, read, read_bytes, read_file
    from postcheck.readers.discovery import discover

    if text is not None:
        return [*read(text.encode("utf-8", "surrogatepass"), "<text>", defaults("<text>"))], []
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            if str(path) == STANDARD_INPUT:
                name = stdin_filename or "<stdin>"
                drafts += read(read_bytes(path, largest), name, defaults(name), columns)
                continue
            files = discover([path])
            if not files:
                problems.append(Problem("holds no drafts", str(path), hint=f"drafts end in {', '.join(READERS)}"))
        except PostcheckError as error:
            problems += error.problems
            continue
        for file in files:
            try:
                drafts += read_file(file, defaults(str(file)), columns, largest)
            except PostcheckError as error:
                problems += error.problems
    return drafts, problems
