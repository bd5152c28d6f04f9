"""The whole way from drafts to a report, on one page.

drafts -> Detector -> Analysis -> judges of the rules -> Match -> Finding -> suppression -> Report
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from time import perf_counter

from postcheck.analysis import Analysis
from postcheck.detectors import DEFAULT_MODEL, Classifier, Detector, NameModel
from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Finding, Report, Severity, Suppressed, by_place
from postcheck.fingerprint import fingerprint, surroundings
from postcheck.kinds import Judge
from postcheck.packs import PackRule, Rulebook
from postcheck.policy import Policies, Policy
from postcheck.suppression import Silencer, Source
from postcheck.tokenpattern import pattern_key

_DETECTION = "detection"


@dataclass(frozen=True, slots=True)
class _Active:
    """A rule, ready to judge, and the finding it makes but for the place."""

    rule: PackRule
    judge: Judge
    finding: Finding


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one draft, and which of them failed."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


class Checker:
    """Checks drafts by the rules of a rulebook. Making one loads the models; checking keeps no text.

    Without `learned`, no learned model is asked: the rules that are nothing else are left out.
    `policies` tells what is made of the rules for a file, `sources` what silences findings. `packs`
    holds the ids of each pack's rules, `seconds` the time that went into detection and into each rule; one that
    asks another pays for both.
    Raises `PostcheckError` where the model or a recognizer can't be loaded.
    """

    def __init__(
        self,
        book: Rulebook,
        rules: Sequence[PackRule] | None = None,
        model: str = DEFAULT_MODEL,
        names: NameModel | None = None,
        learned: bool = True,
        policies: Policies = lambda path: Policy(),
        sources: Sequence[Source] = (),
    ) -> None:
        self.organization = book.organization
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.packs = {pack.pack: {r.id for r in book.rules if r.category == pack.pack} for pack in book.packs}
        self._names = book.names
        self._firm = book.firm
        self._policies = policies
        self._sources = sources
        asked = book.rules if rules is None else rules
        self.rules = [rule for rule in asked if learned or not rule.rule.learned]
        self._active = [_active(rule, book) for rule in self.rules]
        asking = any(rule.doubt or rule.rule.learned for rule in self.rules)
        self._detector = detector(book, model, names, learned and asking)

    def check(self, drafts: Iterable[Draft], on_progress: Callable[[int], None] = lambda done: None) -> Report:
        """Judge the drafts by every rule. What fails on the way makes the report incomplete.

        `on_progress` is told the number of drafts that are done.
        """
        drafts = tuple(drafts)
        findings: list[Finding] = []
        suppressed: list[Suppressed] = []
        problems: list[Problem] = []
        silencer = Silencer(self._sources, self._names, self._firm, self._asked)
        try:
            for done, (draft, judgement) in enumerate(zip(drafts, self.judge(drafts), strict=True), 1):
                silenced = silencer.silence(draft, unique(judgement.findings, self._firm))
                findings += silenced.kept
                suppressed += silenced.suppressed
                problems += judgement.problems
                on_progress(done)
        except PostcheckError as error:
            problems += error.problems
        return Report(drafts, by_place(findings), tuple(suppressed), tuple(problems), tuple(silencer.useless()))

    def silencing(self, source: Source) -> "Checker":
        """The same checker, with one more source of suppressions."""
        other = copy(self)
        other._sources = (*self._sources, source)
        return other

    def sentences(self, draft: Draft) -> tuple[Span, ...]:
        """The sentences of a draft, in code points of its text."""
        (analysis,) = self._detector.analyze([draft])
        return tuple(analysis.view.to_source(sentence) for sentence in analysis.sentences)

    def judge(self, drafts: Iterable[Draft]) -> Iterator[Judgement]:
        """Everything that any rule finds in each draft, in the order of the drafts.

        Raises `PostcheckError` where a detector fails.
        """
        begun = perf_counter()
        for index, analysis in enumerate(self._detector.analyze(drafts)):
            self.seconds[_DETECTION] += perf_counter() - begun
            findings: list[Finding] = []
            problems: list[Problem] = []
            policy = self._policies(analysis.draft.path)
            for active in self._active:
                if policy.ignores(active.rule):
                    continue
                asked = perf_counter()
                try:
                    findings += _findings(active, policy.severity(active.rule), index, analysis)
                except Exception as error:  # its message may quote the draft: only the type is told
                    message = f"the rule {active.finding.rule} failed ({type(error).__name__})"
                    problems.append(Problem(message, analysis.draft.path, hint="please report this"))
                self.seconds[active.rule.id] += perf_counter() - asked
            yield Judgement(tuple(findings), tuple(problems))
            begun = perf_counter()

    def _asked(self, draft: Draft) -> set[str]:
        """The ids of the rules that count for a draft, and of the packs of which all rules do."""
        policy = self._policies(draft.path)
        rules = {rule.id for rule in self.rules if not policy.ignores(rule)}
        return rules | {pack for pack, ids in self.packs.items() if ids <= rules}


def detector(
    book: Rulebook,
    model: str = DEFAULT_MODEL,
    names: NameModel | None = None,
    learned: bool = True,
) -> Detector:
    """A detector for what the rules ask for: all of them, since any may ask whether another fires."""
    conditions = [condition for rule in book.rules for _, condition in rule.rule.conditions()]
    conditions += [signal for signals in book.vocabulary.signals.values() for signal in signals.values()]
    parts = [part for condition in conditions for _, part in condition.parts()]
    lexicon = book.vocabulary.lexicon
    return Detector(
        recognizers=book.recognizers,
        token_patterns={pattern_key(part.tokens): part.tokens for part in parts if part.tokens},
        term_hits=lambda text: lexicon.read(text).hits,
        no_names=book.no_names,
        entities={kind for part in parts for kind in part.entity},
        model=model,
        names=names,
        classifier=Classifier() if learned else None,
    )


def _active(rule: PackRule, book: Rulebook) -> _Active:
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
    return _Active(rule, book.judges[rule.id], finding)


def _findings(active: _Active, severity: Severity | None, index: int, analysis: Analysis) -> Iterator[Finding]:
    """What a rule finds; with that severity, if there is one, whatever the rule says."""
    to_source = analysis.view.to_source
    alike: Counter[str] = Counter()
    for match in active.judge(analysis):
        around = surroundings(analysis, match.span)
        yield replace(
            active.finding,
            draft=index,
            span=to_source(match.span),
            related=tuple(sorted({to_source(span) for span in match.related if not span.overlaps(match.span)})),
            reasons=match.reasons,
            severity=severity or match.severity or active.finding.severity,
            confidence=active.finding.confidence if match.confidence is None else match.confidence,
            fingerprint=fingerprint(active.rule.id, analysis.draft.id, around, alike[around]),
        )
        alike[around] += 1


def unique(findings: Iterable[Finding], firm: Collection[str]) -> Iterator[Finding]:
    """Findings without those that lie inside a finding of the same category that is at least as grave.

    What a learned model found is left out where a rule of its category finds something, too. A finding
    of a `firm` rule, which can't be silenced, isn't left out for one that can.
    """
    kept: defaultdict[tuple[str, bool, int], _Covered] = defaultdict(_Covered)
    for finding in sorted(findings, key=lambda f: (f.learned, f.severity.rank, f.span.start, -f.span.end)):
        firmness = {True} if finding.rule in firm else {True, False}
        graver = range(finding.severity.rank + 1)
        alike = [kept[finding.category, each, rank] for each in firmness for rank in graver]
        if not any(each.covers(finding.span, anywhere=finding.learned) for each in alike):
            kept[finding.category, finding.rule in firm, finding.severity.rank].add(finding.span)
            yield finding


class _Covered:
    """What the findings of one kind cover, which are added in the order of their beginnings."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._reach: list[int] = []

    def add(self, span: Span) -> None:
        self._starts.append(span.start)
        self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def covers(self, span: Span, anywhere: bool) -> bool:
        """Whether `span` lies within one of them; or whether there is one, if it may be `anywhere`."""
        before = bisect_right(self._starts, span.start)
        return bool(self._starts) if anywhere else before > 0 and self._reach[before - 1] >= span.end
