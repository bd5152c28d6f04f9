"""What suppressions do to findings, and which are of no use."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from postcheck.draft import Draft
from postcheck.finding import SuppressedBy
from postcheck.suppression import Silencer, Source, Suppression, inline, unchanged
from tests.unit.suppression.samples import TODAY, found, markdown

KNOWN = ("phi", "phi/patient-name", "phi/ssn", "respect", "respect/insult")


def silencer(*sources: Source, asked: Iterable[str] = KNOWN) -> Silencer:
    return Silencer((inline(TODAY), *sources), KNOWN, firm=("phi/ssn",), asked=lambda draft: {*asked})


def ignoring(rule: str, more: str = 'reason="x"') -> Draft:
    return markdown(f"Joan spoke. <!-- postcheck: ignore[{rule}] {more} -->")


@pytest.mark.parametrize("rule", ["phi/patient-name", "phi"])
def test_a_suppression_of_a_rule_or_of_its_pack_silences_its_finding(rule: str) -> None:
    silencing, draft = silencer(), ignoring(rule)
    silenced = silencing.silence(draft, [found(draft, "Joan")])
    assert silenced.kept == ()
    (suppressed,) = silenced.suppressed
    assert (suppressed.by, suppressed.path, suppressed.line) == (SuppressedBy.INLINE, "post.md", 1)
    assert not [*silencing.useless()]


def test_another_rules_finding_stays_and_the_suppression_is_told_to_be_of_no_use() -> None:
    silencing, draft = silencer(), ignoring("respect/insult")
    finding = found(draft, "Joan")
    assert silencing.silence(draft, [finding]).kept == (finding,)
    (useless,) = silencing.useless()
    assert str(useless).startswith("post.md:1:13: this ignore of respect/insult: silences nothing")
    assert useless.removable


def test_what_wasnt_asked_isnt_called_useless() -> None:
    silencing, draft = silencer(asked=("phi", "phi/patient-name", "phi/ssn")), ignoring("respect/insult")
    silencing.silence(draft, [])
    assert not [*silencing.useless()]


def test_a_firm_rule_isnt_silenced_by_its_name_nor_by_its_packs() -> None:
    for rule in ("phi/ssn", "phi"):
        silencing, draft = silencer(), ignoring(rule)
        finding = found(draft, "Joan", rule="phi/ssn")
        assert silencing.silence(draft, [finding]).kept == (finding,)
    silencing, draft = silencer(), ignoring("phi/ssn")
    silencing.silence(draft, [])
    assert "phi/ssn can't be silenced" in str(*silencing.useless())


def test_a_flawed_one_silences_nothing_and_isnt_removable() -> None:
    silencing, draft = silencer(), ignoring("phi", more="")
    finding = found(draft, "Joan")
    assert silencing.silence(draft, [finding]).kept == (finding,)
    (useless,) = silencing.useless()
    assert "gives no reason" in useless.message
    assert not useless.removable


def test_a_rule_that_there_is_not_is_told_with_the_nearest() -> None:
    silencing, draft = silencer(asked=()), ignoring("phi/patient-nam")
    silencing.silence(draft, [])
    (useless,) = silencing.useless()
    assert useless.hint == 'did you mean "phi/patient-name"?'


def test_one_that_is_for_a_whole_table_is_of_use_if_any_record_needs_it() -> None:
    whole = Suppression(SuppressedBy.SIDECAR, frozenset({"phi"}), lambda draft, finding: True, "side.yaml", 1)
    silencing = silencer(lambda draft: (whole,))
    first, second = Draft("Fine.", "t.jsonl"), Draft("Joan spoke.", "t.jsonl")
    silencing.silence(first, [])
    silencing.silence(second, [found(second, "Joan")])
    assert not [*silencing.useless()]


def changes(lines: set[int] | None, known: set[str]) -> Source:
    return unchanged(["phi"], lambda path: lines, lambda path: known)


@pytest.mark.parametrize(
    ("lines", "known", "kept"),
    [
        ({2}, {"f"}, True),
        ({1}, {"f"}, False),
        ({1}, set(), True),
        (None, {"f"}, True),
    ],
)
def test_on_unchanged_lines_what_was_found_before_is_silenced_even_of_firm_rules(
    lines: set[int] | None, known: set[str], kept: bool
) -> None:
    draft = Draft("Fine.\nJoan spoke.")
    finding = found(draft, "Joan", rule="phi/ssn")
    silenced = silencer(changes(lines, known)).silence(draft, [finding])
    assert bool(silenced.kept) is kept


def test_a_change_of_what_a_finding_is_related_to_counts() -> None:
    draft = Draft("Fine.\nJoan spoke.")
    related = replace(found(draft, "Joan"), related=(found(draft, "Fine").span,))
    assert silencer(changes({1}, {"f"})).silence(draft, [related]).kept
