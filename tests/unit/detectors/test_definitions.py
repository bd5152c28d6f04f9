"""Recognizers from YAML: sound, or refused by name."""

from typing import Any

import pytest

from postcheck.detectors.recognizers.definitions import recognizer, sound
from postcheck.errors import PostcheckError

SOUND: dict[str, Any] = {
    "name": "badge",
    "supported_entity": "OTHER_ID",
    "patterns": [{"name": "labelled", "regex": r"\bbadge\s\K\d+", "score": 0.7}],
    "context": ["badge"],
}


def cut(text: str, definition: dict[str, Any]) -> list[str]:
    return [text[each.start : each.end] for each in recognizer(sound(definition)).analyze(text, ["OTHER_ID"])]


def test_a_pattern_finds_what_follows_its_label() -> None:
    assert cut("Badge 4711, badger 12", SOUND) == ["4711"]


def test_a_list_of_words_is_whole_words_in_any_case() -> None:
    words = {"name": "x", "supported_entity": "ORGANIZATION", "deny_list": ["Ward Nine"]}
    assert cut("ward nine, Ward Nineteen", words) == ["ward nine"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"patterns": [{"name": "labelled", "regex": "(", "score": 0.7}]},
            "'badge': labelled: not a regular expression",
        ),
        ({"patterns": [{"name": "labelled", "regex": "{codes}", "score": 0.7}]}, r"there is no fragment \{codes\}"),
        ({"patterns": [{"name": "labelled", "regex": "x", "score": 7}]}, "'badge': patterns.0.score"),
        ({"patterns": []}, "needs an expression or a list of words"),
        ({"contexts": ["x"]}, "'badge': contexts"),
    ],
)
def test_an_unsound_recognizer_is_refused_by_name(change: dict[str, Any], message: str) -> None:
    with pytest.raises(PostcheckError, match=message):
        sound(SOUND | change)
