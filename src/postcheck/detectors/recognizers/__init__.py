"""The registry: Presidio's recognizers that serve in the United States, and our own."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer import predefined_recognizers as shipped

MODEL_KINDS = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
"""The kinds that the language model finds."""


def registry(patterns: Iterable[Mapping[str, Any]], kinds: Collection[str]) -> list[EntityRecognizer]:
    """The recognizers of postcheck, and those of `patterns`, that find one of `kinds`."""
    return [
        shipped.SpacyRecognizer(supported_entities=sorted(MODEL_KINDS)),
        shipped.EmailRecognizer(),
        shipped.UrlRecognizer(),
        shipped.IpRecognizer(),
        shipped.MacAddressRecognizer(),
        shipped.PhoneRecognizer(supported_regions=("US",)),
        shipped.UsSsnRecognizer(),
        shipped.UsMbiRecognizer(),
        shipped.CreditCardRecognizer(),
        shipped.IbanRecognizer(),
        shipped.AbaRoutingRecognizer(),
        *(PatternRecognizer.from_dict(dict(each)) for each in patterns),
    ]
