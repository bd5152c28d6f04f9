"""What a check says of a page."""

from collections.abc import Callable, Sequence
from contextlib import chdir, suppress
from dataclasses import dataclass
from pathlib import Path

from postcheck import raised
from postcheck.checker import Checker
from postcheck.config import Configuration, configuration
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Report
from postcheck.lsp.memory import Memory
from postcheck.lsp.page import Page
from postcheck.packs import Rulebook
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

_LOST = Problem(
    "a message from the editor couldn't be read, so what is checked may not be what you see",
    hint="close the file and open it again",
)


_HARMLESS = Draft("Our patient rang the bell on March 9, and the whole clinic sang.")


@dataclass(frozen=True, slots=True)
class Work:
    """What the command line does for any command, in the current folder.

    `ensure` loads what a configuration asks for, so that it's kept; `book` and `checker` are asked
    for each check, so that they follow all files. `defaults` are what holds for the drafts of a file,
    `rereader` makes a draft of a new text as its file would, and `safe` redacts drafts.
    All raise `PostcheckError`.
    """

    ensure: Callable[[Configuration], None]
    book: Callable[[Configuration], Rulebook]
    checker: Callable[[Configuration, Rulebook, Memory], Checker]
    defaults: Callable[[Configuration], Callable[[str], Metadata]]
    rereader: Callable[[Metadata], Callable[[Draft, str], Draft]]
    safe: Callable[[Sequence[Draft], Configuration, Metadata], list[str]]


@dataclass(frozen=True, slots=True)
class Means:
    """By what a page was judged."""

    configured: Configuration
    book: Rulebook
    checker: Checker
    defaults: Metadata


@dataclass(frozen=True, slots=True)
class Judged:
    """What a check says of a page's text. Without `means` it couldn't be made, and the report says why."""

    text: str
    folder: Path
    name: str
    report: Report
    means: Means | None = None

    @property
    def elsewhere(self) -> list[Problem]:
        """What kept the check from being whole and isn't in the page itself."""
        return [problem for problem in self.report.diagnostics if problem.path != self.name]


def judged(page: Page, folders: list[Path], role: str | None, work: Work, memory: Memory) -> Judged:
    """Check a page as `postcheck check` does in its folder. Whatever goes wrong is told in the report.

    `role` is what the author is, if the editor knows it.
    """
    folder = page.folder(folders)
    name, text = page.name(folder), page.source
    if not page.whole:
        return Judged(text, folder, name, Report(diagnostics=(_LOST,)))
    try:
        with chdir(folder):
            means = _means(name, role, work, memory)
            drafts = read(text.encode("utf-8", "surrogatepass"), name, means.defaults)
            return Judged(text, folder, name, means.checker.check(drafts), means)
    except PostcheckError as error:
        problems = error.problems
    except BaseException as error:  # a library in Rust that panics raises no `Exception`
        problems = (unexpected(error),)
    return Judged(text, folder, name, Report(diagnostics=problems))


def prepare(folder: Path, work: Work, memory: Memory) -> None:
    """Load what a check of a page in the folder needs. What goes wrong is told of each page."""
    with suppress(PostcheckError, OSError), chdir(folder):
        _means(_HARMLESS.path, None, work, memory).checker.check([_HARMLESS])


def _means(name: str, role: str | None, work: Work, memory: Memory) -> Means:
    configured = configuration({"role": role})
    work.ensure(configured)
    book = work.book(configured)
    return Means(configured, book, work.checker(configured, book, memory), work.defaults(configured)(name))


def unexpected(error: BaseException) -> Problem:
    """What nobody expected, without its message."""
    said = raised.unexpected(type(error), error.__traceback__)
    return Problem(said, hint="please report this, without your draft")
