"""Identifiers in disguise are found: some of what docs/trust.md measures at length."""

import pytest

from postcheck.checker import Checker
from postcheck.packs import load
from trust.evasions import EVASIONS, WHY_NOT, Evasion, cases, disguised, measured

MOST = 40
ENOUGH = 0.9
"""With so few drafts one missed identifier is one in fifty: docs/trust.md has what all of them say."""

HELD = [evasion for evasion in EVASIONS if evasion.name not in WHY_NOT]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(load(), learned=False)


def test_what_a_disguise_hides_is_found_all_the_same(checker: Checker) -> None:
    shares = {each.evasion.name: each.share for each in measured(checker, HELD, MOST)}
    assert {name: share for name, share in shares.items() if share < ENOUGH} == {}


def test_an_evasion_is_measured_only_on_what_it_changes(checker: Checker) -> None:
    (outcome,) = measured(checker, [Evasion("nothing")], MOST)
    assert outcome.changed == 0


def test_identifiers_are_where_they_are_said_to_be() -> None:
    for evasion in EVASIONS:
        for case, identifiers in cases(MOST):
            hidden = disguised(case, identifiers, evasion)
            written = {evasion.lines(evasion.disguise(each)) for each in identifiers}
            assert {span.cut(hidden.draft.text).replace("\n", " ") for span in hidden.identifiers} <= {
                each.replace("\n", " ") for each in written
            }
