"""The files of rule folders, each read and validated by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from postcheck.channel import Channel, Channels
from postcheck.errors import PostcheckError, Problem
from postcheck.lexicon import TermFile, TermList
from postcheck.model import Model
from postcheck.organization import Organization
from postcheck.pack import Pack, Recognizers
from postcheck.recognizer import Definition
from postcheck.rulefolders import SHIPPED, RuleFolder
from postcheck.yaml_source import YamlSource, read_yaml, validated

RECOGNIZERS = "recognizers.yaml"
CHANNELS = "channels.yaml"

NO_PACKS = frozenset((RECOGNIZERS, CHANNELS))
"""The files beside packs that are none."""

_Content = TypeVar("_Content", bound=Model)


@dataclass(frozen=True, slots=True)
class RuleFile(Generic[_Content]):
    """What a file says, the place of everything in it, and where its folder comes from."""

    origin: str
    source: YamlSource
    content: _Content


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """All files that a rulebook is made of."""

    packs: tuple[RuleFile[Pack], ...]
    terms: tuple[RuleFile[TermFile], ...]
    recognizers: tuple[RuleFile[Recognizers], ...]
    channels: tuple[RuleFile[Channels], ...]
    profile: RuleFile[Organization]

    def of_others(self) -> Mapping[str, str]:
        """The files that don't come with postcheck: the origin of each by its path."""
        files: tuple[RuleFile[Any], ...] = (
            *self.packs,
            *self.terms,
            *self.recognizers,
            *self.channels,
            self.profile,
        )
        return {file.source.path: file.origin for file in files if file.origin != SHIPPED}

    def all_channels(self) -> Mapping[str, Channel]:
        """The channels by their names; of two with the same name, that of the later folder."""
        return {name: each for file in self.channels for name, each in file.content.channels.items()}

    def all_recognizers(self) -> Iterator[tuple[YamlSource, tuple[Definition, ...]]]:
        """The recognizers of each file, with their fragments filled in."""
        yield from ((file.source, file.content.expanded()) for file in self.recognizers)
        yield self.profile.source, self.profile.content.recognizers

    def term_lists(self) -> Iterator[tuple[YamlSource, str, TermList]]:
        """Every term list with its name and the file that holds it, under the key `terms`."""
        written = [(file.source, file.content.terms) for file in self.terms]
        for source, lists in (*written, (self.profile.source, self.profile.content.terms)):
            for name, terms in lists.items():
                yield source, name, terms


def read(folders: Sequence[RuleFolder], organization: str | None) -> RuleFiles:
    """Read the files of all folders, and the profile of an organization or the default one.

    Raises `PostcheckError` with all that is wrong with any of them.
    """
    reader = _Reader()
    packs = reader.files(Pack, [place for place in _places(folders, "*.yaml") if place[1].name not in NO_PACKS])
    terms = reader.files(TermFile, _places(folders, "terms/*.yaml"))
    recognizers = reader.files(Recognizers, _places(folders, RECOGNIZERS))
    channels = reader.files(Channels, _places(folders, CHANNELS))
    profile = _profile(reader, _places(folders, "organizations/*.yaml"), organization)
    if reader.problems or profile is None:
        raise PostcheckError(*(reader.problems or [Problem("no organization profile says default: true")]))
    return RuleFiles(packs, terms, recognizers, channels, profile)


_Place = tuple[str, Path]


class _Reader:
    """Reads files, and notes what is wrong with those that it can't."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def files(self, model: type[_Content], places: Iterable[_Place]) -> tuple[RuleFile[_Content], ...]:
        """Those of the files that are sound."""
        sound = []
        for origin, path in places:
            try:
                source = read_yaml(path)
                sound.append(RuleFile(origin, source, validated(model, source)))
            except PostcheckError as error:
                self.problems += error.problems
        return tuple(sound)


def _places(folders: Iterable[RuleFolder], pattern: str) -> list[_Place]:
    return [(folder.origin, path) for folder in folders for path in sorted(folder.path.glob(pattern))]


def _profile(reader: _Reader, places: Sequence[_Place], name: str | None) -> RuleFile[Organization] | None:
    """The profile of that name, else the default one: that of the last folder which has one."""
    named = {path.stem: (origin, path) for origin, path in places}
    if name is None:
        read = (file for place in reversed(named.values()) for file in reader.files(Organization, [place]))
        return next((file for file in read if file.content.default), None)
    if name not in named:
        known = ", ".join(sorted(named))
        raise PostcheckError(Problem(f'there is no organization profile "{name}"', hint=f"there are: {known}"))
    return next(iter(reader.files(Organization, [named[name]])), None)
