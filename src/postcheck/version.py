"""The version of postcheck."""

__version__ = "0.1.0"
