import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Author, Position
from postcheck.errors import PostcheckError
from postcheck.readers import read
from postcheck.readers.metadata import Metadata

DEEP = "[" * 200_000


def problems(content: str) -> list[tuple[int | None, str]]:
    with pytest.raises(PostcheckError) as caught:
        read(content.encode(), "a.jsonl", Metadata())
    assert all(problem.path == "a.jsonl" for problem in caught.value.problems)
    assert "Secret" not in str(caught.value)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_each_record_is_a_draft_with_its_own_metadata() -> None:
    content = (
        '{"text": "Hi @ana", "id": "p1", "author": "official", "channel": "x", "likes": 3}\r\n'
        "\r\n"
        '  {"text": "", "in_reply_to": "Rude!", "approval": null}\n'
        '{"text": "caf\\u00e9 \\ud83d\\ude00 \u2028 #Hope"}'
    )
    first, second, third = read(content.encode(), "a.jsonl", Metadata(channel="y", approval="C-1"))
    assert (first.record, first.row, first.id, first.author, first.channel) == (0, 1, "p1", Author.OFFICIAL, "x")
    assert (second.record, second.row, second.id, second.channel, second.approval) == (1, 3, None, "y", "C-1")
    assert (second.text, second.in_reply_to) == ("", "Rude!")
    assert third.text == "café 😀 \u2028 #Hope"
    assert [s.span.cut(third.text) for s in third.segments] == ["#Hope"]
    assert third.position(third.segments[0].span.start) == Position(4, 10)


def test_every_bad_line_is_told_at_once_and_none_is_quoted() -> None:
    lines = [
        '{"text": "fine"}',
        '{"text": "Secret"',
        '"Secret"',
        '["Secret"]',
        '{"body": "Secret"}',
        '{"text": 5}',
        '{"text": "x", "author": "Secret", "channel": 1}',
        '{"text": "x", "approval": true}',
        '{"text": "Secret", "text": "x"}',
        '{"text": "Secret \\ud800"}',
        '{"text": "x", "in_reply_to": "\\udc00"}',
        '{"text": "x", "n": ' + "9" * 5000 + "}",
        DEEP,
        '{"text": "\\Secret"}',
    ]
    found = problems("\n".join(lines))
    assert [line for line, _ in found] == list(range(2, len(lines) + 1))
    assert [message for _, message in found] == [
        "isn't valid JSON",
        "isn't a JSON object",
        "isn't a JSON object",
        'the key "text" is missing',
        '"text" must be text',
        '"author" must be employee or official',
        '"approval" must be text',
        'the key "text" stands twice',
        '"text" holds half of a character',
        '"in_reply_to" holds half of a character',
        "isn't valid JSON",
        "isn't valid JSON",
        "isn't valid JSON",
    ]


def test_an_unknown_key_may_hold_anything() -> None:
    content = '{"text": "x", "note": {"text": 1, "a": ["\\ud800", NaN]}, "b": 1, "b": 2}'
    assert [draft.text for draft in read(content.encode(), "a.ndjson", Metadata())] == ["x"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.booleans())
def test_any_text_comes_through_unaltered(texts: list[str], ascii_only: bool) -> None:
    content = "\n".join(json.dumps({"text": text}, ensure_ascii=ascii_only) for text in texts)
    drafts = read(content.encode(), "a.jsonl", Metadata())
    assert [draft.text for draft in drafts] == texts
    assert [draft.record for draft in drafts] == list(range(len(texts)))
    assert [draft.row for draft in drafts] == list(range(1, len(texts) + 1))
