"""What holds of a check of any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.checker import Checker
from postcheck.draft import Author, Draft, Span
from postcheck.packs import load

CHECKER = Checker(load())
WORDS = st.sampled_from(
    ["my patient", "Mr. Lopez", "MRN 4471903", "you should stop", "the chemo", "MD Anderson", "sorry", "#EndCancer"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=8).map(" ".join)
DRAFTS = st.builds(
    Draft,
    text=TEXTS,
    author=st.sampled_from([*Author]),
    in_reply_to=st.none() | TEXTS,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(DRAFTS, max_size=3))
def test_every_check_is_complete_and_every_span_lies_in_its_draft(drafts: list[Draft]) -> None:
    report = CHECKER.check(drafts)
    assert report.complete
    for finding in report.findings:
        text = report.drafts[finding.draft].text
        assert Span(0, len(text)).contains(finding.span)
        assert len(finding.span) > 0
        assert all(Span(0, len(text)).contains(span) for span in finding.related)


@settings(deadline=None, max_examples=30)
@given(st.lists(DRAFTS, min_size=2, max_size=4))
def test_a_draft_is_judged_the_same_alone_and_in_company(drafts: list[Draft]) -> None:
    together = CHECKER.check(drafts).findings
    for index, draft in enumerate(drafts):
        alone = [(f.rule, f.span, f.severity) for f in CHECKER.check([draft]).findings]
        assert [(f.rule, f.span, f.severity) for f in together if f.draft == index] == alone
