"""Files that come with postcheck half-written, for others to go on with."""

import re
from collections.abc import Mapping

from postcheck.rulefolders import shipped_rules

_BLANK = re.compile(r"\{\{([a-z-]+)\}\}")


def filled(name: str, values: Mapping[str, str]) -> str:
    """The text of such a file, named from the folder of rules, with a value in place of every `{{…}}`."""
    text = (shipped_rules() / name).read_text(encoding="utf-8")
    return _BLANK.sub(lambda blank: values[blank[1]], text)
