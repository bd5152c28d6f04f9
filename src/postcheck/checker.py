"""The whole way from drafts to a report, on one page.

drafts -> Verdict (kept from before, or judged now) -> Finding -> suppression -> Report
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from copy import copy
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from hashlib import sha256
from itertools import chain, islice
from typing import TYPE_CHECKING

from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Finding, Report, Severity, Suppressed, by_place
from postcheck.judging import Active, Verdict, active, verdicts
from postcheck.packs import PackRule, Rulebook
from postcheck.policy import Policies, Policy
from postcheck.resultcache import Answers
from postcheck.suppression import Silenced, Silencer, Source
from postcheck.tokenpattern import pattern_key
from postcheck.workers import Spread, workers

if TYPE_CHECKING:
    from postcheck.detectors import Detector, NameModel

_PART = 64
"""So many drafts a process is given at a time."""

_MOST = 50_000
"""So many drafts a run remembers, so as not to judge the same one again."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one draft, and which of them failed."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()


class Checker:
    """Checks drafts by the rules of a rulebook. The models are loaded when a draft has to be judged by them.

    `rules` are those of the book that are asked, by default all; where two say as much of one place,
    the book's first is told. Without `learned`, no learned model is asked: the rules that are nothing
    else are left out.
    `policies` tells what is made of the rules for a file, `sources` what silences findings. `cache`
    holds what drafts were judged before; with several `jobs`, that many processes judge. `load` makes
    the detector, by default as `detector` does. `packs` holds the ids of each pack's rules, `seconds`
    the time that went into detection and into each rule; one that asks another pays for both.
    """

    def __init__(
        self,
        book: Rulebook,
        rules: Sequence[PackRule] | None = None,
        model: str | None = None,
        names: "NameModel | None" = None,
        learned: bool = True,
        policies: Policies = lambda path: Policy(),
        sources: Sequence[Source] = (),
        cache: Answers | None = None,
        jobs: int = 1,
        load: "Callable[[Rulebook, str | None, NameModel | None, bool], Detector] | None" = None,
    ) -> None:
        self.organization = book.organization
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.packs = {pack.pack: {r.id for r in book.rules if r.category == pack.pack} for pack in book.packs}
        self._book = book
        self._policies = policies
        self._sources = sources
        self._cache = cache
        self._jobs = jobs
        asked = {rule.id for rule in (book.rules if rules is None else rules)}
        self.rules = [rule for rule in book.rules if rule.id in asked and (learned or not rule.rule.learned)]
        asking = any(rule.doubt or rule.rule.learned for rule in self.rules)
        self._models = (model, names, learned and asking)
        self._load = load or detector

    def check(self, drafts: Iterable[Draft], on_progress: Callable[[int], None] = lambda done: None) -> Report:
        """Judge the drafts by every rule. What fails on the way makes the report incomplete.

        `on_progress` is told the number of drafts that are done.
        """
        drafts = tuple(drafts)
        findings: list[Finding] = []
        suppressed: list[Suppressed] = []
        problems: list[Problem] = []
        silencer = Silencer(self._sources, self._book.names, self._book.firm, self._asked)
        try:
            for done, (draft, judgement) in enumerate(zip(drafts, self.judge(drafts), strict=True), 1):
                found = unique(judgement.findings, self._book.firm)
                try:
                    silenced = silencer.silence(draft, found)
                except PostcheckError as error:  # nothing of this draft is silenced then
                    silenced = Silenced(tuple(found), ())
                    problems += error.problems
                findings += silenced.kept
                suppressed += silenced.suppressed
                problems += judgement.problems
                on_progress(done)
        except PostcheckError as error:
            problems += error.problems
        told = tuple(dict.fromkeys(problems))
        return Report(drafts, by_place(findings), tuple(suppressed), told, tuple(silencer.useless()))

    def silencing(self, source: Source) -> "Checker":
        """The same checker, with one more source of suppressions."""
        other = copy(self)
        other._sources = (*self._sources, source)
        return other

    def sentences(self, draft: Draft) -> tuple[Span, ...]:
        """The sentences of a draft, in code points of its text."""
        (analysis,) = self.detector.analyze([draft])
        return tuple(analysis.view.to_source(sentence) for sentence in analysis.sentences)

    def judge(self, drafts: Iterable[Draft]) -> Iterator[Judgement]:
        """Everything that any rule finds in each draft, in the order of the drafts. Each content is judged once.

        Raises `PostcheckError` where a model can't be loaded or a detector fails.
        """
        number = 0
        known: dict[bytes, Verdict] = {}
        with nullcontext() if self._jobs == 1 else workers(self._examine, self._jobs) as spread:
            for batch in _parts(drafts, _PART * (1 if self._jobs == 1 else 4 * self._jobs)):
                asked = [(draft, *self._question(draft)) for draft in batch]
                kept = self._recall(question for _, _, question in asked)
                if len(known) > _MOST:
                    known.clear()
                fresh = {content: draft for draft, content, q in asked if q not in kept and content not in known}
                known |= zip(fresh, self._examined([*fresh.values()], spread), strict=True)
                new = {q: _judgement(known[content], draft) for draft, content, q in asked if q not in kept}
                self._remember(new)
                for _, _, question in asked:
                    judgement = kept.get(question) or new[question]
                    findings = tuple(replace(finding, draft=number) for finding in judgement.findings)
                    yield Judgement(findings, judgement.problems)
                    number += 1

    @cached_property
    def detector(self) -> "Detector":
        """What reads the drafts, loaded when it's first needed. Raises `PostcheckError` if that can't be done."""
        return self._load(self._book, *self._models)

    @cached_property
    def _active(self) -> dict[str, Active]:
        return {rule.id: active(rule, self._book) for rule in self.rules}

    def _examined(
        self, drafts: Sequence[Draft], spread: "Spread[Sequence[Draft], _Examined] | None"
    ) -> Iterator[Verdict]:
        """The verdicts on drafts. What several processes share is loaded by the first of them, in this one."""
        alone = drafts if spread is None else [] if "detector" in vars(self) else drafts[:_PART]
        parts = _parts(drafts[len(alone) :], _PART)
        for found, seconds in chain([self._examine(alone)] if alone else [], spread(parts) if spread else ()):
            for part, spent in seconds.items():
                self.seconds[part] += spent
            yield from found

    def _examine(self, drafts: Sequence[Draft]) -> "_Examined":
        """The verdicts on drafts, and where the time went."""
        seconds: defaultdict[str, float] = defaultdict(float)
        found = [*verdicts(drafts, self.detector, [*self._active.values()], self._policies, seconds)]
        return found, dict(seconds)

    def _question(self, draft: Draft) -> tuple[bytes, bytes]:
        """What tells all that a verdict on a draft depends on, and a judgement, which knows its id."""
        policy = self._policies(draft.path)
        segments = [astuple(segment) for segment in draft.segments]
        said = (draft.text, draft.author, draft.channel, draft.in_reply_to, draft.approval, draft.authorization)
        content = _digest(self._asking, policy.key, said, segments)
        return content, _digest(content, draft.id)

    @cached_property
    def _asking(self) -> bytes:
        """What is the same for all drafts of a checker: the rules, the models, and all code."""
        return _digest(self._book.digest, self._models, [rule.id for rule in self.rules])

    def _recall(self, questions: Iterable[bytes]) -> dict[bytes, Judgement]:
        """The judgements that are kept."""
        if self._cache is None:
            return {}
        return {question: self._unpacked(answer) for question, answer in self._cache.recall(questions).items()}

    def _remember(self, judgements: dict[bytes, Judgement]) -> None:
        """Keep judgements, if nothing failed."""
        whole = [(question, _packed(each)) for question, each in judgements.items() if not each.problems]
        if self._cache is not None and whole:
            self._cache.remember(whole)

    def _unpacked(self, answer: bytes) -> Judgement:
        """What `_packed` made of a judgement. The rules' words are those of today."""
        findings = [
            replace(
                self._active[rule].finding,
                span=Span(*span),
                severity=Severity(severity),
                confidence=confidence,
                related=tuple(Span(*each) for each in related),
                reasons=tuple(reasons),
                fingerprint=named,
            )
            for rule, span, severity, confidence, related, reasons, named in json.loads(answer)
        ]
        return Judgement(tuple(findings))

    def _asked(self, draft: Draft) -> set[str]:
        """The ids of the rules that count for a draft, and of the packs of which all rules do."""
        policy = self._policies(draft.path)
        rules = {rule.id for rule in self.rules if not policy.ignores(rule)}
        return rules | {pack for pack, ids in self.packs.items() if ids <= rules}


_Examined = tuple[list[Verdict], dict[str, float]]


def detector(
    book: Rulebook, model: str | None = None, names: "NameModel | None" = None, learned: bool = True
) -> "Detector":
    """A detector for what the rules ask for: all of them, since any may ask whether another fires."""
    from postcheck.detectors import DEFAULT_MODEL, Classifier, Detector

    conditions = [condition for rule in book.rules for _, condition in rule.rule.conditions()]
    conditions += [signal for signals in book.vocabulary.signals.values() for signal in signals.values()]
    parts = [part for condition in conditions for _, part in condition.parts()]
    return Detector(
        recognizers=book.recognizers,
        token_patterns={pattern_key(part.tokens): part.tokens for part in parts if part.tokens},
        lexicon=book.vocabulary.lexicon,
        no_names=book.no_names,
        entities={kind for part in parts for kind in part.entity},
        model=model or DEFAULT_MODEL,
        names=names,
        classifier=Classifier(book.organization.name) if learned else None,
        keep=book.keep,
    )


def _digest(*said: object) -> bytes:
    return sha256(repr(said).encode("utf-8", "surrogatepass")).digest()


def _parts(drafts: Iterable[Draft], size: int) -> Iterator[list[Draft]]:
    waiting = iter(drafts)
    while part := list(islice(waiting, size)):
        yield part


def _judgement(verdict: Verdict, draft: Draft) -> Judgement:
    return Judgement(tuple(found.of(draft) for found in verdict.found), verdict.problems(draft))


def _packed(judgement: Judgement) -> bytes:
    """A judgement as data, without the rules' words."""
    return json.dumps(
        [
            (f.rule, astuple(f.span), f.severity, f.confidence, [*map(astuple, f.related)], f.reasons, f.fingerprint)
            for f in judgement.findings
        ]
    ).encode()


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
