"""An invented post that comes with postcheck: what a check of it finds is known."""

from postcheck.draft import Draft
from postcheck.rulefolders import shipped_rules

KNOWN = frozenset({"phi/patient-name", "medical-advice/change-treatment", "disclosure/resource"})
"""The rules that find something in it."""


def example() -> Draft:
    """The post. Raises `OSError` if it isn't there."""
    return Draft((shipped_rules() / "first-example.txt").read_text(encoding="utf-8").rstrip("\n"), path="an example")
