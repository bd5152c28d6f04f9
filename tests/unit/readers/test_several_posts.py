import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Author, Draft
from postcheck.errors import PostcheckError
from postcheck.readers import read
from postcheck.readers.metadata import Metadata


def drafts(text: str) -> tuple[Draft, ...]:
    found = read(text.encode(), "a.md", Metadata())
    lines = text.split("\n")
    for draft in found:
        assert "\n".join(lines[draft.first_line - 1 :]).startswith(draft.text)
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_posts_with_front_matter_of_their_own_are_apart(end: str) -> None:
    text = "---\nid: a\nchannel: x\n---\nOne\n\n---\nid: b\n---\nTwo **bold**\n\n---\n\nThree\n".replace("\n", end)
    one, two, three = drafts(text)
    assert [draft.text.split(end)[-2] for draft in (one, two, three)] == ["", "", "Three"]
    assert [(d.record, d.first_line, d.id, d.channel) for d in (one, two, three)] == [
        (0, 1, "a", "x"),
        (1, 7, "b", None),
        (2, 13, None, None),
    ]
    assert two.position(two.text.index("bold")).line == 10


def test_a_separator_may_stand_above_the_front_matter() -> None:
    text = "---\nid: a\n---\nOne\n\n---\n\n---\nid: b\n---\nTwo\n"
    assert [(draft.id, draft.first_line) for draft in drafts(text)] == [("a", 1), ("b", 8)]


def test_a_file_may_say_that_it_holds_several_posts_and_who_posts_them() -> None:
    text = "---\nposts: several\nauthor: official\n---\nOne\n\n---\n\nTwo\n"
    found = drafts(text)
    assert [draft.author for draft in found] == [Author.OFFICIAL, Author.OFFICIAL]
    assert "posts: several" in [segment.span.cut(found[0].text) for segment in found[0].segments]


@pytest.mark.parametrize(
    "text",
    [
        "One\n\n---\n\nTwo\n",
        "---\nid: a\n---\nOne\n\n---\n\nTwo\n",
        "---\nid: a\n---\nOne\n---\nid: b\n---\nTwo\n",
        "---\nid: a\n---\nOne\n\n---\ntitle: b\n---\nTwo\n",
        "---\nposts: 7\n---\nOne\n\n---\n\nTwo\n",
    ],
)
def test_a_rule_across_a_post_parts_nothing(text: str) -> None:
    (draft,) = drafts(text)
    assert (draft.text, draft.record, draft.first_line) == (text, None, 1)


def test_a_mistake_in_any_front_matter_is_told_by_its_line_in_the_file() -> None:
    with pytest.raises(PostcheckError) as caught:
        drafts("---\nid: a\n---\nOne\n\n---\nauthor: Ana\n---\nTwo\n")
    assert caught.value.problems[0].line == 7


LINES = st.lists(st.sampled_from(["---", "id: a", "posts: several", "", "Words", "  ---", "# Head"]), max_size=14)


@given(LINES)
def test_every_line_but_separators_is_in_a_post(lines: list[str]) -> None:
    try:
        found = drafts("\n".join(lines))
    except PostcheckError:
        return
    covered = [line for draft in found for line in draft.text.split("\n") if line not in {"---", ""}]
    assert covered == [line for line in lines if line not in {"---", ""}]
