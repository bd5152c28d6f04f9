"""What becomes of the findings of several rules, and of rules that ask the learned model."""

import json
import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.analysis import Analysis
from postcheck.checker import Checker, unique
from postcheck.detectors import Detector
from postcheck.draft import Author, Draft, Span
from postcheck.finding import Finding, Severity
from postcheck.kinds.classifier import ClassifierRule
from postcheck.packs import Rulebook
from postcheck.policy import Policy
from postcheck.resultcache import ResultCache

MOCKING = "half of radiology can't find their own feet with a map and a flashlight"


@pytest.fixture(scope="module")
def with_model(book: Rulebook) -> Checker:
    return Checker(book)


def test_a_learned_finding_says_that_it_is_one_and_is_a_warning(with_model: Checker) -> None:
    (finding,) = with_model.check([Draft(MOCKING)]).findings
    assert (finding.category, finding.learned, finding.severity) == ("respect", True, Severity.WARNING)
    assert "learned model" in finding.reasons[0]
    assert f"{finding.confidence:.2f}" in finding.reasons[0]


def test_where_a_rule_of_the_category_fires_the_model_is_silent(with_model: Checker) -> None:
    findings = with_model.check([Draft(f"{MOCKING}. Whoever runs it is an idiot.")]).findings
    assert {finding.learned for finding in findings if finding.category == "respect"} == {False}


def test_without_the_model_only_rules_judge(book: Rulebook) -> None:
    checker = Checker(book, learned=False)
    assert not [rule for rule in checker.rules if isinstance(rule.rule, ClassifierRule)]
    report = checker.check([Draft(MOCKING)])
    assert report.complete
    assert not report.findings


CORPUS = Path(__file__).parents[2] / "corpus"


class Counting:
    """A detector that notes what it's asked to read."""

    def __init__(self, detector: Detector) -> None:
        self.read: list[Draft] = []
        self._detector = detector

    def analyze(self, drafts: Iterable[Draft]) -> Iterator[Analysis]:
        drafts = [*drafts]
        self.read += drafts
        return self._detector.analyze(drafts)


@pytest.fixture
def counting(shipped_detector: Detector) -> Counting:
    return Counting(shipped_detector)


def checker(book: Rulebook, counting: Counting, **more: Any) -> Checker:
    return Checker(book, learned=False, load=lambda *_: counting, **more)  # type: ignore[arg-type]


def test_the_same_content_is_judged_once(book: Rulebook, counting: Counting) -> None:
    one = Draft("Our patient Maria Lopez rang the bell.", path="a.csv", id="1", row=2)
    drafts = [one, Draft("Thanks, team!"), replace(one, id="2", row=3), replace(one, author=Author.OFFICIAL), one]
    report = checker(book, counting).check(drafts)
    assert counting.read == [drafts[0], drafts[1], drafts[3]]
    assert [{f.span for f in report.findings if f.draft == number} for number in (2, 4)] == [
        {f.span for f in report.findings if f.draft == 0}
    ] * 2
    first, second, last = ([f.fingerprint for f in report.findings if f.draft == number] for number in (0, 2, 4))
    assert first == last
    assert not {*first} & {*second}  # the id is part of it


def test_what_was_judged_before_isnt_judged_again_and_reads_the_same(
    book: Rulebook, counting: Counting, tmp_path: Path
) -> None:
    drafts = [Draft("Our patient Maria Lopez, MRN 00482913, rang the bell.", id="7"), Draft("Thanks, team!")]
    cache = ResultCache(tmp_path, b"s" * 32)
    first = checker(book, counting, cache=cache).check(drafts)
    assert counting.read == drafts
    again = checker(book, counting, cache=cache).check(reversed(drafts))
    assert counting.read == drafts

    def told(findings: Iterable[Finding]) -> list[Finding]:
        return [replace(finding, draft=0) for finding in findings]

    assert first.findings
    assert told(again.findings) == told(first.findings)


@pytest.mark.parametrize(
    "change",
    [
        {"author": Author.OFFICIAL},
        {"channel": "x"},
        {"in_reply_to": "What a day."},
        {"text": "Thanks, team! "},
        {"id": "8"},
    ],
)
def test_what_has_changed_is_judged_again(
    book: Rulebook, counting: Counting, tmp_path: Path, change: dict[str, Any]
) -> None:
    draft = Draft("Thanks, team!", id="7")
    cache = ResultCache(tmp_path, b"s" * 32)
    for each in (draft, replace(draft, **change)):
        checker(book, counting, cache=cache).check([each])
    assert counting.read == [draft, replace(draft, **change)]


def test_other_rules_and_another_policy_judge_again(book: Rulebook, counting: Counting, tmp_path: Path) -> None:
    draft = Draft("Our patient Maria Lopez rang the bell.")
    cache = ResultCache(tmp_path, b"s" * 32)
    for more in (
        {},
        {"rules": book.choose(["phi"])},
        {"policies": lambda path: Policy(ignored={"phi"})},
        {"policies": lambda path: Policy(severities={"phi/patient-name": Severity.INFO})},
    ):
        checker(book, counting, cache=cache, **more).check([draft])
    checker(replace(book, digest="another"), counting, cache=cache).check([draft])
    assert counting.read == [draft] * 5


def test_what_failed_isnt_kept(book: Rulebook, counting: Counting, tmp_path: Path) -> None:
    def fails(analysis: Analysis) -> Iterator[Any]:
        raise ZeroDivisionError

    broken = replace(book, judges={**book.judges, "phi/patient-name": fails})
    cache = ResultCache(tmp_path, b"s" * 32)
    for _ in range(2):
        assert not checker(broken, counting, cache=cache).check([Draft("Thanks, team!")]).complete
    assert len(counting.read) == 2


def corpus(number: int) -> list[Draft]:
    lines = (CORPUS / "everyday.jsonl").read_text(encoding="utf-8").splitlines()
    return [Draft(json.loads(line)["text"], id=str(at)) for at, line in enumerate(lines[:number])]


def test_several_processes_find_what_one_does(book: Rulebook, shipped_detector: Detector) -> None:
    drafts = corpus(200)
    alone, together = (
        Checker(book, learned=False, load=lambda *_: shipped_detector, jobs=jobs).check(drafts) for jobs in (1, 2)
    )
    assert alone.findings
    assert together == alone


def test_a_process_that_dies_makes_the_report_incomplete(book: Rulebook, shipped_detector: Detector) -> None:
    here = os.getpid()

    class Deadly(Counting):
        def analyze(self, drafts: Iterable[Draft]) -> Iterator[Analysis]:
            if os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().analyze(drafts)

    report = checker(book, Deadly(shipped_detector), jobs=2).check(corpus(150))
    assert not report.complete
    assert "a process that was checking drafts died" in report.diagnostics[0].message


def found(start: int, length: int, severity: Severity, category: str, learned: bool, firm: bool) -> Finding:
    rule = f"{category}/{'firm' if firm else 'soft'}"
    return Finding(0, Span(start, start + length), rule, category, severity, "", "", learned=learned)


FINDINGS = st.lists(
    st.builds(
        found,
        st.integers(0, 12),
        st.integers(0, 6),
        st.sampled_from(Severity),
        st.sampled_from(["phi", "respect"]),
        st.sampled_from([False, False, True]),
        st.booleans(),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_a_finding_inside_a_graver_one_of_its_category_is_left_out(findings: list[Finding]) -> None:
    firm = {"phi/firm", "respect/firm"}
    kept: list[Finding] = []
    for each in sorted(findings, key=lambda f: (f.learned, f.severity.rank, f.span.start, -f.span.end)):
        alike = [k for k in kept if k.category == each.category and k.severity.rank <= each.severity.rank]
        alike = [k for k in alike if k.rule in firm or each.rule not in firm]
        if not any(each.learned or k.span.contains(each.span) for k in alike):
            kept.append(each)
    assert [*unique(findings, firm)] == kept
