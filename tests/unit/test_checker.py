"""What becomes of the findings of several rules, and of rules that ask the learned model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.checker import Checker, unique
from postcheck.draft import Draft, Span
from postcheck.finding import Finding, Severity
from postcheck.kinds.classifier import ClassifierRule
from postcheck.packs import Rulebook

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
