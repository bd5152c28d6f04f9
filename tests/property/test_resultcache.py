"""What holds of the cache of results, whatever happens to its file."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from postcheck.resultcache import ResultCache

KEPT = {b"one": b"first", b"two": b"", b"three": bytes(range(256)) * 40}
EDITS = st.lists(st.tuples(st.integers(0, 2**15), st.binary(max_size=8)), max_size=6)


@settings(deadline=None, max_examples=40)
@example([(3960, b"\x87")], None)
@given(EDITS, st.integers(0, 2**15) | st.none())
def test_a_damaged_cache_gives_what_was_kept_or_nothing(edits: list[tuple[int, bytes]], length: int | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        cache = ResultCache(Path(name), b"s" * 32)
        cache.remember(KEPT.items())
        file = Path(name) / "results.sqlite"
        content = bytearray(file.read_bytes())
        for at, put in edits:
            content[at % len(content) : at % len(content) + len(put)] = put
        file.write_bytes(content[:length])
        assert cache.recall(KEPT).items() <= KEPT.items()
        cache.remember([(b"four", b"fourth")])
        assert cache.recall([b"four", *KEPT]).items() <= (KEPT | {b"four": b"fourth"}).items()
