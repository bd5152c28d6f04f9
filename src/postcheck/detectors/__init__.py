"""Detectors: everything that is found in a draft before any rule is asked.

Only this package knows spaCy and Presidio.
"""

from postcheck.detectors.lean_imports import lean_imports

with lean_imports():  # before anything else imports spaCy or Presidio
    from postcheck.detectors.classifier import Classifier
    from postcheck.detectors.detector import Detector
    from postcheck.detectors.language import DEFAULT_MODEL
    from postcheck.detectors.recognizers import NameModel

__all__ = ["DEFAULT_MODEL", "Classifier", "Detector", "NameModel"]
