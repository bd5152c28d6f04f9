"""What rules see of one draft: made once by the detectors, read by every rule."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from postcheck.draft import Draft, Span
from postcheck.lexicon import Reading

if TYPE_CHECKING:
    from postcheck.normalization import View

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark, with its dictionary form and its part of speech."""

    span: Span
    lemma: str = ""
    pos: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that a detector recognised, e.g. a `PERSON`. Presidio's types stop here."""

    kind: str
    span: Span
    score: float
    detector: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a learned model thinks of a draft and a label: how probable it is, and the sentence that says so most."""

    probability: float
    span: Span


@dataclass(frozen=True)
class Analysis:
    """A draft's text as rules see it.

    Every span here is in code points of `view.text`; `view.to_source` leads back to the
    draft. `reading` tells what the vocabularies find in it, `token_hits`, by the key of a token
    pattern, where it matched. `reply` is the analysis of the post that the draft answers. `tagged`
    tells more of the tokens, `learned` asks the learned model, where there is one.
    """

    draft: Draft
    view: "View"
    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    reading: Reading
    token_hits: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    reply: "Analysis | None" = None
    tagged: Callable[[], tuple[Token, ...]] = field(default=tuple, repr=False, compare=False)
    learned: "Callable[[Analysis], Mapping[str, Opinion]] | None" = field(default=None, repr=False, compare=False)
    _memo: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The text that all spans refer to."""
        return self.view.text

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The tokens that are words or numbers."""
        return tuple(token for token in self.tokens if any(char.isalnum() for char in token.cut(self.text)))

    @cached_property
    def opinions(self) -> Mapping[str, Opinion]:
        """The learned model's opinion on each of its labels; nothing without a model."""
        return self.learned(self) if self.learned else {}

    def once(self, key: Hashable, search: Callable[[], _Found]) -> _Found:
        """The result of `search`, computed at most once for this draft."""
        if key not in self._memo:
            self._memo[key] = search()
        found: _Found = self._memo[key]
        return found
