"""The real engine, loaded once for all tests."""

from collections.abc import Callable

import pytest
from hypothesis import settings

from postcheck.analysis import Analysis
from postcheck.checker import detector
from postcheck.detectors import Detector
from postcheck.draft import Draft
from postcheck.packs import Rulebook, load

settings.register_profile("tests", derandomize=True, deadline=None)
settings.load_profile("tests")
"""The same inputs each time: a change is judged by itself. `make trust` looks for others."""

Analyse = Callable[..., Analysis]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The shipped rules."""
    return load()


@pytest.fixture(scope="session")
def shipped_detector(book: Rulebook) -> Detector:
    """The detector for the shipped rules."""
    return detector(book)


@pytest.fixture(scope="session")
def analyse(shipped_detector: Detector) -> Analyse:
    """The analysis of a text; further arguments are the fields of `Draft`."""

    def analysed(text: str, **fields: str) -> Analysis:
        return next(shipped_detector.analyze([Draft(text, **fields)]))  # type: ignore[arg-type]

    return analysed
