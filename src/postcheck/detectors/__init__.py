"""Detectors: everything that is found in a draft before any rule is asked.

Only this package knows spaCy and Presidio.
"""

# ruff: noqa: E402
from postcheck.detectors.quick_spacy import import_spacy

import_spacy()  # before anything else does

from postcheck.detectors.classifier import Classifier
from postcheck.detectors.detector import Detector
from postcheck.detectors.language import DEFAULT_MODEL
from postcheck.detectors.recognizers import NameModel

__all__ = ["DEFAULT_MODEL", "Classifier", "Detector", "NameModel"]
