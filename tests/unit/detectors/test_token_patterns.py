"""Token patterns and the term lists in them."""

from functools import partial

import pytest
import spacy

from postcheck.detectors.sentences import sentences
from postcheck.detectors.token_patterns import TokenHits, TokenPattern, TokenPatterns, attributes
from postcheck.draft import Span
from postcheck.errors import PostcheckError

TOKENIZER = spacy.blank("en")


def colours(text: str, name: str) -> tuple[Span, ...]:
    words = {"colours": ("red", "dark blue"), "none": ()}[name]
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words if word in text)


def hits(text: str, *patterns: TokenPattern) -> list[str]:
    doc = TOKENIZER(text)
    known = TokenPatterns(doc.vocab, {"key": patterns}, annotate=lambda doc: None)
    found = TokenHits(known, doc, [*sentences(doc)], partial(colours, text))
    return [span.cut(text) for span in found.get("key", ())]


def test_a_term_is_a_token_inside_an_entry_of_its_list() -> None:
    pattern = [{"LOWER": "the"}, {"TERM": "colours", "OP": "+"}, {"LOWER": "car"}]
    assert hits("the red car, the dark blue car, the dark car", pattern) == ["the red car", "the dark blue car"]


def test_a_term_joins_other_questions_to_a_token() -> None:
    assert hits("Red or red", [{"TERM": "colours", "IS_LOWER": True}]) == ["red"]


def test_of_overlapping_hits_the_longest_stays() -> None:
    assert hits("go go go home", [{"LOWER": "go", "OP": "+"}], [{"LOWER": "go"}, {"LOWER": "home"}]) == ["go go go"]


def test_hits_come_in_the_order_of_the_text() -> None:
    assert hits("cat dog! dog cat", [{"LOWER": "dog"}], [{"LOWER": "cat"}]) == ["cat", "dog", "dog", "cat"]


def test_a_doc_is_annotated_only_if_it_holds_the_words_that_a_pattern_needs() -> None:
    annotated: list[str] = []
    patterns: dict[str, list[TokenPattern]] = {
        "key": [[{"LOWER": {"IN": ["he", "she"]}}, {"LOWER": "not", "OP": "?"}, {"LOWER": "ran"}]]
    }
    known = TokenPatterns(TOKENIZER.vocab, patterns, lambda doc: annotated.append(doc.text))
    for text in ("she is here", "it ran", "He ran", "she did not; it ran", "not"):
        doc = TOKENIZER(text)
        hits = TokenHits(known, doc, [*sentences(doc)], partial(colours, text))
        assert bool(hits["key"]) == (text == "He ran")
        assert hits["key"] == hits["key"]
    assert annotated == ["He ran", "she did not; it ran"]


def test_no_patterns_find_nothing() -> None:
    doc = TOKENIZER("red")
    known = TokenPatterns(doc.vocab, {}, annotate=lambda doc: None)
    assert {**TokenHits(known, doc, [*sentences(doc)], partial(colours, "red"))} == {}


def test_the_attributes_that_patterns_ask_for_are_known() -> None:
    assert attributes({"a": [[{"LOWER": "x", "OP": "?"}]], "b": [[{"TERM": "y"}]]}) == {"LOWER", "OP", "TERM"}


def test_a_pattern_that_spacy_refuses_is_an_error_with_its_name() -> None:
    with pytest.raises(PostcheckError, match="not a token pattern: odd"):
        TokenPatterns(TOKENIZER.vocab, {"odd": [[]]}, annotate=lambda doc: None)
