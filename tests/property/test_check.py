"""What holds of a check of any text."""

import json
from collections.abc import Iterable
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.checker import Checker
from postcheck.draft import Author, Draft, Span
from postcheck.finding import Finding
from postcheck.packs import PackRule, load
from tests.property.mutation import mutated

BOOK = load()
CHECKER = Checker(BOOK)
WORDS = st.sampled_from(
    ["my patient", "Mr. Lopez", "MRN 4471903", "you should stop", "the chemo", "MD Anderson", "sorry", "#EndCancer"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=8).map(" ".join)
ODD = [
    *"\0\t\r\u00a0\u00ad\u0301\u0336\u200b\u200d\u200f\u202e\u2028\u2066\ufe0f\ufeff\uffff\U000e0061\U0010ffff",
    *"!?.…—-&;@#*_~`|<>[](){}\"'/\\0\u0661½ⅷ\U0001d7d9İ\u0131ßﬃΣςЖאعऄ한漢",
    *(
        "👩\u200d⚕️",
        "🇺🇸",
        "e\u0301\u0302",
        "\u202eairaM\u202c",
        "M a r i a",
        "&#77;",
        "<b>",
        "<!--",
        "a" * 3000,
        "." * 500,
    ),
]
CORPUS = [
    json.loads(line)["text"]
    for path in sorted((Path(__file__).parents[2] / "corpus").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
POSTS = mutated(CORPUS, st.sampled_from(ODD) | st.text(max_size=5) | WORDS)
"""Posts of the corpus, with odd characters and other words put in."""

DRAFTS = st.builds(
    Draft,
    text=TEXTS | POSTS,
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


def said(findings: Iterable[Finding]) -> list[tuple[object, ...]]:
    """What findings say, and where."""
    return [(f.draft, f.span, f.rule, f.severity, f.confidence, f.related, f.reasons, f.fingerprint) for f in findings]


@settings(deadline=None, max_examples=20)
@given(st.lists(DRAFTS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_findings_dont_depend_on_the_order_of_rules(drafts: list[Draft], random: Random) -> None:
    rules = [*CHECKER.rules]
    random.shuffle(rules)
    other = Checker(BOOK, rules, load=lambda *_: CHECKER.detector)
    assert said(other.check(drafts).findings) == said(CHECKER.check(drafts).findings)


def asks_the_model(rule: PackRule) -> bool:
    """Whether a rule asks, by whatever way, what a model makes of the text."""
    own = BOOK.vocabulary.of(rule.category)
    asked = [condition for _, condition in rule.rule.conditions()]
    for condition in asked:
        for _, part in condition.parts():
            if part.entity or part.tokens or any(asks_the_model(BOOK.rule(own.rule_id(name))) for name in part.rule):
                return True
            asked += [own.signal(part.signal)[0]] if part.signal else []
    return rule.rule.learned


PLAIN = Checker(BOOK, [rule for rule in BOOK.rules if not asks_the_model(rule)])
"""The rules that ask no model: names, places and grammar are read by all that stands in a text."""

BEFORE = "Good morning, everybody.\n\n"
"""A paragraph that no rule has anything to say about."""


@settings(deadline=None, max_examples=20)
@given(POSTS)
def test_a_paragraph_before_a_post_moves_its_findings_and_changes_none(text: str) -> None:
    there, moved = (PLAIN.check([Draft(each)]).findings for each in (text, BEFORE + text))
    expected = [(f.rule, f.severity, f.span.start + len(BEFORE), f.span.end + len(BEFORE)) for f in there]
    assert [(f.rule, f.severity, f.span.start, f.span.end) for f in moved] == expected


def test_the_paragraph_before_is_neutral_and_there_are_rules_that_ask_no_model() -> None:
    assert not CHECKER.check([Draft(BEFORE)]).findings
    assert 10 < len(PLAIN.rules) < len(CHECKER.rules)
