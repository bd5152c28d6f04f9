"""What was made of the same rules before is used again; all else is made anew."""

import pickle
from hashlib import sha256
from pathlib import Path

import pytest

from postcheck.errors import PostcheckError
from postcheck.packs import load

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
    for path in (cache.parent, cache, *cache.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_what_is_kept_is_what_was_made(cache: Path) -> None:
    made = load()
    index, needs = made.vocabulary.lexicon.index, made.vocabulary.lexicon.needs
    before = sorted(cache.glob("*/*"))
    kept = load()
    assert (kept.files, kept.rules) == (made.files, made.rules)
    assert (kept.vocabulary.lexicon.index, kept.vocabulary.lexicon.needs) == (index, needs)
    assert [path.name for path in before] == ["files", "index", "needs"]
    assert [path.stat().st_mtime_ns for path in before] == [
        path.stat().st_mtime_ns for path in sorted(cache.glob("*/*"))
    ]


def test_what_isnt_whole_is_made_anew(cache: Path) -> None:
    rules = load().rules
    (kept,) = cache.glob("*/files")
    content = kept.read_bytes()
    for damaged in (b"", content[:-1], content.replace(b"severity", b"sEverity")):
        kept.write_bytes(damaged)
        assert load().rules == rules
        assert kept.read_bytes() == content


def test_what_others_could_have_written_is_made_anew(cache: Path) -> None:
    rules = load().rules
    (kept,) = cache.glob("*/files")
    kept.write_bytes(_whole(pickle.dumps("something else")))
    kept.chmod(0o666)
    assert load().rules == rules


class _Runs:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def test_nothing_that_is_kept_can_run_code(cache: Path, tmp_path: Path) -> None:
    load()
    (kept,) = cache.glob("*/files")
    kept.write_bytes(_whole(pickle.dumps(_Runs(tmp_path / "it-ran"))))
    assert load().rules
    assert not (tmp_path / "it-ran").exists()


def _whole(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode() + b"\n" + content


def test_files_that_are_unsound_are_refused_each_time_and_nothing_is_kept_of_them(cache: Path, tmp_path: Path) -> None:
    load()
    (tmp_path / "house.yaml").write_text(UNSOUND, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PostcheckError, match='there is no term list "no-such-list"'):
            load([tmp_path])
    assert len([*cache.iterdir()]) == 1


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    for message in ("One.", "Two."):
        (tmp_path / "house.yaml").write_text(
            UNSOUND.replace("{no-such-list}", "word").replace("A message.", message), encoding="utf-8"
        )
        assert load([tmp_path]).rule("house/no-such-list").rule.message == message


def test_a_problem_is_told_as_seen_from_the_folder_that_one_works_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "house.yaml").write_text(UNSOUND.replace("{no-such-list}", "word"), encoding="utf-8")
    paths = []
    for folder in (tmp_path, tmp_path.parent):
        monkeypatch.chdir(folder)
        paths.append(load([tmp_path]).rule("house/no-such-list").path)
    assert paths == ["house.yaml", f"{tmp_path.name}/house.yaml"]


def test_only_the_last_few_are_kept(cache: Path, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / "house.yaml").write_text(UNSOUND.replace("{no-such-list}", f"word{number}"), encoding="utf-8")
        load([tmp_path])
    assert len([*cache.iterdir()]) == 4


def test_a_cache_that_cant_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load().rules
