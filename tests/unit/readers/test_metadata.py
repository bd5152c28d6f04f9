import pytest

from postcheck.draft import Author
from postcheck.errors import PostcheckError
from postcheck.readers.metadata import KEYS, Metadata, parse

LINES = dict.fromkeys(KEYS, 7)


def test_all_keys_are_read_and_others_ignored() -> None:
    said = {
        "author": "Official",
        "channel": "linkedin",
        "in_reply_to": "So rude!",
        "approval": "C-12",
        "authorization": "A-3",
        "id": 12,
        "likes": [1],
    }
    assert parse(said, "a.md", LINES) == Metadata(Author.OFFICIAL, "linkedin", "So rude!", "C-12", "A-3", "12")


@pytest.mark.parametrize("blank", [None, "", "  \n"])
def test_a_blank_value_says_nothing(blank: object) -> None:
    assert parse(dict.fromkeys(KEYS, blank), "a.md", LINES) == Metadata()


def test_what_a_draft_says_wins_over_the_defaults() -> None:
    defaults = Metadata(author=Author.OFFICIAL, channel="x", approval="C-1")
    assert Metadata(author=Author.EMPLOYEE, in_reply_to="Why?").over(defaults) == Metadata(
        Author.EMPLOYEE, "x", "Why?", "C-1"
    )


def test_where_nobody_is_named_an_employee_posts() -> None:
    assert Metadata().draft("Hi", "a.txt", ()).author is Author.EMPLOYEE


@pytest.mark.parametrize("author", ["Secret Name", 3, True, ["employee"], {"employee": 1}])
def test_another_author_is_refused_by_file_and_line_without_quoting_it(author: object) -> None:
    with pytest.raises(PostcheckError) as caught:
        parse({"author": author}, "a.md", LINES)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("a.md", 7)
    assert "employee or official" in problem.message
    assert "Secret" not in str(problem)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "author"])
@pytest.mark.parametrize("value", [True, 1.5, ["x"], {}])
def test_a_value_that_is_no_text_is_refused(key: str, value: object) -> None:
    with pytest.raises(PostcheckError, match=f'^a.md:7: "{key}" must be text'):
        parse({key: value}, "a.md", LINES)


def test_all_wrong_values_are_told_at_once() -> None:
    with pytest.raises(PostcheckError) as caught:
        parse({"author": "me", "channel": 1, "approval": False}, "a.md", LINES)
    assert len(caught.value.problems) == 3
