"""What was made of the same rules before is used again; all else is made anew."""

from pathlib import Path

import pytest

from postcheck import rulecache
from postcheck.errors import PostcheckError
from postcheck.lexicon import Index
from postcheck.packs import load
from postcheck.rulefiles import read
from postcheck.rulefolders import RuleFolder, shipped_rules

UNSOUND = """\
pack: house
about: House rules.
rules:
  - id: no-such-list
    kind: phrase
    severity: info
    message: A message.
    why: A reason.
    phrases: ["{no-such-list} again"]
    examples: {flagged: [a, b], clean: [c, d]}
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "postcheck" / "rules"


def test_what_is_kept_is_the_users_own(cache: Path) -> None:
    load()
    (kept,) = cache.iterdir()
    assert (kept.stat().st_mode & 0o777, cache.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_index_that_is_kept_is_the_one_that_is_made(cache: Path) -> None:
    made, kept = load().vocabulary.lexicon, load().vocabulary.lexicon
    assert made.known is None
    assert kept.known is not None
    assert {entry: [*map(tuple, homes)] for entry, homes in kept.index.lists.items()} == made.index.lists
    assert kept.index.longest == made.index.longest


def test_what_isnt_whole_is_made_anew(cache: Path) -> None:
    load()
    (kept,) = cache.iterdir()
    content = kept.read_bytes()
    for damaged in (b"", content[:-1], content.replace(b"tamoxifen", b"tamoxifem")):
        kept.write_bytes(damaged)
        assert load().vocabulary.lexicon.known is None
        assert kept.read_bytes() == content


def test_files_that_are_unsound_are_refused_each_time_and_nothing_is_kept_of_them(cache: Path, tmp_path: Path) -> None:
    load()
    (tmp_path / "house.yaml").write_text(UNSOUND, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PostcheckError, match='there is no term list "no-such-list"'):
            load([tmp_path])
    assert len([*cache.iterdir()]) == 1


def test_files_that_were_found_sound_arent_examined(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(UNSOUND, encoding="utf-8")
    files = read((RuleFolder(shipped_rules(), "shipped"), RuleFolder(tmp_path, "house")), None)
    rulecache.remember(files, Index({}, {}))
    assert "house/no-such-list" in {rule.id for rule in load([tmp_path]).rules}


def test_only_the_last_few_are_kept(cache: Path, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / "house.yaml").write_text(UNSOUND.replace("{no-such-list}", f"word{number}"), encoding="utf-8")
        files = read((RuleFolder(tmp_path, "house"), RuleFolder(shipped_rules(), "shipped")), None)
        rulecache.remember(files, Index({}, {}))
    assert len([*cache.iterdir()]) == 4


def test_a_cache_that_cant_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load().rules
