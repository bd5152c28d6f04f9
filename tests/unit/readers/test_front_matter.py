import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Author, SegmentKind
from postcheck.errors import PostcheckError
from postcheck.readers.frontmatter import front_matter


def hidden(text: str) -> list[str]:
    front = front_matter(text, "a.md")
    assert {segment.kind for segment in front.segments} <= {SegmentKind.METADATA}
    return [segment.span.cut(text) for segment in front.segments]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_our_keys_are_metadata_and_other_keys_stay_visible(newline: str) -> None:
    lines = ["---", "title: Été 😀", "author: official # by Ana", "in_reply_to: |", "  Rude!", "  Really.", "tags: [a]"]
    text = newline.join([*lines, "---", "Body"])
    reply = newline.join(["in_reply_to: |", "  Rude!", "  Really."])
    front = front_matter(text, "a.md")
    assert hidden(text) == ["---", "author: official", reply, "---"]
    assert front.metadata.author is Author.OFFICIAL
    assert (front.metadata.in_reply_to or "").split("\n")[:2] == ["Rude!", "Really."]
    assert text[front.end :] == "Body"


def test_values_are_taken_as_written() -> None:
    front = front_matter("---\nid: 0123\napproval: 2024-05-01\nchannel: null\nauthorization:\n---\n", "a.md")
    assert (front.metadata.id, front.metadata.approval) == ("0123", "2024-05-01")
    assert front.metadata.channel is None
    assert front.metadata.authorization is None


def test_a_mapping_in_braces_hides_only_our_keys() -> None:
    assert hidden("---\n{author: employee, title: Ana}\n---\n") == ["---", "author: employee", "---"]


def test_front_matter_may_end_the_file() -> None:
    text = "---\nchannel: x\n---"
    assert front_matter(text, "a.md").end == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "Hi\n---\nauthor: official\n---\n",
        "\n---\nauthor: official\n---\n",
        "---\nauthor: official\n",
        "---\nJust words.\n---\nMore.",
        "---\nDear Ana: how are you?\n---\nMore.",
        "---\n- author: official\n---\n",
        "---\nWho: [x\n---\n",
        "----\nauthor: official\n----\n",
        "---\n" + "[" * 3000 + "\n---\n",
    ],
)
def test_anything_else_is_no_front_matter(text: str) -> None:
    front = front_matter(text, "a.md")
    assert (front.end, front.segments) == (0, ())


@pytest.mark.parametrize(
    ("block", "line", "says"),
    [
        ("author: Ana Secret", 2, "employee or official"),
        ("title: x\n\napproval: yes", 4, "must be text"),
        ("title: x\nchannel: [a]", 3, "must be text"),
        ("channel: a\nchannel: b", 3, "stands twice"),
        ("x: &a Secret\nchannel: *a", 3, "alias"),
        ("title: x\nchannel: Secret: b", 3, "isn't valid YAML"),
        ("channel: *Secret", 2, "isn't valid YAML"),
        ("channel: " + "[" * 3000, 1, "isn't valid YAML"),
        ("title: \u2028  x\nauthor: me", 3, "employee or official"),
    ],
)
def test_a_key_of_ours_that_cannot_be_read_is_refused_by_file_and_line(block: str, line: int, says: str) -> None:
    with pytest.raises(PostcheckError) as caught:
        front_matter(f"---\n{block}\n---\nBody", "a.md")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("a.md", line)
    assert says in problem.message
    assert problem.hint
    assert "Secret" not in str(problem)


@given(title=st.text(st.characters(codec="utf-8", exclude_characters='"\\', exclude_categories=["C", "Z"])))
def test_offsets_hold_whatever_stands_before(title: str) -> None:
    text = f'---\ntitle: "{title}"\nauthor: official\n---\n{title}'
    assert hidden(text) == ["---", "author: official", "---"]
    assert text[front_matter(text, "a.md").end :] == title
