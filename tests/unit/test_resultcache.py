"""The cache of results gives back what was kept, only for the same question, and tells nobody anything else."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postcheck import resultcache
from postcheck.resultcache import ResultCache, clear

SECRET = b"s" * 32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "postcheck"


def of_user() -> ResultCache:
    cache = ResultCache.of_user()
    assert cache is not None
    return cache


def test_an_answer_is_recalled_for_its_question_alone(folder: Path) -> None:
    of_user().remember([(b"one", b"first"), (b"two", b"")])
    assert of_user().recall([b"one", b"two", b"three"]) == {b"one": b"first", b"two": b""}


def test_what_is_kept_is_the_users_own(folder: Path) -> None:
    of_user().remember([(b"one", b"first")])
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "results.sqlite": 0o600,
        "secret": 0o600,
    }
    assert folder.stat().st_mode & 0o777 == 0o700


def test_neither_questions_nor_answers_can_be_read(folder: Path) -> None:
    of_user().remember([(b"Maria Lopez, MRN 4711", b"[3, 14]")])
    for path in folder.iterdir():
        assert not any(part in path.read_bytes() for part in (b"Maria", b"Lopez", b"4711", b"[3, 14]", b"14]"))


def test_another_secret_gives_other_names_and_opens_nothing(tmp_path: Path) -> None:
    ResultCache(tmp_path, SECRET).remember([(b"one", b"first")])
    assert ResultCache(tmp_path, SECRET).recall([b"one"]) == {b"one": b"first"}
    assert ResultCache(tmp_path, b"t" * 32).recall([b"one"]) == {}


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_isnt_whole_isnt_believed(tmp_path: Path, place: int, change: int) -> None:
    cache = ResultCache(tmp_path, SECRET)
    cache.remember([(b"one", b"first")])
    with closing(sqlite3.connect(tmp_path / "results.sqlite")) as database, database:
        (sealed,) = database.execute("SELECT sealed FROM results").fetchone()
        damaged = bytearray(sealed)
        damaged[place % len(damaged)] ^= change
        database.execute("UPDATE results SET sealed = ?", (bytes(damaged),))
    assert cache.recall([b"one"]) == {}


def test_an_answer_that_was_moved_to_another_question_isnt_believed(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path, SECRET)
    cache.remember([(b"one", b"first"), (b"two", b"other")])
    with closing(sqlite3.connect(tmp_path / "results.sqlite")) as database, database:
        (first,), (second,) = database.execute("SELECT name FROM results ORDER BY rowid").fetchall()
        database.execute("DELETE FROM results WHERE name = ?", (second,))
        database.execute("UPDATE results SET name = ? WHERE name = ?", (second, first))
    assert cache.recall([b"one", b"two"]) == {}


def test_a_file_that_is_no_database_is_made_anew(folder: Path) -> None:
    cache = of_user()
    (folder / "results.sqlite").write_bytes(b"this is no database" * 100)
    cache.remember([(b"one", b"first")])
    assert cache.recall([b"one"]) == {}
    cache.remember([(b"one", b"first")])
    assert cache.recall([b"one"]) == {b"one": b"first"}


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_there_is_no_cache_with_a_secret_that_others_can_read(folder: Path) -> None:
    of_user()
    (folder / "secret").chmod(0o644)
    assert ResultCache.of_user() is None


def test_there_is_no_cache_where_none_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert ResultCache.of_user() is None


def test_only_the_latest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resultcache, "_MOST", 3)
    cache = ResultCache(tmp_path, SECRET)
    names = [str(number).encode() for number in range(5)]
    for name in names:
        cache.remember([(name, name)])
    assert [*cache.recall(names)] == names[2:]


def test_what_is_cleared_is_forgotten_and_so_is_the_secret(folder: Path) -> None:
    of_user().remember([(b"one", b"first")])
    before = (folder / "secret").read_bytes()
    clear()
    assert of_user().recall([b"one"]) == {}
    assert (folder / "secret").read_bytes() != before
