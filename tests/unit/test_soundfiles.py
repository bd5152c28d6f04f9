"""What was found sound isn't examined again; all else is."""

from pathlib import Path

import pytest

from postcheck import soundfiles
from postcheck.errors import PostcheckError
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
    return tmp_path / "cache" / "postcheck" / "sound"


def test_sound_files_are_remembered_by_an_empty_file_of_the_users_own(cache: Path) -> None:
    load()
    (mark,) = cache.iterdir()
    assert mark.read_bytes() == b""
    assert (mark.stat().st_mode & 0o777, cache.stat().st_mode & 0o777) == (0o600, 0o700)


def test_files_that_are_unsound_are_refused_each_time_and_never_remembered(cache: Path, tmp_path: Path) -> None:
    load()
    (tmp_path / "house.yaml").write_text(UNSOUND, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PostcheckError, match='there is no term list "no-such-list"'):
            load([tmp_path])
    assert len([*cache.iterdir()]) == 1


def test_files_that_are_remembered_arent_examined(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(UNSOUND, encoding="utf-8")
    files = read((RuleFolder(shipped_rules(), "shipped"), RuleFolder(tmp_path, "house")), None)
    soundfiles.remember(files)
    assert "house/no-such-list" in {rule.id for rule in load([tmp_path]).rules}


def test_a_cache_that_cant_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load().rules
