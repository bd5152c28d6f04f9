"""An organization profile: what names an institution, and whom its staff turn to."""

import re
from collections.abc import Mapping

from pydantic import Field

from postcheck.lexicon import TermList
from postcheck.model import Model
from postcheck.recognizer import Definition

_PLACEHOLDER = re.compile(r"\{org\.([a-z0-9_.-]+)\}")


NAMES = "organization"
"""The term list of what people call an institution."""


class Office(Model):
    """Somebody to turn to."""

    name: str
    phone: str | None = None

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}" if self.phone else self.name


class Organization(Model):
    """A file in `rules/organizations/`. The `default` one is taken where none is asked for.

    `terms` are vocabularies that rules refer to (`organization`, `organization-handles` …);
    `recognizers` are identifiers with a format of the site's own, in Presidio's notation.
    """

    organization: str
    default: bool = False
    name: str
    full_name: str
    site: str
    offices: dict[str, Office]
    terms: dict[str, TermList] = Field(default_factory=dict)
    recognizers: tuple[Definition, ...] = ()

    def fill(self, text: str) -> str:
        """`text` with every `{org.…}` replaced. Raises `KeyError` with the first unknown name."""
        values = self._values()
        return _PLACEHOLDER.sub(lambda match: values[match[1]], text)

    def _values(self) -> Mapping[str, str]:
        values = {"name": self.name, "full_name": self.full_name, "site": self.site}
        for key, office in self.offices.items():
            values |= {key: str(office), f"{key}.name": office.name}
            if office.phone:
                values[f"{key}.phone"] = office.phone
        return values
