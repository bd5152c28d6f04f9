from pathlib import Path

import pytest

from postcheck.config import configuration
from postcheck.errors import PostcheckError
from postcheck.finding import Severity
from postcheck.packs import Rulebook
from postcheck.policy import Policies, policies


@pytest.fixture
def configured(book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policies:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".postcheck.yaml").write_text(
        "ignore: respect\n"
        "severity: {phi: warning, phi/ssn: error}\n"
        "overrides: [{paths: 'official/', ignore: disclosure/praise}]\n",
        encoding="utf-8",
    )
    return policies(configuration({}), book)


def test_rules_and_packs_are_ignored_where_configuration_says_so(book: Rulebook, configured: Policies) -> None:
    insult, praise, tag = (book.rule(name) for name in ("respect/insult", "disclosure/praise", "disclosure/contact"))
    assert [configured("a.txt").ignores(rule) for rule in (insult, praise, tag)] == [True, False, False]
    assert [configured("official/a.txt").ignores(rule) for rule in (insult, praise, tag)] == [True, True, False]


def test_a_rules_severity_goes_before_its_packs(book: Rulebook, configured: Policies) -> None:
    policy = configured("a.txt")
    assert policy.severity(book.rule("phi/patient-name")) is Severity.WARNING
    assert policy.severity(book.rule("phi/ssn")) is Severity.ERROR
    assert policy.severity(book.rule("disclosure/praise")) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("severity:\n  phi/sn: error\n", ":2:3"),
        ("overrides:\n  - paths: x\n    ignore:\n      - phi/sn\n", ":3:5"),
        ("allow:\n  - {text: x, reason: x, rules: phi/sn}\n", ":2:26"),
    ],
)
def test_a_rule_that_there_is_not_is_told_with_its_place(
    book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".postcheck.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PostcheckError) as error:
        policies(configuration({}), book)
    assert str(error.value) == f'.postcheck.yaml{place}: there is no rule or pack "phi/sn" (did you mean "phi/ssn"?)'
