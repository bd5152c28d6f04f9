"""The registry: Presidio's recognizers that serve in the United States, and those from YAML."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from presidio_analyzer import EntityRecognizer, Pattern
from presidio_analyzer.predefined_recognizers.country_specific.us.aba_routing_recognizer import AbaRoutingRecognizer
from presidio_analyzer.predefined_recognizers.country_specific.us.medical_license_recognizer import (
    MedicalLicenseRecognizer,
)
from presidio_analyzer.predefined_recognizers.country_specific.us.us_mbi_recognizer import UsMbiRecognizer
from presidio_analyzer.predefined_recognizers.country_specific.us.us_ssn_recognizer import UsSsnRecognizer
from presidio_analyzer.predefined_recognizers.generic.credit_card_recognizer import CreditCardRecognizer
from presidio_analyzer.predefined_recognizers.generic.iban_recognizer import IbanRecognizer
from presidio_analyzer.predefined_recognizers.generic.ip_recognizer import IpRecognizer
from presidio_analyzer.predefined_recognizers.generic.mac_recognizer import MacAddressRecognizer
from presidio_analyzer.predefined_recognizers.generic.phone_recognizer import PhoneRecognizer

from postcheck.cachefolder import Keep, keep_nothing
from postcheck.detectors.recognizers.definitions import Compiled, recognizer
from postcheck.detectors.recognizers.model import ModelRecognizer
from postcheck.detectors.recognizers.name_lists import NameListRecognizer
from postcheck.detectors.recognizers.rampart import RampartRecognizer
from postcheck.recognizer import Definition

NameModel: TypeAlias = Literal["rampart"]
"""A model that finds names beside the language model; an extra of the installation."""


def registry(
    definitions: Sequence[Definition],
    names: NameModel | None = None,
    keep: Keep = keep_nothing,
) -> list[EntityRecognizer]:
    """Recognizers with a model, a library or a checksum behind them, and those of `definitions`.

    Presidio's others don't serve: they mistake trial numbers, room numbers or any nine digits
    for an identifier, or ask the network for the list of top-level domains. `names` adds a model.
    `keep` keeps the definitions with their compiled expressions.
    """
    known = keep("recognizers", lambda: [*map(Compiled.of, definitions)])
    return [
        ModelRecognizer(),
        IpRecognizer(),
        MacAddressRecognizer(),
        PhoneRecognizer(supported_regions=("US",)),
        UsSsnRecognizer(),
        UsMbiRecognizer(),
        CreditCardRecognizer(),
        IbanRecognizer(),
        AbaRoutingRecognizer(),
        # Presidio's pattern has no word boundary: it sees a licence in a third of all trial numbers.
        MedicalLicenseRecognizer(patterns=[Pattern("DEA number", r"\b[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}\b", 0.4)]),
        NameListRecognizer(),
        *map(recognizer, known),
        *([RampartRecognizer()] if names == "rampart" else []),
    ]
