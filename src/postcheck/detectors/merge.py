"""One entity for one thing, however many detectors found it."""

from collections.abc import Iterable

from postcheck.analysis import Entity


def merge(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities in order; of those of one kind that overlap, the longest, with the best score."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (-len(e.span), -e.score, e.span, e.kind, e.detector)):
        same = next((at for at, other in enumerate(kept) if _same(entity, other)), None)
        if same is None:
            kept.append(entity)
        elif entity.score > kept[same].score:
            longer = kept[same]
            kept[same] = Entity(longer.kind, longer.span, entity.score, longer.detector)
    return tuple(sorted(kept, key=lambda e: (e.span, e.kind)))


def _same(one: Entity, other: Entity) -> bool:
    return one.kind == other.kind and one.span.overlaps(other.span)
