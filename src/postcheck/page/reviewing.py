"""What the page asks about a draft, and what it's told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Annotated, Any

from pydantic import Field, ValidationError

from postcheck.checker import Checker
from postcheck.draft import Author, Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.example import example
from postcheck.finding import Finding, Report
from postcheck.fixing import Edit, mends, needs_role
from postcheck.model import Model
from postcheck.packs import Rulebook
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.readers.writing import is_writable
from postcheck.reporters.explanation import flowing, with_hint
from postcheck.reporters.fields import finding_fields
from postcheck.reporters.place import source
from postcheck.reporters.presentation import Presentation
from postcheck.reporters.summary import found, next_steps, outcome, reservation

TEXT = "<text>"

_HOW = Presentation(show_text=False, fail_on=None, quiet=False, width=None, color=False)


class Writing(Model):
    """A draft as it stands on the page. `suffix` is that of the file which it is all of, if it was taken from one."""

    text: str
    suffix: Annotated[str, Field(pattern=r"^(\.[a-z]{1,10})?$")] = ""
    author: Author | None = None
    channel: Annotated[str | None, Field(max_length=100)] = None
    in_reply_to: str | None = None
    role: Annotated[str | None, Field(max_length=100)] = None

    @classmethod
    def of(cls, said: bytes) -> "Writing":
        """What a request says, as JSON. Raises `PostcheckError` if it says something else."""
        try:
            return cls.model_validate_json(said)
        except ValidationError as error:
            places = sorted({".".join(map(str, each["loc"])) or "JSON" for each in error.errors(include_input=False)})
        raise PostcheckError(Problem(f"the page sent what can't be understood: {', '.join(places)}"))

    @property
    def name(self) -> str:
        """What the draft is called."""
        return TEXT + self.suffix

    @property
    def metadata(self) -> Metadata:
        """What is said of the draft besides its text."""
        return Metadata(author=self.author, channel=self.channel or None, in_reply_to=self.in_reply_to or None)


@dataclass(frozen=True, slots=True)
class Defaults:
    """Who posts and where, as the configuration says it; the page begins with it."""

    author: Author = Author.EMPLOYEE
    channel: str | None = None
    role: str | None = None


class Reviewer:
    """Answers the page. `redact` takes out of a draft what identifies a patient."""

    def __init__(
        self, checker: Checker, redact: Callable[[Draft, Metadata], str], book: Rulebook, defaults: Defaults
    ) -> None:
        self._checker = checker
        self._redact = redact
        self._book = book
        self._defaults = defaults

    def setting(self) -> Mapping[str, Any]:
        """What the page shows before there is a draft."""
        channels = {name: each.model_dump() for name, each in self._book.channels.items()}
        organization = self._book.organization.name
        return asdict(self._defaults) | {
            "organization": organization,
            "channels": channels,
            "example": example().text,
            "reservation": reservation(Report()),
        }

    def check(self, writing: Writing) -> Mapping[str, Any]:
        """The findings in a draft, each with the edit that mends it. Raises `PostcheckError` if it can't be read."""
        draft = _draft(writing)
        report = self._checker.check([draft])
        mending = mends(draft, report.findings, self._checker, writing.role or None)
        return {
            "complete": report.complete,
            "outcome": (found(report) or "No findings") if report.complete else outcome(report),
            "next_steps": [*next_steps(report)],
            "reservation": reservation(report),
            "problems": _told([*report.diagnostics, *report.unused]),
            "needs_role": not writing.role and needs_role(report, self._checker),
            "findings": [_finding(finding, report, edit) for finding, edit in mending],
        }

    def safe(self, writing: Writing) -> Mapping[str, Any]:
        """The draft without what identifies a patient. Raises `PostcheckError` if it can't be made safe."""
        return {"text": self._redact(_draft(writing), writing.metadata)}

    def read(self, content: bytes, name: str) -> Mapping[str, Any]:
        """The drafts in a file. Raises `PostcheckError` if it can't be read."""
        drafts = read(content, PurePath(name).name, Metadata())
        if not drafts:
            raise PostcheckError(Problem("holds no drafts", PurePath(name).name))
        return {"drafts": [_read(draft) for draft in drafts]}


def told(error: PostcheckError) -> Mapping[str, Any]:
    """What is said where a request can't be answered."""
    return {"problems": _told(error.problems)}


def _draft(writing: Writing) -> Draft:
    drafts = read(writing.text.encode("utf-8", "surrogatepass"), writing.name, writing.metadata)
    if len(drafts) != 1:
        message = "there are several drafts in it" if drafts else "there is no draft in it"
        raise PostcheckError(Problem(message, hint="check one post at a time"))
    return drafts[0]


def _finding(finding: Finding, report: Report, edit: Edit | None) -> Mapping[str, Any]:
    fields = finding_fields(finding, report, _HOW)
    texts = {name: flowing(fields[name]) for name in ("message", "why", "suggestion")}
    mend = edit and {"start": edit.span.start, "end": edit.span.end, "words": edit.words}
    return fields | texts | {"mend": mend}


def _told(problems: Iterable[Problem]) -> list[str]:
    return [with_hint(problem) for problem in problems]


def _read(draft: Draft) -> Mapping[str, Any]:
    """A draft for the page; `suffix` where the text is the whole file, in its format."""
    whole = draft.verbatim and draft.row is None and draft.part is None and is_writable(draft.path)
    return {
        "text": draft.text,
        "suffix": PurePath(draft.path).suffix.lower() if whole else "",
        "source": source(draft),
        "author": draft.author,
        "channel": draft.channel,
        "in_reply_to": draft.in_reply_to,
    }
