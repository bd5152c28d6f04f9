from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Span
from postcheck.lexicon import Lexicon, TermList


def lexicon(**lists: TermList) -> Lexicon:
    return Lexicon({name.replace("_", "-"): terms for name, terms in lists.items()})


def cut(book: Lexicon, name: str, text: str) -> list[str]:
    return [span.cut(text) for span in book.read(text).hits(name)]


def test_words_are_found_whole_and_in_any_case() -> None:
    book = lexicon(drugs=TermList(about="x", words=("aspirin", "vitamin d")))
    assert cut(book, "drugs", "ASPIRIN, aspirins, Vitamin D; vitamin dx") == ["ASPIRIN", "Vitamin D"]


def test_cased_words_are_found_only_as_written() -> None:
    book = lexicon(units=TermList(about="x", cased=("IT", "MICU")))
    assert cut(book, "units", "it is IT, micu, MICU") == ["IT", "MICU"]


def test_the_longest_entry_wins() -> None:
    book = lexicon(drugs=TermList(about="x", words=("vitamin", "vitamin d")))
    assert cut(book, "drugs", "vitamin d") == ["vitamin d"]


def test_apostrophes_and_hyphens_may_be_missing_in_a_draft() -> None:
    book = lexicon(words=TermList(about="x", words=("don't", "follow-up")))
    assert cut(book, "words", "dont follow up, don't follow-up") == ["dont", "follow up", "don't", "follow-up"]


def test_a_list_includes_the_entries_of_others_even_in_a_circle() -> None:
    book = lexicon(
        a=TermList(about="x", words=("one",), include=("b",)), b=TermList(about="x", cased=("TWO",), include=("a",))
    )
    assert cut(book, "a", "one TWO") == ["one", "TWO"]
    assert [message for _, message in book.problems()] == [
        '"b" includes "a" in turn',
        '"a" includes "b" in turn',
    ]


def test_patterns_belong_to_the_list() -> None:
    book = lexicon(doses=TermList(about="x", patterns=(r"\d+ ?mg",)))
    assert cut(book, "doses", "400mg or 5 mg") == ["400mg", "5 mg"]


def test_an_empty_list_finds_nothing() -> None:
    assert cut(lexicon(none=TermList(about="x")), "none", "anything") == []


def test_phrases_and_expressions_refer_to_lists_with_hyphens_in_their_names() -> None:
    book = lexicon(good_drugs=TermList(about="x", words=("aspirin",), cased=("ASA",)))
    phrase, expression = book.phrase("take {good-drugs}"), book.expression("take {good-drugs}")
    assert book.read("TAKE Aspirin").search(phrase)
    assert book.read("take ASA").search(phrase)
    assert not book.read("take asa").search(phrase)
    assert book.read("take aspirin").search(expression)


def test_a_list_that_matches_an_empty_text_keeps_no_expression_from_matching() -> None:
    book = lexicon(
        start=TermList(about="x", patterns=(r"(?:^|[.!?]\s*)",)), drugs=TermList(about="x", words=("aspirin",))
    )
    expression = book.expression("{start}take {drugs}")
    assert book.read("Hi. Take aspirin").search(expression)


PLACES = lexicon(
    start=TermList(about="x", patterns=(r"(?<=^|[.!?]\s{0,3}|(?<!\w)and\s)",)),
    drugs=TermList(about="x", words=("aspirin", "it")),
)


@given(
    st.lists(st.sampled_from(["take ", "and ", "aspirin", "it", ". ", "!", "\n", "Take ", " "]), max_size=12).map(
        "".join
    )
)
def test_places_told_one_by_one_find_what_the_expression_of_the_list_finds(text: str) -> None:
    expression = PLACES.expression("(?:{start}|now )take\\s{drugs}")
    with pytest.MonkeyPatch.context() as patched:
        one_by_one = PLACES.read(text).search(expression)
        patched.setattr("postcheck.lexicon._MOST_PLACES", -1)
        assert PLACES.read(text).search(expression) == one_by_one


def test_places_are_told_one_by_one_where_they_are_few() -> None:
    assert {*PLACES.places} == {*PLACES.lists["start"].patterns}
    assert PLACES.read("take it").search(PLACES.expression("{start}take it")) == (Span(0, 7),)


def test_an_entry_is_found_over_a_line_break_and_inside_a_longer_one() -> None:
    book = lexicon(a=TermList(about="x", words=("vitamin d", "d")), b=TermList(about="x", words=("d drops",)))
    assert cut(book, "a", "Vitamin\nD drops") == ["Vitamin\nD"]
    assert cut(book, "b", "Vitamin D  drops") == ["D  drops"]
    assert book.read("vitamin d").search(book.expression("n {a}"))


def test_what_is_wrong_with_a_list_is_told_with_its_place() -> None:
    book = lexicon(bad=TermList(about="x", words=("ok", "(a"), patterns=("(",), include=("nowhere",)))
    assert [path for path, _ in book.problems()] == [
        ("bad", "words", 1),
        ("bad", "patterns", 0),
        ("bad", "include", 0),
    ]


@given(st.text(max_size=40))
def test_hits_are_ordered_disjoint_and_not_empty(text: str) -> None:
    book = lexicon(letters=TermList(about="x", words=("a", "a b", "b"), patterns=("x*",)))
    hits = book.read(text).hits("letters")
    assert all(hit.end > hit.start for hit in hits)
    assert all(before.end <= after.start for before, after in pairwise(hits))
    assert all(Span(0, len(text)).contains(hit) for hit in hits)
