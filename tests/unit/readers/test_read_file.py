from pathlib import Path

import pytest

from postcheck.draft import LONGEST, SegmentKind
from postcheck.errors import PostcheckError
from postcheck.readers import READERS, read, read_bytes, read_file
from postcheck.readers.metadata import Metadata


@pytest.mark.parametrize("name", ["a.md", "A.MD", "b.markdown"])
def test_a_suffix_chooses_the_reader(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"**bold**")
    (draft,) = read_file(path, Metadata())
    assert draft.path == str(path)
    assert {segment.kind for segment in draft.segments} == {SegmentKind.MARKUP}


@pytest.mark.parametrize("name", ["<stdin>", "draft", "a.log", "notes.TXT", ".md"])
def test_any_other_name_is_plain_text(name: str) -> None:
    (draft,) = read(b"**bold**", name, Metadata())
    assert draft.segments == ()


@pytest.mark.parametrize(("name", "wanted"), [("a.doc", ".docx"), ("A.XLS", ".xlsx"), ("a.rtf", ".docx")])
def test_a_format_that_is_not_read_is_named_with_the_one_to_save_it_as(name: str, wanted: str) -> None:
    with pytest.raises(PostcheckError) as caught:
        read(b"{\\rtf1 Maria}", name, Metadata())
    assert caught.value.problems[0].hint == f"save it as {wanted}"


def test_suffixes_are_lower_case() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in READERS)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "is no ordinary file"), (tmp_path / "missing.md", "can't be read")):
        with pytest.raises(PostcheckError) as caught:
            read_file(path, Metadata())
        assert caught.value.problems[0].path == str(path)
        assert said in caught.value.problems[0].message


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "posts.txt"
    path.write_bytes(b"a" * 1_000_001)
    assert read_bytes(path, 2)
    with pytest.raises(PostcheckError) as caught:
        read_bytes(path, 1)
    assert "is larger than 1 MB" in str(caught.value)
    assert "max_file_mb" in str(caught.value)


def test_a_draft_that_is_too_long_to_be_checked_is_told_with_its_line() -> None:
    long = "a" * LONGEST
    assert read(long.encode(), "a.txt", Metadata())
    table = f"text,id\nHi,1\n{long}b,2\n"
    for content, name, line in ((f"{long}b", "a.txt", 1), (table, "a.csv", 3)):
        with pytest.raises(PostcheckError) as caught:
            read(content.encode(), name, Metadata())
        (problem,) = caught.value.problems
        assert (problem.message, problem.line) == ("a draft is longer than 1,000,000 characters", line)


def test_so_is_the_post_that_a_draft_answers() -> None:
    with pytest.raises(PostcheckError, match="the post that a draft answers is longer"):
        read(b"Hi", "a.txt", Metadata(in_reply_to="a" * (LONGEST + 1)))
