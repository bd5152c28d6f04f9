"""The registry: Presidio's recognizers that serve in the United States, and those from YAML."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from presidio_analyzer import EntityRecognizer, Pattern
from presidio_analyzer import predefined_recognizers as shipped

from postcheck.detectors.recognizers.definitions import recognizer
from postcheck.detectors.recognizers.model import ModelRecognizer
from postcheck.detectors.recognizers.name_lists import NameListRecognizer
from postcheck.detectors.recognizers.rampart import RampartRecognizer

NameModel: TypeAlias = Literal["rampart"]
"""A model that finds names beside the language model; an extra of the installation."""


def registry(definitions: Iterable[Mapping[str, Any]], names: NameModel | None = None) -> list[EntityRecognizer]:
    """Recognizers with a model, a library or a checksum behind them, and those of `definitions`.

    Presidio's others don't serve: they mistake trial numbers, room numbers or any nine digits
    for an identifier, or ask the network for the list of top-level domains. `names` adds a model.
    """
    return [
        ModelRecognizer(),
        shipped.IpRecognizer(),
        shipped.MacAddressRecognizer(),
        shipped.PhoneRecognizer(supported_regions=("US",)),
        shipped.UsSsnRecognizer(),
        shipped.UsMbiRecognizer(),
        shipped.CreditCardRecognizer(),
        shipped.IbanRecognizer(),
        shipped.AbaRoutingRecognizer(),
        # Presidio's pattern has no word boundary: it sees a licence in a third of all trial numbers.
        shipped.MedicalLicenseRecognizer(patterns=[Pattern("DEA number", r"\b[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}\b", 0.4)]),
        NameListRecognizer(),
        *map(recognizer, definitions),
        *([RampartRecognizer()] if names == "rampart" else []),
    ]
