import codecs

import pytest

from postcheck.errors import PostcheckError
from postcheck.readers.encoding import decode


def test_a_byte_order_mark_is_removed_and_line_ends_stay() -> None:
    assert decode(codecs.BOM_UTF8 + "été\r\n😀\n".encode(), "a.txt") == "été\r\n😀\n"


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("Hello".encode("utf-16"), 1, "UTF-16"),
        (codecs.BOM_UTF16_BE + "Hello".encode("utf-16-be"), 1, "UTF-16"),
        ("Hello".encode("utf-32"), 1, "UTF-32"),
        ("one\ntwo\ncafé".encode("latin-1"), 3, "isn't UTF-8"),
        (b"\xef\xbb\xbfone\r\n\xed\xa0\x80", 2, "isn't UTF-8"),
        (b"one\ntwo\0", 2, "isn't a text file"),
        (b"PK\x03\x04\x14\x00", 1, "isn't a text file"),
    ],
)
def test_other_bytes_are_refused_with_file_line_and_way_out(content: bytes, line: int, says: str) -> None:
    with pytest.raises(PostcheckError) as caught:
        decode(content, "posts/a.txt")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("posts/a.txt", line)
    assert says in problem.message
    assert "UTF-8" in (problem.hint or "")
