"""What is said about a draft besides its text: who posts it, where, and with whose leave."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from postcheck.draft import Author, Draft, Segment
from postcheck.errors import PostcheckError, Problem


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a draft says about itself, or what holds for drafts that say nothing. `None` says nothing."""

    author: Author | None = None
    channel: str | None = None
    in_reply_to: str | None = None
    approval: str | None = None
    authorization: str | None = None
    id: str | None = None

    def over(self, defaults: "Metadata") -> "Metadata":
        """This, and the defaults where this says nothing."""
        said = {key: value for key, value in asdict(self).items() if value is not None}
        return Metadata(**(asdict(defaults) | said))

    def draft(self, text: str, path: str, segments: tuple[Segment, ...], **place: Any) -> Draft:
        """The draft of which this is said. Where no author is named, it's an employee.

        `place` tells where in the file it stands, as `Draft` does.
        """
        said = asdict(self) | {"author": self.author or Author.EMPLOYEE}
        return Draft(text, path, segments=segments, **said, **place)


KEYS = tuple(asdict(Metadata()))
"""The keys that postcheck reads in front matter and in records."""


def parse(said: Mapping[str, object], path: str, lines: Mapping[str, int]) -> Metadata:
    """The metadata in a mapping. Other keys are ignored; a blank value says nothing.

    `lines` holds the line of each key. Raises `PostcheckError` with every value that is wrong.
    """
    problems: list[Problem] = []
    author: Author | None = None
    texts: dict[str, str] = {}
    for key in KEYS:
        value = said.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if key == "author":
            name = str(value).strip().lower()
            if name in {*Author}:
                author = Author(name)
            else:
                hint = "it says who posts: a person, or the institution's own account"
                problems.append(Problem('"author" must be employee or official', path, lines[key], hint=hint))
        elif isinstance(value, str):
            texts[key] = value
        elif key == "id" and type(value) is int:
            texts[key] = str(value)
        else:
            problems.append(
                Problem(f'"{key}" must be text', path, lines[key], hint="put it in quotes, or leave it out")
            )
    if problems:
        raise PostcheckError(*problems)
    return Metadata(author, **texts)
