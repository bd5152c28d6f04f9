"""Pattern recognizers as data, in Presidio's own form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import regex
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from pydantic import Field, ValidationError

from postcheck.detectors.names import only_everyday
from postcheck.detectors.recognizers.check_digits import CHECKS
from postcheck.errors import PostcheckError, Problem
from postcheck.model import Model
from postcheck.pack import PRESIDIO_FLAGS

_PLAIN = 0.75
_FRAGMENT = regex.compile(r"\{[a-z]{2,}\}")

Score = Annotated[float, Field(ge=0, le=1)]


class PatternDefinition(Model):
    """One expression of a recognizer, and how sure a match of it is."""

    name: str
    regex: str
    score: Score


class Definition(Model):
    """A recognizer: the kind of entity that it finds, by expressions or by a list of words.

    With `check`, only what has the right check digit is found.
    """

    name: str
    supported_entity: str
    patterns: tuple[PatternDefinition, ...] = ()
    deny_list: tuple[str, ...] = ()
    deny_list_score: Score = 1.0
    context: tuple[str, ...] = ()
    check: Literal["vin", "npi", "gs1", "hibcc"] | None = None


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
class Sound:
    """A definition that is known to be sound, and its expressions, compiled."""

    definition: Definition
    expressions: tuple[regex.Pattern[str], ...]


def sound(definition: Mapping[str, Any]) -> Sound:
    """The recognizer that a mapping from YAML describes, as data. Raises `PostcheckError`, naming it."""
    name = definition.get("name", "without a name")
    try:
        read = Definition.model_validate(definition)
    except ValidationError as error:
        found = [(".".join(map(str, each["loc"])), each["msg"]) for each in error.errors()]
        raise PostcheckError(*(_problem(name, *each) for each in found)) from None
    compiled: list[regex.Pattern[str]] = []
    problems: list[Problem] = []
    for each in read.patterns:
        if unknown := _FRAGMENT.search(each.regex):
            problems.append(_problem(name, each.name, f"there is no fragment {unknown[0]}"))
        try:
            compiled.append(regex.compile(each.regex, PRESIDIO_FLAGS))
        except regex.error as error:
            problems.append(_problem(name, each.name, f"not a regular expression: {error}"))
    if not read.patterns and not read.deny_list:
        problems.append(_problem(name, "patterns", "needs an expression or a list of words"))
    if problems:
        raise PostcheckError(*problems)
    return Sound(read, tuple(compiled))


def recognizer(known: Sound) -> PatternRecognizer:
    """The recognizer of a sound definition."""
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


def _problem(name: str, where: str, message: str) -> Problem:
    return Problem(f"the recognizer {name!r}: {where}: {message}", hint="correct it in recognizers.yaml or the profile")
