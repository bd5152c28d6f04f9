"""One detector for all tests: to load the model takes longer than to use it."""

from collections.abc import Callable
from typing import Any

import pytest

from postcheck.analysis import Analysis
from postcheck.detectors import Detector
from postcheck.draft import Draft
from postcheck.pack import Recognizers
from postcheck.recognizer import Definition
from postcheck.rulefiles import RECOGNIZERS
from postcheck.rulefolders import shipped_rules
from postcheck.yaml_source import read_yaml, validated

KINDS = frozenset(
    {"PERSON", "LOCATION", "ORGANIZATION", "DATE", "AGE_OVER_89", "PHONE", "FAX", "EMAIL", "SSN", "MRN"}
    | {"HEALTH_PLAN_ID", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "URL", "IP", "BIOMETRIC", "PHOTO", "HANDLE"}
    | {"ROOM", "OTHER_ID"}
)
INSTITUTION: dict[str, Any] = {
    "name": "the institution",
    "supported_entity": "ORGANIZATION",
    "deny_list": ["MD Anderson", "M. D. Anderson", "Boot Walk"],
}

Told = Callable[[str, str], list[str]]
Analyse = Callable[[str], Analysis]


@pytest.fixture(scope="session")
def detector() -> Detector:
    """A detector with everything that postcheck ships, and an institution's name."""
    shipped = validated(Recognizers, read_yaml(shipped_rules() / RECOGNIZERS)).expanded()
    return Detector([*shipped, Definition(**INSTITUTION)], entities=KINDS)


@pytest.fixture(scope="session")
def analyze(detector: Detector) -> Analyse:
    """The analysis of one text."""
    return lambda text: next(iter(detector.analyze([Draft(text)])))


@pytest.fixture(scope="session")
def found(analyze: Analyse) -> Told:
    """What is found of one kind in a text, as the words of the text."""

    def told(text: str, kind: str) -> list[str]:
        analysis = analyze(text)
        places = [analysis.view.to_source(entity.span) for entity in analysis.entities if entity.kind == kind]
        return [place.cut(text) for place in places]

    return told
