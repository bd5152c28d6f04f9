"""Whether all that a check needs works here: a table of examinations, none of which keeps another from being made."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING

from postcheck.errors import PostcheckError, Problem

if TYPE_CHECKING:
    from postcheck.config import Configuration


class State(StrEnum):
    """What an examination comes to. A check is made as well where there is no more than a `NOTE`."""

    FINE = "fine"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Result:
    """What an examination found, in a sentence; `way_out` says what to do about it."""

    state: State
    sentence: str
    way_out: str | None = None


Examination = Callable[[Path], Result]
"""Looks at one thing, for checks in a folder. Raises `PostcheckError` where it's broken."""

_AGAIN = "install postcheck again"


def examined(folder: Path) -> Iterator[tuple[str, Result]]:
    """The name of each examination, and its result for checks in a folder; one after the other, as they are made."""
    for name, examine in EXAMINATIONS.items():
        yield name, _made(examine, folder)


def _made(examine: Examination, folder: Path) -> Result:
    """The result of an examination, however it ends."""
    try:
        return examine(folder)
    except PostcheckError as error:
        first, *others = error.problems
        more = f" (and {len(others)} more)" if others else ""
        return Result(State.BROKEN, f"{Problem(first.message, first.path, first.line, first.column)}{more}", first.hint)
    except ImportError as error:
        return Result(State.BROKEN, f"{error.name or 'a library'} can't be loaded", _AGAIN)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a library in Rust that panics raises no `Exception`
        return Result(State.BROKEN, f"stopped by an unexpected {type(error).__name__}", _AGAIN)


# What is installed


def _libraries(folder: Path) -> Result:
    """All that postcheck names as its own need is there, and what it names exactly is that."""
    needed = [need for need in _needs() if "extra ==" not in need]
    wrong = [name for need in needed if not _installed(name := _name(need), _exactly(need))]
    if wrong:
        raise PostcheckError(Problem(f"not as postcheck needs it: {', '.join(wrong)}", hint=_AGAIN))
    exact = [f"{_name(need)} {_exactly(need)}" for need in needed if _exactly(need)]
    return Result(State.FINE, f"all {len(needed)} are there for Python {python_version()}, with {', '.join(exact)}")


def _extras(folder: Path) -> Result:
    there: list[str] = []
    missing: list[str] = []
    for extra in metadata.metadata("postcheck").get_all("Provides-Extra") or []:
        parts = [_name(need) for need in _needs() if f"extra == '{extra}'" in need.replace('"', "'")]
        (there if all(map(_installed, parts)) else missing).append(extra)
    if not missing:
        return Result(State.FINE, f"all are installed: {', '.join(there)}")
    found = f"installed: {', '.join(there) or 'none'}; not installed: {', '.join(missing)}"
    return Result(State.NOTE, found, f'where you need one of them: pip install "postcheck[{missing[0]}]"')


def _needs() -> list[str]:
    """What the installed postcheck says that it needs: `name==version` or the like, with the extra that asks for it."""
    try:
        return metadata.requires("postcheck") or []
    except metadata.PackageNotFoundError:
        raise PostcheckError(Problem("postcheck itself isn't installed", hint=_AGAIN)) from None


def _name(need: str) -> str:
    return need[: next((at for at, letter in enumerate(need) if letter in " ;[<>=!~("), len(need))]


def _exactly(need: str) -> str | None:
    """The version, where only one will do."""
    return need.partition(";")[0].partition("==")[2].strip() or None


def _installed(name: str, version: str | None = None) -> bool:
    try:
        return metadata.version(name) == (version or metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


# What checks


def _language_model(folder: Path) -> Result:
    from postcheck.detectors.language import DEFAULT_MODEL, load

    load(DEFAULT_MODEL, ["ner"])
    return Result(State.FINE, f"{DEFAULT_MODEL} loads, and is byte for byte the one that postcheck was tested with")


def _learned_model(folder: Path) -> Result:
    from postcheck.detectors import Classifier

    Classifier()
    return Result(State.FINE, "loads, and is byte for byte the one that came with postcheck")


def _check(folder: Path) -> Result:
    """The shipped rules find in the example what they are known to find, and ask no network."""
    from postcheck.checker import Checker
    from postcheck.example import KNOWN, example
    from postcheck.packs import load

    asked: set[str] = set()
    sys.addaudithook(lambda event, given: asked.add(event) if event in _NETWORK else None)
    report = Checker(load()).check([example()])
    wrong = [f"{rule} found nothing" for rule in sorted(KNOWN - {finding.rule for finding in report.findings})]
    wrong += ["it asked for the network, which no check should"] if asked else []
    if not report.complete:
        raise PostcheckError(*report.diagnostics)
    if wrong:
        raise PostcheckError(Problem("; ".join(wrong), hint=_AGAIN))
    return Result(State.FINE, "finds what it should, and asked for no network")


_NETWORK = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"})
"""What Python tells of before it's done, by which a process reaches others."""


# What is configured


def _configuration(folder: Path) -> Result:
    from postcheck.config import configuration

    configured = configuration({}, start=folder)
    if not configured.source.path:
        return Result(State.FINE, "none here, so the defaults hold (postcheck init writes one)")
    return Result(State.FINE, f"{configured.source.path} can be read")


def _rules(folder: Path) -> Result:
    """What the configuration asks for loads, and has the rules that it names."""
    from postcheck.checker import detector
    from postcheck.packs import load
    from postcheck.policy import policies

    configured = _configured(folder)
    settings = configured.settings
    book = load([*map(Path, settings.rules)], settings.organization, [*map(Path, settings.may_silence)])
    chosen = book.choose(settings.select, settings.ignore)
    policies(configured, book)
    detector(book, settings.model, settings.names, settings.learned)
    packs = len({rule.category for rule in chosen})
    return Result(State.FINE, f"{len(chosen)} in {packs} packs, for {book.organization.name}")


def _suppressions(folder: Path) -> Result:
    settings = _configured(folder).settings
    known = "no baseline" if settings.baseline is None else _known(Path(settings.baseline))
    return Result(State.FINE, f"{len(settings.allow)} allowed by the configuration; {known}")


def _known(file: Path) -> str:
    from postcheck.suppression import Baseline

    return f"{len(Baseline.read(file).entries)} known by the baseline"


def _configured(folder: Path) -> "Configuration":
    """The configuration in force. Raises `PostcheckError` that points at the examination of the configuration."""
    from postcheck.config import configuration

    try:
        return configuration({}, start=folder)
    except PostcheckError:
        problem = Problem("can't be examined: the configuration can't be read", hint="mend the configuration first")
        raise PostcheckError(problem) from None


# What is around it


def _hook(folder: Path) -> Result:
    from postcheck.repository import HOOKS_FILE, commit_hook, repository

    top = repository(folder)
    if top is None:
        return Result(State.NOTE, "this folder is in no git repository")
    if not _asks_for_hook(top / HOOKS_FILE):
        way_out = (
            "postcheck init --hook writes it where nothing is configured; docs/continuous-integration.md has the lines"
        )
        return Result(State.NOTE, f"{HOOKS_FILE} names no hook of postcheck", way_out)
    if "pre-commit" not in (commit_hook(top) or ""):
        way_out = "run pre-commit install in the repository"
        return Result(State.NOTE, f"{HOOKS_FILE} names it, but git doesn't run it: drafts aren't checked", way_out)
    return Result(State.FINE, f"{HOOKS_FILE} names it, and git runs it before each commit")


def _asks_for_hook(file: Path) -> bool:
    from postcheck.yaml_source import read_yaml

    def names(content: object) -> bool:
        inner = content.values() if isinstance(content, Mapping) else content if isinstance(content, list) else ()
        return (isinstance(content, Mapping) and content.get("id") == "postcheck") or any(map(names, inner))

    return file.exists() and names(read_yaml(file).content)


def _cache(folder: Path) -> Result:
    from postcheck.cachefolder import cache_folder
    from postcheck.resultcache import ResultCache

    if ResultCache.of_user() is None:
        way_out = "run postcheck cache clear; if that doesn't help, let XDG_CACHE_HOME name a folder of your own"
        return Result(State.NOTE, "the folder for it can't be used: each check judges anew", way_out)
    where = cache_folder()
    if where.stat().st_mode & 0o077:
        return Result(State.NOTE, f"{where} can be entered by others", f"chmod 700 {where}")
    return Result(State.FINE, f"{where} can be written, by you alone")


def _resident(folder: Path) -> Result:
    from postcheck.resident.client import is_running

    if is_running():
        return Result(State.FINE, "is running")
    return Result(State.NOTE, "isn't running", "for checks that answer at once: postcheck serve --background")


def _clipboard(folder: Path) -> Result:
    from postcheck.clipboard import clipboard

    try:
        return Result(State.FINE, f"postcheck clip reads it by {clipboard().reads[0]}")
    except PostcheckError as error:  # no check but that one needs it
        return Result(State.NOTE, error.problems[0].message, error.problems[0].hint)


EXAMINATIONS: dict[str, Examination] = {
    "libraries": _libraries,
    "language model": _language_model,
    "learned model": _learned_model,
    "check of an example": _check,
    "configuration": _configuration,
    "rules": _rules,
    "suppressions": _suppressions,
    "commit hook": _hook,
    "cache": _cache,
    "resident": _resident,
    "clipboard": _clipboard,
    "extras": _extras,
}
