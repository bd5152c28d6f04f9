"""Where the sentences of posts end."""

import pytest
import spacy

from postcheck.detectors.sentences import sentences

TOKENIZER = spacy.blank("en")


@pytest.mark.parametrize(
    "parts",
    [
        ["She rang it.", "We cried."],
        ["She rang it!!", "We cried"],
        ["Dr. Osei and Mrs. Vance left at 7 p.m. today.", "Bye."],
        ["He said \"go!\"", "We went."],
        ["Done! \U0001f514\U0001f514", "Home now."],
        ["Well\u2026", "maybe?!", "(yes.)", "no"],
        ["3.5 mg of it.", "See mdanderson.org/x for more"],
        ["no full stop here at all"],
    ],
)  # fmt: skip
def test_sentences_end_where_readers_end_them(parts: list[str]) -> None:
    assert [part.text for part in sentences(TOKENIZER(" ".join(parts)))] == parts


def test_a_line_break_ends_a_sentence() -> None:
    doc = TOKENIZER("first line\n\n  second line \nthird")
    assert [part.text for part in sentences(doc)] == ["first line", "second line", "third"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\n."])
def test_a_text_without_words_breaks_nothing(text: str) -> None:
    assert "".join(part.text for part in sentences(TOKENIZER(text))) == text.strip()
