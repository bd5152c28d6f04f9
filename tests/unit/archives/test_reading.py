"""What an archive's files hold, read part by part, is what the readers of drafts find in them."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.archives import FORMATS, cut
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.readers import read
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import Metadata

TOLD = Columns()
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
POSTS = st.lists(st.fixed_dictionaries({"id": CELLS, "Post text": CELLS, "X copy": CELLS}), min_size=1, max_size=12)
SIZES = st.integers(1, 5)


def posts(file: Path, size: int = 2, columns: Columns = TOLD) -> list[Draft | Problem]:
    """Everything in a file, a part at a time, each read from the file anew."""
    found: list[Draft | Problem] = []
    for part in cut([file], columns, size):
        found += part.problems
        found += FORMATS[file.suffix].read(part, Metadata(), columns) if part.rows else ()
    return found


def drafts(file: Path, size: int = 2, columns: Columns = TOLD) -> list[Draft]:
    return [post for post in posts(file, size, columns) if isinstance(post, Draft)]


def problems(file: Path, columns: Columns = TOLD) -> list[tuple[int | None, str]]:
    found = [post for post in posts(file, columns=columns) if isinstance(post, Problem)]
    assert "Secret" not in " ".join(map(str, found))
    return [(problem.line, problem.message) for problem in found]


def as_read(file: Path) -> list[Draft]:
    return [replace(draft, record=None) for draft in read(file.read_bytes(), str(file), Metadata())]


def as_csv(rows: list[dict[str, str]], end: str = "\n", mark: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*rows[0]], lineterminator=end, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive")


@given(POSTS, SIZES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(",;\t|"), st.booleans())
@settings(deadline=None)
def test_a_table_read_in_parts_is_the_table(
    folder: Path, rows: list[dict[str, str]], size: int, end: str, mark: str, marked: bool
) -> None:
    file = folder / "a.csv"
    file.write_bytes((("\ufeff" if marked else "") + as_csv(rows, end, mark)).encode())
    assert drafts(file, size) == as_read(file)


@given(POSTS, SIZES, st.sampled_from(["\n", "\r\n", "\n\n"]), st.booleans())
@settings(deadline=None)
def test_lines_read_in_parts_are_the_lines(
    folder: Path, rows: list[dict[str, str]], size: int, end: str, marked: bool
) -> None:
    file = folder / "a.jsonl"
    lines = (json.dumps({"text": row["Post text"], "id": row["id"]}, ensure_ascii=False) for row in rows)
    file.write_bytes((("\ufeff" if marked else "") + end.join(lines)).encode())
    assert drafts(file, size) == as_read(file)


@given(POSTS, SIZES, st.integers(1, 4))
@settings(deadline=None)
def test_parquet_holds_the_posts_of_the_same_table_whatever_its_row_groups(
    folder: Path, rows: list[dict[str, str]], size: int, group: int
) -> None:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "a.parquet", row_group_size=group)
    (folder / "b.csv").write_bytes(as_csv(rows).encode())
    got = drafts(folder / "a.parquet", size)
    assert [replace(draft, path="", row=None) for draft in got] == [
        replace(draft, path="", row=None) for draft in drafts(folder / "b.csv", size)
    ]
    assert all(rows[(draft.row or 0) - 1][draft.field or ""] == draft.text for draft in got)


@pytest.mark.parametrize(
    "kind", [pyarrow.string(), pyarrow.large_string(), pyarrow.binary(), pyarrow.dictionary(pyarrow.int8(), "string")]
)
def test_any_type_of_text_is_read(tmp_path: Path, kind: Any) -> None:
    column = pyarrow.array(["Hi", None, "Bye"]).cast(pyarrow.string() if "dict" in str(kind) else kind)
    column = column.dictionary_encode() if "dict" in str(kind) else column
    table = pyarrow.table({"text": column, "id": [7, 8, 9], "likes": [[1], [2], [3]]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    assert [(d.text, d.id, d.row) for d in drafts(tmp_path / "a.parquet")] == [("Hi", "7", 1), ("Bye", "9", 3)]


def test_columns_are_named_in_every_format(tmp_path: Path) -> None:
    rows = [{"words": "Hi", "who": "official", "where": "x", "key": "k1", "text": "no"}]
    (tmp_path / "a.csv").write_text(as_csv(rows), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps(rows[0]), encoding="utf-8")
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet")
    columns = Columns(("words",), "who", "where", "key")
    for file in sorted(tmp_path.iterdir()):
        (draft,) = drafts(file, columns=columns)
        assert (draft.text, draft.author, draft.channel, draft.id, draft.field) == (
            "Hi",
            "official",
            "x",
            "k1",
            "words",
        )


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text,author\nHi,\nSecret \xff,\nSecret\0,\nSecret,,too many\nBye,\n")
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "Hi"}\n{"Secret": 1}\nSecret\n{"text": "\xff"}\n{"text": "Bye"}\n')
    broken = pyarrow.array([b"Hi", b"Secret \xff", b"Bye"]).view(pyarrow.string())
    pyarrow.parquet.write_table(pyarrow.table({"text": broken}), tmp_path / "a.parquet")
    told = {
        "a.csv": [(3, "isn't UTF-8 text"), (4, "isn't text"), (5, "a cell stands under no heading")],
        "a.jsonl": [(2, 'the key "text" is missing'), (3, "isn't valid JSON"), (4, "isn't UTF-8 text")],
        "a.parquet": [(2, "isn't UTF-8 text")],
    }
    for name, expected in told.items():
        assert problems(tmp_path / name) == expected
        assert [draft.text for draft in drafts(tmp_path / name)] == ["Hi", "Bye"]


def test_where_quotes_do_not_fit_the_rows_before_are_read_and_the_rest_is_told(tmp_path: Path) -> None:
    before = [f"post {number}" for number in range(15)]
    (tmp_path / "a.csv").write_text("\n".join(["text,id", *before, '"Secret" d', "e", ""]), encoding="utf-8")
    assert [draft.text for draft in drafts(tmp_path / "a.csv")] == before
    assert problems(tmp_path / "a.csv") == [
        (17, "the quotes of this row don't fit: nothing from it on is checked"),
    ]


def test_a_file_without_a_known_column_of_text_is_told(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"when": [1], "what": ["Secret"]}), tmp_path / "a.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"text": [1], "id": [[2]]}), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes(b"Secret")
    (tmp_path / "d.csv").write_text("when,what\n1,Secret\n", encoding="utf-8")
    (tmp_path / "e.jsonl").write_text("Secret", encoding="utf-16")
    told = [message for file in sorted(tmp_path.iterdir()) for _, message in problems(file)]
    assert told == [
        "has no column that is known to hold the text",
        'the column "text" holds no text, but int64',
        'the column "id" holds no text, but list<element: int64>',
        "isn't a Parquet file, or is damaged",
        "has no column that is known to hold the text",
        "is UTF-16 text, not UTF-8",
    ]


def test_a_column_that_reads_as_text_only_far_below_is_not_passed_over(tmp_path: Path) -> None:
    """Two columns of longer text, and no heading tells which it is: the whole table decides, as for a check."""
    rows = [{"when": "May 1", "what": "one two three four five six seven"} for _ in range(50)]
    (tmp_path / "a.csv").write_text(as_csv(rows), encoding="utf-8")
    assert len(drafts(tmp_path / "a.csv")) == 50
    rows[-1]["when"] = "on the first day of a warm May"
    (tmp_path / "a.csv").write_text(as_csv(rows), encoding="utf-8")
    assert problems(tmp_path / "a.csv") == [(1, "has no column that is known to hold the text")]


def test_rows_that_are_gone_when_a_part_is_read_are_told(tmp_path: Path) -> None:
    for name, content in {"a.csv": "text\na\nb\nc\n", "a.jsonl": '{"text": "a"}\n' * 3}.items():
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        first, second = cut([file], TOLD, 2)
        file.write_text(content[: content.rindex("\n", 0, -1) + 1], encoding="utf-8")
        assert len([*FORMATS[file.suffix].read(first, Metadata(), TOLD)]) == 2
        with pytest.raises(PostcheckError, match="changed while it was read"):
            [*FORMATS[file.suffix].read(second, Metadata(), TOLD)]
