"""The first files of an institution that starts with postcheck."""

import re
import unicodedata

from postcheck.errors import PostcheckError, Problem
from postcheck.skeleton import filled

FOLDER = "postcheck-rules"
"""Where an institution's own rules are, beside its configuration."""

_UNUSUAL = re.compile(r"[^\w '&.-]")
_WORD = re.compile(r"[a-z0-9]+")


def slug(name: str) -> str:
    """The name of an institution as that of a file. Raises `PostcheckError` if no letter or digit is left of it."""
    words = _WORD.findall(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold())
    if not words:
        raise PostcheckError(Problem(f'"{name}" has no letters or digits to name a file by'))
    return "-".join(words)


def profile(name: str) -> str:
    """A profile of an institution with what follows from its name, in YAML."""
    words = slug(name).split("-")
    site = f"{''.join(words)}.example"
    plain = " ".join(_UNUSUAL.sub(" ", name).split())
    values = {
        "name": plain,
        "slug": "-".join(words),
        "words": plain.casefold(),
        "tag": "".join(words),
        "site": site,
        "site-pattern": re.escape(site),
    }
    return filled("organizations/profile.yaml.in", values)


def configuration(name: str) -> str:
    """A configuration that checks for the institution of that name."""
    return (
        f"# postcheck reads this for every draft in this folder and below.\n"
        f"organization: {slug(name)}\n"
        f"rules: {FOLDER}\n"
        f"fail_on: warning  # error: warnings are shown, but don't fail a check\n"
    )
