"""One entity for one thing, however many detectors found it and whatever they took it for."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from postcheck.analysis import Entity
from postcheck.spans import SpanIndex

MODEL = "language model"
"""The detector that is least sure of the kind of what it finds."""

GIVEN_NAME = "given name"
"""The detector of names that begin with a given name."""

SURNAME = "surname"
"""The detector of surnames that stand alone, many of which are places as well."""

NAMES = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
"""Kinds that are words: what they name is often in doubt."""

CODES = frozenset(
    {"ACCOUNT", "DATE", "DEVICE", "EMAIL", "FAX", "HANDLE", "HEALTH_PLAN_ID", "IP", "LICENSE", "MRN", "OTHER_ID"}
    | {"PHONE", "ROOM", "SSN", "URL", "VEHICLE"}
)
"""Kinds of which one place in a text has only one."""

_SURE = 0.7
_UNSURE = frozenset({MODEL, SURNAME})

THING, REGION = "THING", "REGION"
"""What is no person and no place (an eponym, an event), and a place too large to tell who is from it."""


def resolve(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities in order, without those that another explains better."""
    found = sorted(entities, key=lambda each: each.span)
    index = SpanIndex([each.span for each in found])
    kept = [
        each for each in _merged(found) if not any(_yields(each, found[other]) for other in index.touching(each.span))
    ]
    return tuple(sorted(kept, key=lambda each: (each.span, each.kind)))


def _merged(entities: Iterable[Entity]) -> list[Entity]:
    """Of the entities of one kind that overlap, the longest, with the best score."""
    merged: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(
        entities, key=lambda each: (-len(each.span), -each.score, each.span, each.kind, each.detector)
    ):
        alike = merged[entity.kind]
        first = bisect_right(alike, entity.span.start, key=lambda each: each.span.end)
        last = bisect_left(alike, entity.span.end, key=lambda each: each.span.start)
        if first >= last:
            alike.insert(first, entity)
        for at in range(first, last):
            longer = alike[at]
            surer = entity.detector if longer.detector in _UNSURE else longer.detector
            alike[at] = replace(longer, score=max(longer.score, entity.score), detector=surer)
    return [each for alike in merged.values() for each in alike]


def _yields(one: Entity, other: Entity) -> bool:
    """Whether `one` is no finding of its own beside `other`."""
    if one.kind == other.kind or not one.span.overlaps(other.span):
        return False
    if one.kind in CODES and other.kind in CODES:
        return _rank(one) < _rank(other)
    if one.kind in NAMES and other.kind in CODES:
        return (
            other.kind not in {"OTHER_ID", "URL"} and other.score >= one.score - 0.3 and other.span.contains(one.span)
        )
    if one.kind in {"PERSON", "LOCATION"} and other.kind == THING:
        return other.score >= one.score
    if one.kind == "LOCATION" and other.kind == REGION:
        return other.span.contains(one.span)
    if one.kind == "PERSON" and other.kind == "LOCATION":
        return other.span.contains(one.span) and _is_place(other, one)
    if one.kind == "LOCATION" and other.kind == "PERSON":
        return other.span.contains(one.span) and not _is_place(one, other)
    if one.kind == "ORGANIZATION" and other.kind == "PERSON":
        return one.detector == MODEL and other.detector != MODEL and other.span.contains(one.span)
    if one.kind in {"PERSON", "LOCATION"} and other.kind == "ORGANIZATION":
        return other.detector != MODEL and other.score > one.score
    return False


def _rank(entity: Entity) -> tuple[float, int, str]:
    return entity.score, len(entity.span), entity.kind


def _is_place(location: Entity, person: Entity) -> bool:
    """Whether words that were taken for a place and for a person are rather a place."""
    if location.detector == MODEL:
        return person.detector in _UNSURE or len(location.span) > len(person.span)
    return location.score >= _SURE or person.detector in _UNSURE
