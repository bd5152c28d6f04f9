import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.draft import Author, Draft
from postcheck.errors import PostcheckError
from postcheck.readers import read
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import Metadata

TOLD = Columns()


def drafts(content: str, name: str = "a.csv", columns: Columns = TOLD) -> tuple[Draft, ...]:
    return read(content.encode(), name, Metadata(), columns)


def problem(content: str, columns: Columns = TOLD) -> tuple[int | None, str, str]:
    with pytest.raises(PostcheckError) as caught:
        drafts(content, columns=columns)
    (only,) = caught.value.problems
    assert only.path == "a.csv"
    assert "Secret" not in str(only)
    return only.line, only.message, only.hint or ""


def test_each_row_is_a_draft_with_its_own_metadata() -> None:
    content = (
        "\ufeffPost ID,Platform,Account type,Post text,In reply to,Approval\r\n"
        'a1,linkedin,official,"Hi @ana, ""all""",Rude!,C-12\r\n'
        ",,,,,\r\n"
        'b2,x,Jane Smith,"two\r\nlines",,pending\r\n'
        "c3,,,last,,\r\n"
    )
    first, second, third = drafts(content)
    assert (first.text, first.id, first.channel, first.author) == ('Hi @ana, "all"', "a1", "linkedin", Author.OFFICIAL)
    assert (first.in_reply_to, first.approval, first.field) == ("Rude!", "C-12", "Post text")
    assert (second.text, second.author, second.approval) == ("two\r\nlines", Author.EMPLOYEE, None)
    assert [(draft.record, draft.row) for draft in (first, second, third)] == [(0, 2), (1, 4), (2, 6)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_first_line(delimiter: str) -> None:
    content = delimiter.join(["id", "text"]) + "\n" + delimiter.join(["1", "Hi"])
    assert [draft.text for draft in drafts(content)] == ["Hi"]


@pytest.mark.parametrize("heading", ["text", "Post_Copy", " CAPTION ", "LinkedIn copy", "Message (max. 280):", "Tweet"])
def test_the_column_of_text_is_told_by_its_heading(heading: str) -> None:
    (draft,) = drafts(f"Date,{heading},Notes\n1,Hi,x\n")
    assert (draft.text, draft.field) == ("Hi", heading.strip())


def test_every_column_of_text_is_read() -> None:
    found = drafts("LinkedIn copy,X copy\nlong,short\nlonger,\n")
    assert [(d.text, d.field, d.row, d.record) for d in found] == [
        ("long", "LinkedIn copy", 2, 0),
        ("short", "X copy", 2, 1),
        ("longer", "LinkedIn copy", 3, 2),
    ]


def test_the_only_column_of_long_text_is_the_text() -> None:
    (draft,) = drafts("when,what\nMay,So proud of the whole night crew\n")
    assert (draft.text, draft.field) == ("So proud of the whole night crew", "what")


def test_headings_may_stand_below_a_title() -> None:
    (draft,) = drafts("Spring,\n,\nDate,Text\nMay,Hi\n")
    assert (draft.text, draft.row) == ("Hi", 4)


def test_named_columns_win() -> None:
    columns = Columns(text=("notes",), author="who", channel="where", id="key")
    (draft,) = drafts("text,Notes,who,where,key,channel\na,b,official,x,7,y\n", columns=columns)
    assert (draft.text, draft.author, draft.channel, draft.id) == ("b", Author.OFFICIAL, "x", "7")


@pytest.mark.parametrize(
    ("content", "line", "says", "way_out"),
    [
        ("when,what\nMay,Secret\n", 1, "known to hold the text", '"when", "what"'),
        ("Our dear Secret walked out of here\nAnd Secret came in with a cake\n", 1, "no row of headings", "first row"),
        ("Secret 219-09-1234\n", 1, "no row of headings", "first row"),
        ('id,text\n1,"Secret\n', 2, "quotes", "close"),
        ('id,text\n1,"Secret" x\n', 2, "quotes", "close"),
        ("id,text\n1,Hello, Secret\n", 2, "under no heading", "in quotes"),
    ],
)
def test_what_cannot_be_read_is_told_without_its_text(content: str, line: int, says: str, way_out: str) -> None:
    where, message, hint = problem(content)
    assert where == line
    assert says in message
    assert way_out in hint


def test_named_columns_must_be_there() -> None:
    assert 'no column "copy"' in problem("text\nHi\n", Columns(text=("copy",)))[1]
    assert 'no column "who"' in problem("text\nHi\n", Columns(author="who"))[1]


def test_a_named_author_column_must_say_who() -> None:
    assert "employee or official" in problem("text,who\nHi,Secret\n", Columns(author="who"))[1]


def test_an_empty_table_holds_no_drafts() -> None:
    assert drafts("") == drafts("text,id\n") == ()


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_any_text_comes_through_unaltered_at_its_line(rows: list[tuple[str, str]], delimiter: str, end: str) -> None:
    out = io.StringIO(newline="")
    lines = []
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["Note", "Text"])
    for row in rows:
        lines.append(len([*io.StringIO(out.getvalue(), newline="")]) + 1)
        writer.writerow(row)
    found = drafts(out.getvalue())
    assert [draft.text for draft in found] == [text for _, text in rows]
    assert [draft.row for draft in found] == lines
