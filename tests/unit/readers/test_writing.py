import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postcheck.errors import PostcheckError
from postcheck.readers import read
from postcheck.readers.metadata import Metadata
from postcheck.readers.writing import put_back, write_over

FILES = {
    "a.txt": b"One\r\nTwo\n",
    "a.md": b"---\nid: a\n---\nOne\n\n---\nid: b\n---\nOne\n\n---\n\nThree",
    "a.html": b"<p>One</p>\n",
    "a.jsonl": b'{"text":  "One"}\n\n{"text": "Two", "id": "b"}\r\n',
    "a.csv": b'id,Text\r\n1,"One, ""two""\r\nthree"\r\n\r\n"2",One\r\n3,last',
    "a.tsv": b"Text\tX copy\nOne\tTwo\nOne\t\n",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@given(data=st.data())
def test_changed_drafts_are_read_back_and_the_others_stay(name: str, mark: bytes, data: st.DataObject) -> None:
    content = mark + FILES[name]
    drafts = read(content, name, Metadata())
    one = data.draw(st.integers(0, len(drafts) - 1))
    texts = [draft.text for draft in drafts]
    assert put_back(content, drafts, texts) == content
    texts[one] = texts[one].replace("One", 'A new, "first" one').replace("Three", "Four")
    written = put_back(content, drafts, texts)
    assert [draft.text for draft in read(written, name, Metadata())] == texts
    assert written.startswith(mark)


def test_of_a_table_only_the_rows_that_change_are_written_anew() -> None:
    content = b'id;Text\r\n"1";"One"\r\n2;"a\r\nb"\r\n3;Two\r\n'
    drafts = read(content, "a.csv", Metadata())
    texts = [draft.text.replace("Two", "Two; or three") for draft in drafts]
    assert put_back(content, drafts, texts) == content.replace(b"3;Two", b'3;"Two; or three"')


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.eml"])
def test_other_formats_are_refused(name: str) -> None:
    drafts = read(b"Hi", "a.txt", Metadata())
    with pytest.raises(PostcheckError, match="doesn't write"):
        put_back(b"", [Metadata().draft("Hi", name, ())], [drafts[0].text])


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_over(pipe, b"all of it")
    assert os.read(reader, 100) == b"all of it"
    assert pipe.is_fifo()
    os.close(reader)
