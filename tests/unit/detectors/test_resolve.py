"""Several detectors, one thing."""

from postcheck.analysis import Entity
from postcheck.detectors.resolve import MODEL, resolve
from postcheck.draft import Span


def entity(kind: str, start: int, end: int, score: float = 0.8, detector: str = "a pattern") -> Entity:
    return Entity(kind, Span(start, end), score, detector)


def kinds(*entities: Entity) -> list[str]:
    return [each.kind for each in resolve(entities)]


def test_the_longest_stays_with_the_best_score() -> None:
    assert resolve([entity("PERSON", 0, 5, 0.9), entity("PERSON", 0, 9, 0.6)]) == (entity("PERSON", 0, 9, 0.9),)


def test_the_order_of_detectors_changes_nothing() -> None:
    entities = [
        entity("PERSON", 0, 5, 0.9),
        entity("LOCATION", 3, 9, 0.6),
        entity("FAX", 20, 30),
        entity("PHONE", 20, 30),
    ]
    assert resolve(entities) == resolve(reversed(entities))


def test_of_two_codes_the_surer_stays() -> None:
    assert kinds(entity("PHONE", 0, 12, 0.7), entity("FAX", 0, 12, 0.9)) == ["FAX"]


def test_a_name_in_an_address_is_none() -> None:
    assert kinds(entity("PERSON", 0, 4, 0.85, MODEL), entity("EMAIL", 0, 20, 0.9)) == ["EMAIL"]


def test_a_name_in_a_picture_stays() -> None:
    assert kinds(entity("PERSON", 7, 12), entity("PHOTO", 0, 20)) == ["PHOTO", "PERSON"]


def test_what_is_a_thing_is_no_person_and_no_place() -> None:
    assert kinds(entity("PERSON", 0, 6, 0.85, MODEL), entity("THING", 0, 6, 0.87)) == ["THING"]


def test_a_surer_name_stays_though_it_looks_like_a_thing() -> None:
    assert "PERSON" in kinds(entity("PERSON", 4, 9, 0.9), entity("THING", 4, 9, 0.87))


def test_a_state_is_no_place_that_identifies() -> None:
    assert kinds(entity("LOCATION", 0, 5), entity("REGION", 0, 5, 1.0)) == ["REGION"]
    assert "LOCATION" in kinds(entity("LOCATION", 0, 13), entity("REGION", 0, 8, 1.0))


def test_a_sign_beats_the_model() -> None:
    assert kinds(entity("ORGANIZATION", 0, 7, 0.5, MODEL), entity("PERSON", 0, 7, 0.6)) == ["PERSON"]
    assert kinds(entity("PERSON", 5, 14, 0.85, MODEL), entity("LOCATION", 5, 14, 0.45)) == ["LOCATION"]
