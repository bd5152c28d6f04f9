"""What holds of safe drafts and of mended ones, whatever the text."""

from dataclasses import replace

from hypothesis import given, settings

from postcheck.checker import Checker
from postcheck.draft import Draft
from postcheck.fixing import fixed
from postcheck.packs import load
from postcheck.redaction import Style, redacted
from tests.property.test_check import POSTS

BOOK = load()
CHECKER = Checker(BOOK, [rule for rule in BOOK.rules if rule.rule.generalize], learned=False)
FIXER = Checker(BOOK, learned=False)
RULES = {rule.id: rule.rule for rule in BOOK.rules}
MASK = "\N{BULLET}"


def reread(draft: Draft, text: str) -> Draft:
    return replace(draft, text=text)


@settings(deadline=None, max_examples=30)
@given(POSTS)
def test_a_masked_draft_is_the_draft_but_for_what_is_masked(text: str) -> None:
    first = CHECKER.check([Draft(text)]).findings
    safe = redacted(Draft(text), CHECKER, RULES, Style.MASK, reread)
    assert len(safe) == len(text)
    assert all(after in {before, MASK} for before, after in zip(text, safe, strict=True))
    assert all(not finding.span.cut(safe).strip(MASK) for finding in first)
    assert redacted(Draft(safe), CHECKER, RULES, Style.MASK, reread) == safe


@settings(deadline=None, max_examples=20)
@given(POSTS)
def test_what_is_mended_stays_mended(text: str) -> None:
    once = fixed([Draft(text)], FIXER, "a nurse", reread)
    again = fixed(once.drafts, FIXER, "a nurse", reread)
    assert again.drafts == once.drafts
