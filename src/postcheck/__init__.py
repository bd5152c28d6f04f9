"""postcheck tells what a social post would break before it is posted.

    >>> import postcheck
    >>> report = postcheck.check("My patient coded twice before lunch.")
    >>> [finding.rule for finding in report.findings]

`check` loads the rules and the model anew each time; keep a `Checker` to check more than once.
"""

from importlib import import_module

from postcheck.version import __version__

TYPE_CHECKING = False  # `typing` takes longer to load than all else that a resident's client needs
if TYPE_CHECKING:
    from typing import Any

    from postcheck.checker import Checker as Checker
    from postcheck.draft import Draft as Draft
    from postcheck.finding import Finding as Finding
    from postcheck.finding import Report as Report
    from postcheck.finding import Severity as Severity

__all__ = ["Checker", "Draft", "Finding", "Report", "Severity", "__version__", "check"]

# Names are imported when they are first used, so that `postcheck --help` needn't load the model's libraries.
_HOMES = {
    "Checker": "postcheck.checker",
    "Draft": "postcheck.draft",
    "Finding": "postcheck.finding",
    "Report": "postcheck.finding",
    "Severity": "postcheck.finding",
}


def __getattr__(name: str) -> "Any":
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def check(text: str, **metadata: "Any") -> "Report":
    """Check one draft by the shipped rules; `metadata` are the other fields of `Draft`.

    Raises `postcheck.errors.PostcheckError` where the rules or the model can't be loaded.
    """
    from postcheck.checker import Checker
    from postcheck.draft import Draft
    from postcheck.packs import load

    return Checker(load()).check([Draft(text, **metadata)])
