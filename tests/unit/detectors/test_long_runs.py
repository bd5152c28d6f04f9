"""Texts with runs of characters longer than any word."""

import spacy
from hypothesis import given
from hypothesis import strategies as st

from postcheck.detectors.long_runs import LONGEST, RunTokenizer

NLP = spacy.blank("en")
TOKENIZER = RunTokenizer(NLP.vocab, NLP.tokenizer)
WORDS = st.text(alphabet="aB1.,-'()é\U0001f600", min_size=1, max_size=20)


@given(st.lists(WORDS, max_size=20), st.sampled_from([" ", "\n", "  "]))
def test_an_ordinary_text_has_the_tokens_of_its_tokenizer(words: list[str], between: str) -> None:
    text = between.join(words)
    assert [token.text for token in TOKENIZER(text)] == [token.text for token in NLP.tokenizer(text)]


@given(WORDS, st.integers(1, 4), st.sampled_from(["", " end", "\nend"]))
def test_a_long_run_is_tokenized_in_parts_and_stays_whole(piece: str, times: int, end: str) -> None:
    text = piece * (times * LONGEST // len(piece) + 1) + end
    doc = TOKENIZER(text)
    assert doc.text == text
    assert max(map(len, doc)) <= LONGEST


def test_all_of_a_long_run_costs_as_much_as_its_parts() -> None:
    lengths: list[int] = []

    def counting(text: str) -> spacy.tokens.Doc:
        lengths.append(len(text))
        return NLP.tokenizer(text)

    RunTokenizer(NLP.vocab, counting)("(" * 10 * LONGEST)
    assert lengths == [LONGEST] * 10
