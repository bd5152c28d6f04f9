"""Files beside drafts that can't hold a comment: `draft.txt.postcheck.yaml` speaks of `draft.txt`."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from postcheck.draft import Draft
from postcheck.finding import Finding, SuppressedBy
from postcheck.model import Model, OneOrMore
from postcheck.suppression.suppression import Holds, Source, Suppression, everywhere, expired
from postcheck.yaml_source import YamlSource, read_yaml, validated

SUFFIX = ".postcheck.yaml"


class Ignore(Model):
    """Rules that are silenced in a file: in all of it, or only a record of it, or one finding."""

    rules: Annotated[OneOrMore[str], Field(min_length=1)]
    reason: Annotated[str, Field(pattern=r"\S")]
    until: date | None = None
    id: str | None = None
    fingerprint: str | None = None


class Sidecar(Model):
    """What stands beside a draft."""

    ignore: tuple[Ignore, ...]


def sidecar(today: date) -> Source:
    """The ignores in the file beside a draft's. Raises `PostcheckError` if that file isn't sound."""

    @cache
    def read(path: str) -> tuple[Suppression, ...]:
        beside = Path(f"{path}{SUFFIX}")
        if not beside.is_file():
            return ()
        source = read_yaml(beside)
        said = validated(Sidecar, source).ignore
        return tuple(_suppression(source, number, each, today) for number, each in enumerate(said))

    return lambda draft: read(draft.path)


def _suppression(source: YamlSource, number: int, said: Ignore, today: date) -> Suppression:
    line, column = source.places.get(("ignore", number), (1, 1))
    flaw = expired(said.until, today)
    return Suppression(SuppressedBy.SIDECAR, frozenset(said.rules), _holds(said), source.path, line, column, flaw=flaw)


def _holds(said: Ignore) -> Holds:
    if said.id is None and said.fingerprint is None:
        return everywhere

    def holds(draft: Draft, finding: Finding) -> bool:
        return said.id in {None, draft.id} and said.fingerprint in {None, finding.fingerprint}

    return holds
