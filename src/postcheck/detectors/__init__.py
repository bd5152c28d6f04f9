"""Detectors: everything that is found in a draft before any rule is asked.

Only this package knows spaCy and Presidio.
"""

from postcheck.detectors.detector import Detector
from postcheck.detectors.language import DEFAULT_MODEL

__all__ = ["DEFAULT_MODEL", "Detector"]
