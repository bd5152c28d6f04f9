"""The pattern recognizers of rulebooks, as Presidio's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import regex
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from postcheck.detectors.names import only_everyday
from postcheck.detectors.recognizers.check_digits import CHECKS
from postcheck.recognizer import PRESIDIO_FLAGS, Definition

_PLAIN = 0.75


class _NameRecognizer(PatternRecognizer):
    """Finds names by the words beside them, and doubts everyday words unless that's a plain sign.

    A place may be called by an everyday word, "Spring" or "Alice", if it has a capital.
    """

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: NlpArtifacts | None = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """The names in `text`."""
        results = super().analyze(text, entities, nlp_artifacts, regex_flags)
        return [each for each in results if each.score >= _PLAIN or not _everyday(text[each.start : each.end], each)]


def _everyday(name: str, result: RecognizerResult) -> bool:
    return only_everyday(name) and (result.entity_type == "PERSON" or name.islower())


class _CheckedRecognizer(PatternRecognizer):
    """Finds what has the right check digit."""

    def __init__(self, check: Callable[[str], bool], **definition: Any) -> None:
        self._check = check
        super().__init__(**definition)

    def validate_result(self, pattern_text: str) -> bool:
        """Whether the check digit of a match is right."""
        return self._check(pattern_text)


class _Compiled(Pattern):
    """A pattern compiled once; Presidio's own compiles it to validate it and again to use it."""

    def __init__(self, name: str, compiled: regex.Pattern[str], score: float) -> None:
        vars(self).update(
            name=name, regex=compiled.pattern, score=score, compiled_regex=compiled, compiled_with_flags=PRESIDIO_FLAGS
        )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition and its expressions, compiled."""

    definition: Definition
    expressions: tuple[regex.Pattern[str], ...]

    @classmethod
    def of(cls, definition: Definition) -> "Compiled":
        """The definition, compiled. Raises `regex.error`, but not for one of a sound rulebook."""
        return cls(definition, tuple(each.compiled() for each in definition.patterns))


def recognizer(known: Compiled) -> PatternRecognizer:
    """The recognizer of a definition."""
    read = known.definition
    pairs = zip(read.patterns, known.expressions, strict=True)
    made: dict[str, Any] = {
        "supported_entity": read.supported_entity,
        "name": read.name,
        "patterns": [_Compiled(each.name, expression, each.score) for each, expression in pairs],
        "deny_list": [*read.deny_list],
        "deny_list_score": read.deny_list_score,
        "context": [*read.context],
    }
    if read.check:
        return _CheckedRecognizer(CHECKS[read.check], **made)
    return (_NameRecognizer if read.supported_entity in {"PERSON", "LOCATION"} else PatternRecognizer)(**made)
