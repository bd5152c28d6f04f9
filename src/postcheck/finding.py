"""What a check finds, and the report that carries it to a reporter."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from postcheck.draft import Draft, Span
from postcheck.errors import Problem


class Severity(StrEnum):
    """How grave a finding is, from a violation to a reminder."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest; findings are sorted by it."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a draft that breaks a rule. It holds no draft text.

    `draft` is the index of the draft in the report; `span` and `related` are in code points
    of that draft's text. `confidence` is between 0 and 1. `message`, `why`, `suggestion` and
    `route` are the rule's words with the organization's names filled in; `reasons` name the
    signals behind a finding that no single word explains. `learned` tells that a learned model
    found it, and `confidence` is then its probability. `fingerprint` names the finding
    across runs and contains no identifier.
    """

    draft: int
    span: Span
    rule: str
    category: str
    severity: Severity
    message: str
    why: str
    suggestion: str = ""
    route: str | None = None
    citations: tuple[str, ...] = ()
    confidence: float = 1.0
    related: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    learned: bool = False
    fingerprint: str = ""


class SuppressedBy(StrEnum):
    """What silences a finding: a comment in the draft, a file beside it, the configuration's list of
    what is allowed, the baseline, or that its lines haven't changed.
    """

    INLINE = "inline"
    SIDECAR = "sidecar"
    ALLOWED = "allowed"
    BASELINE = "baseline"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is silenced, and where that is written.

    The reason can be read at that place. It never gets into a report, since it may say what the
    draft says.
    """

    finding: Finding
    by: SuppressedBy
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Unused(Problem):
    """A suppression that silences nothing. A `removable` one is a comment in a draft that can just be taken out."""

    removable: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The whole outcome of a check: every finding, and whether the check could be made.

    `complete` is false as soon as one draft, detector or rule failed; `diagnostics` say
    which and how to mend it. `findings` are sorted by draft, then by place. `unused` are the
    suppressions that silence nothing: they count as warnings.
    """

    drafts: tuple[Draft, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    diagnostics: tuple[Problem, ...] = ()
    unused: tuple[Unused, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every draft was read and checked by every active rule."""
        return not self.diagnostics

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        return {severity: sum(f.severity is severity for f in self.findings) for severity in Severity}

    def fails(self, threshold: Severity | None) -> bool:
        """Whether a finding is at least as grave as `threshold` (`None`: never)."""
        if threshold is None:
            return False
        unused = bool(self.unused) and threshold is not Severity.ERROR
        return unused or any(finding.severity.rank <= threshold.rank for finding in self.findings)


def by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order in which a reader meets them, the gravest first at one place."""
    return tuple(sorted(findings, key=lambda f: (f.draft, f.span, f.severity.rank, f.rule)))
