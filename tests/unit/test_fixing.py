"""What `fix` does to a draft, and that it leaves alone what it can't know."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from postcheck.checker import Checker
from postcheck.draft import Author, Draft, Span
from postcheck.finding import Severity
from postcheck.fixing import Edit, fixed, mends, needs_role
from postcheck.packs import Rulebook
from postcheck.rule import Fix

REFERRAL = "I can't advise here, but your care team or askMDAnderson can."


@pytest.fixture(scope="module")
def checker(book: Rulebook) -> Checker:
    return Checker(book, learned=False)


def reread(draft: Draft, text: str) -> Draft:
    return replace(draft, text=text)


def mended(checker: Checker, text: str, role: str | None = None) -> Draft:
    (draft,) = fixed([Draft(text)], checker, role, reread).drafts
    return draft


def test_a_directive_gives_way_to_the_referral_and_the_rest_stays(checker: Checker) -> None:
    text = "Sorry you're sore. You should stop taking the letrozole this week. Sending love."
    assert mended(checker, text).text == f"Sorry you're sore. {REFERRAL} Sending love."


def test_two_directives_give_way_to_one_referral(checker: Checker) -> None:
    text = "You should stop taking the letrozole. You should skip the Xeloda on Sunday."
    assert mended(checker, text).text == REFERRAL


def test_a_sentence_that_a_line_break_or_marks_divide_goes_as_a_whole(checker: Checker) -> None:
    text = "Hello. **Stop taking the letrozole tonight**, and rest until\nthe weekend is over. Bye."
    assert mended(checker, text).text == f"Hello. {REFERRAL} Bye."


def test_what_is_taken_out_leaves_no_blanks_behind(checker: Checker) -> None:
    text = "Long day. The visitors are complete idiots.\nCoffee now."
    assert mended(checker, text).text == "Long day.\nCoffee now."
    assert mended(checker, "The visitors are complete idiots.\nCoffee now.").text == "Coffee now."


def test_a_disclosure_is_in_the_authors_own_words_and_stands_before_the_hashtags(checker: Checker) -> None:
    text = "MD Anderson has free screening vans this Saturday!\n\n#screening #houston"
    report = fixed([Draft(text)], checker, "night nurse", reread)
    assert [draft.text for draft in report.drafts] == [
        "MD Anderson has free screening vans this Saturday! I work at MD Anderson (night nurse).\n\n#screening #houston"
    ]
    assert not report.findings


def test_no_role_is_made_up(checker: Checker) -> None:
    text = "MD Anderson has free screening vans this Saturday!"
    report = fixed([Draft(text)], checker, None, reread)
    assert [draft.text for draft in report.drafts] == [text]
    assert needs_role(report, checker)


def test_the_official_account_needs_no_role(checker: Checker) -> None:
    draft = Draft("MD Anderson has free screening vans this Saturday!", author=Author.OFFICIAL)
    assert not needs_role(checker.check([draft]), checker)


def test_an_identifier_in_a_sentence_that_stays_is_generalized(checker: Checker) -> None:
    assert mended(checker, "Our patient Marisol's MRN is 4471823.").text.count("4471823") == 0


def test_a_clean_draft_stays_as_it_is(checker: Checker) -> None:
    text = "Congratulations, Dr. Lee!  See you at rounds. "
    assert mended(checker, text).text == text


PIECES = [
    "Had a lady tonight who sang to her IV pole.",
    "You should stop taking the letrozole.",
    "Our patient Marisol rang the bell on March 9, 2023.",
    "The visitors are complete idiots.",
    "MD Anderson has free screening vans this Saturday!",
    "Long day.",
    "\n\n",
    "#EndCancer",
    "\U0001f600",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=6))
def test_however_pieces_stand_together_what_has_a_fix_is_mended(checker: Checker, pieces: list[str]) -> None:
    report = fixed([Draft(" ".join(pieces))], checker, "nurse", reread)
    fixable = [f.rule for f in report.findings if f.severity is not Severity.INFO]
    rules = {rule.id: rule for rule in checker.rules}
    assert not [rule for rule in fixable if rules[rule].fix or rules[rule].rule.generalize]


def test_each_of_several_drafts_is_mended_by_itself(checker: Checker) -> None:
    texts = ["Long day.", "You should stop taking the letrozole.", "You should skip the Xeloda on Sunday."]
    report = fixed([Draft(text) for text in texts], checker, None, reread)
    assert [draft.text for draft in report.drafts] == ["Long day.", REFERRAL, REFERRAL]


@pytest.mark.parametrize("said", [{}, {"remove": True, "add": "x"}])
def test_a_fix_does_exactly_one_thing(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="exactly one"):
        Fix.model_validate(said)


def test_each_finding_has_its_own_mend_as_if_it_were_the_only_one(checker: Checker) -> None:
    text = "You should stop taking the letrozole. You should skip the Xeloda on Sunday."
    draft = Draft(text)
    edits = [edit for _, edit in mends(draft, checker.check([draft]).findings, checker, None)]
    assert edits == [Edit(Span(0, 37), REFERRAL), Edit(Span(38, len(text)), REFERRAL)]


def test_what_needs_the_authors_role_or_judgement_has_no_mend(checker: Checker) -> None:
    draft = Draft("MD Anderson has free screening vans this Saturday! Marisol rang the bell today.")
    found = {
        finding.rule: edit and edit.words
        for finding, edit in mends(draft, checker.check([draft]).findings, checker, None)
    }
    assert found["disclosure/resource"] is None
    assert found["phi/patient-name"] == "A patient"
