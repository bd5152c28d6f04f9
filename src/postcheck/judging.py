"""What the rules say of drafts: detection, then every rule.

draft -> Detector -> Analysis -> judges of the rules -> Match -> Finding
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from postcheck.analysis import Analysis
from postcheck.draft import Draft, Span
from postcheck.errors import Problem
from postcheck.finding import Finding, Severity
from postcheck.fingerprint import fingerprint, surroundings
from postcheck.kinds import Judge
from postcheck.packs import PackRule, Rulebook
from postcheck.policy import Policies

if TYPE_CHECKING:
    from postcheck.detectors import Detector

_DETECTION = "detection"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in a draft by itself, and what its fingerprint is made of."""

    finding: Finding
    around: str
    occurrence: int

    def of(self, draft: Draft) -> Finding:
        """The finding, as one in that draft."""
        named = fingerprint(self.finding.rule, draft.id, self.around, self.occurrence)
        return replace(self.finding, fingerprint=named)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a draft's content, and which of them failed."""

    found: tuple[Found, ...]
    failed: tuple[str, ...] = ()

    def problems(self, draft: Draft) -> tuple[Problem, ...]:
        """What failed, as problems with that draft."""
        return tuple(Problem(message, draft.path, hint="please report this") for message in self.failed)


@dataclass(frozen=True, slots=True)
class Active:
    """A rule, ready to judge, and the finding it makes but for the place."""

    rule: PackRule
    judge: Judge
    finding: Finding


def active(rule: PackRule, book: Rulebook) -> Active:
    """A rule of a book, with the organization's names filled in."""
    fill, said = book.organization.fill, rule.rule
    finding = Finding(
        draft=0,
        span=Span(0, 0),
        rule=rule.id,
        category=rule.category,
        severity=said.severity,
        message=fill(said.message),
        why=fill(said.why),
        suggestion=fill(said.suggestion),
        route=str(book.organization.offices[said.route]) if said.route else None,
        citations=said.citations,
        confidence=said.confidence,
        learned=said.learned,
    )
    return Active(rule, book.judges[rule.id], finding)


def verdicts(
    drafts: Iterable[Draft],
    detector: "Detector",
    rules: Sequence[Active],
    policies: Policies,
    seconds: defaultdict[str, float],
) -> Iterator[Verdict]:
    """The verdict on each draft, in their order. `seconds` adds up where the time goes.

    Raises `PostcheckError` where a detector fails.
    """
    begun = perf_counter()
    for analysis in detector.analyze(drafts):
        seconds[_DETECTION] += perf_counter() - begun
        found: list[Found] = []
        failed: list[str] = []
        policy = policies(analysis.draft.path)
        for each in rules:
            if policy.ignores(each.rule):
                continue
            asked = perf_counter()
            try:
                found += _found(each, policy.severity(each.rule), analysis)
            except Exception as error:  # its message may quote the draft: only the type is told
                failed.append(f"the rule {each.finding.rule} failed ({type(error).__name__})")
            seconds[each.rule.id] += perf_counter() - asked
        yield Verdict(tuple(found), tuple(failed))
        begun = perf_counter()


def _found(rule: Active, severity: Severity | None, analysis: Analysis) -> Iterator[Found]:
    """What a rule finds; with that severity, if there is one, whatever the rule says."""
    to_source = analysis.view.to_source
    alike: Counter[str] = Counter()
    for match in rule.judge(analysis):
        around = surroundings(analysis, match.span)
        finding = replace(
            rule.finding,
            span=to_source(match.span),
            related=tuple(sorted({to_source(span) for span in match.related if not span.overlaps(match.span)})),
            reasons=match.reasons,
            severity=severity or match.severity or rule.finding.severity,
            confidence=rule.finding.confidence if match.confidence is None else match.confidence,
        )
        yield Found(finding, around, alike[around])
        alike[around] += 1
