"""What becomes of the findings of several rules, and of rules that ask the learned model."""

import pytest

from postcheck.checker import Checker
from postcheck.draft import Draft
from postcheck.finding import Severity
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
