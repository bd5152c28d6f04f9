"""Recognizers from YAML find what they say."""

from typing import Any

from postcheck.detectors.recognizers.definitions import Compiled, recognizer
from postcheck.recognizer import Definition

SOUND: dict[str, Any] = {
    "name": "badge",
    "supported_entity": "OTHER_ID",
    "patterns": [{"name": "labelled", "regex": r"\bbadge\s\K\d+", "score": 0.7}],
    "context": ["badge"],
}


def cut(text: str, definition: dict[str, Any]) -> list[str]:
    return [
        text[each.start : each.end]
        for each in recognizer(Compiled.of(Definition(**definition))).analyze(text, ["OTHER_ID"])
    ]


def test_a_pattern_finds_what_follows_its_label() -> None:
    assert cut("Badge 4711, badger 12", SOUND) == ["4711"]


def test_a_list_of_words_is_whole_words_in_any_case() -> None:
    words = {"name": "x", "supported_entity": "ORGANIZATION", "deny_list": ["Ward Nine"]}
    assert cut("ward nine, Ward Nineteen", words) == ["ward nine"]
