"""The detector as a whole: what an analysis holds, and for which draft."""

import socket
from typing import Any

import pytest

from postcheck.analysis import Analysis
from postcheck.detectors import Detector
from postcheck.draft import Draft, Segment, SegmentKind, Span
from postcheck.lexicon import Lexicon, TermList
from tests.unit.detectors.conftest import Analyse

LEXICON = Lexicon(
    {
        "animals": TermList(about="x", words=("cat", "brown dog")),
        "drugs": TermList(about="x", words=("Zofrava",)),
    }
)


@pytest.fixture(scope="module")
def small() -> Detector:
    patterns = {"chase": [[{"LEMMA": "chase"}, {"OP": "*"}, {"TERM": "animals"}]]}
    return Detector(token_patterns=patterns, lexicon=LEXICON, entities={"PERSON"}, no_names=["drugs"])


def one(detector: Detector, text: str, **fields: Any) -> Analysis:
    return next(detector.analyze([Draft(text, **fields)]))


def hits(analysis: Analysis) -> list[str]:
    return [span.cut(analysis.text) for span in analysis.token_hits.get("chase", ())]


def test_spans_lead_back_to_the_draft(analyze: Analyse) -> None:
    text = "So proud of Ma\u200brisela Reyes today"
    analysis = analyze(text)
    places = [analysis.view.to_source(each.span).cut(text) for each in analysis.entities if each.kind == "PERSON"]
    assert places == ["Ma\u200brisela Reyes"]


def test_markup_within_a_name_hides_nothing(detector: Detector) -> None:
    text = "Goodnight **Mar**isela"
    marks = tuple(Segment(Span(at, at + 2), SegmentKind.MARKUP) for at in (10, 15))
    analysis = one(detector, text, segments=marks)
    assert [analysis.view.to_source(each.span).cut(text) for each in analysis.entities] == ["Mar**isela"]


def test_the_post_that_is_answered_is_analysed_apart(detector: Detector) -> None:
    analyses = [*detector.analyze([Draft("Thanks, Marisela!"), Draft("Sorry", in_reply_to="My son Desmond waited")])]
    assert [each.draft.text for each in analyses] == ["Thanks, Marisela!", "Sorry"]
    assert analyses[0].reply is None
    assert analyses[1].reply is not None
    assert [each.kind for each in analyses[1].reply.entities] == ["PERSON"]
    assert analyses[1].entities == ()


def test_drafts_come_in_order_over_batches(small: Detector) -> None:
    drafts = [Draft(f"post {number}", in_reply_to="yes" if number % 3 else None) for number in range(300)]
    analyses = [*small.analyze(drafts)]
    assert [each.draft for each in analyses] == drafts
    assert [each.reply is not None for each in analyses] == [bool(number % 3) for number in range(300)]


def test_an_empty_draft_has_nothing(detector: Detector) -> None:
    analysis = one(detector, "")
    assert (analysis.tokens, analysis.sentences, analysis.entities, analysis.token_hits) == ((), (), (), {})


def test_only_the_kinds_that_are_asked_for_are_reported(small: Detector) -> None:
    analysis = one(small, "Marisela called 713-555-0144")
    assert [each.kind for each in analysis.entities] == ["PERSON"]


def test_a_term_list_without_names_clears_its_entries(small: Detector) -> None:
    assert one(small, "Dr. Zofrava spoke").entities == ()


def test_a_token_pattern_asks_for_dictionary_forms_and_terms(small: Detector) -> None:
    assert hits(one(small, "He chased the brown dog home.")) == ["chased the brown dog"]


def test_a_token_pattern_stays_within_a_sentence(small: Detector) -> None:
    assert hits(one(small, "He was chasing. The cat slept.")) == []


def test_tokens_carry_lemma_and_part_of_speech_only_if_a_pattern_needs_them(small: Detector) -> None:
    assert [(t.lemma, t.pos) for t in one(small, "They chased cats").tagged()][1:] == [
        ("chase", "VERB"),
        ("cat", "NOUN"),
    ]
    assert {t.pos for t in one(Detector(entities={"SSN"}), "They chased cats").tagged()} == {""}


def test_no_detector_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    detector = Detector(entities={"EMAIL", "URL"})
    assert [*detector.analyze([Draft("mail w.okafor@mailbox.example or see https://fund.example/x")])]
