"""`postcheck watch`, run as its users run it, while files are saved as editors do."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from tests.cli.conftest import Run

NAMED = "Our patient Marisol rang the bell.\n"
HARMLESS = "Happy Nurses Week!\n"
ONE_CLEAN = "No findings in 1 draft."
END = "ou remain responsible for what you post."
"""The last line of a report."""

_HEADING = re.compile(r"\d\d:\d\d:\d\d  ")


class Watch:
    """A running `postcheck watch`, and the reports that it has printed: their first lines, without the time of day."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "postcheck", "watch", "posts"]
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=-1, encoding="utf-8")
        self._lines: Queue[str] = Queue()
        self.reports: list[str] = []
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip())

    def until(self, wanted: str) -> str:
        """What it prints up to a line with the wanted words."""
        seen = [""]
        while wanted not in seen[-1]:
            seen.append(self._lines.get(timeout=60))
            if _HEADING.match(seen[-1]):
                self.reports.append(seen[-1][10:])
        return "\n".join(seen)

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Its exit code at a signal, once it has said its last."""
        self.process.send_signal(number)
        self.until("The watch has ended.")
        return self.process.wait(timeout=60)


@pytest.fixture
def watch(posts: Path, cache: Path) -> Iterator[Watch]:
    """Watches the folder of posts, and has reported once."""
    home = {"HOME": str(posts.parent), "XDG_CONFIG_HOME": str(posts.parent / "config"), "XDG_CACHE_HOME": str(cache)}
    begun = Watch(posts.parent, os.environ | home)
    begun.until("Watching 1 file in posts; Ctrl-C ends it.")
    yield begun
    begun.process.kill()
    begun.process.wait()


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A folder with one draft, in the folder in which postcheck runs."""
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.txt").write_text(NAMED, encoding="utf-8")
    return folder


def replace(file: Path, text: str) -> None:
    """Save as most editors do: to another file, and that renamed, with others beside it that come and go."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, encoding="utf-8")
    file.rename(f"{file}~")
    beside.rename(file)
    Path(f"{file}~").unlink()


def test_each_save_is_reported_once_however_it_is_made(watch: Watch, posts: Path) -> None:
    draft = posts / "a.txt"
    draft.write_text(HARMLESS, encoding="utf-8")
    assert ONE_CLEAN in watch.until(END)
    replace(draft, NAMED)
    assert "patient-story/patient-acts" in watch.until(END)
    (posts / "later").mkdir()
    (posts / "later" / "b.txt").write_text(HARMLESS, encoding="utf-8")
    watch.until(END)
    replace(posts / "later" / "b.txt", NAMED)
    watch.until(END)
    (posts / "later" / "b.txt").rename(posts / "c.txt")
    watch.until(END)
    (posts / "notes.pdf").write_bytes(b"")
    (posts / "a.txt").unlink()
    watch.until("posts/a.txt is gone")
    assert watch.end() == 0
    assert watch.reports == [
        *["posts/a.txt"] * 3,
        *["posts/later/b.txt"] * 2,
        "posts/later/b.txt is gone",
        "posts/c.txt",
        "posts/a.txt is gone",
    ]


def test_what_says_how_to_check_counts_at_once_and_is_told_where_it_is_broken(watch: Watch, posts: Path) -> None:
    folder = posts.parent
    (folder / ".postcheck.yaml").write_text("fail_onn: error\n", encoding="utf-8")
    assert '.postcheck.yaml, line 1, column 1: unknown key "fail_onn"' in watch.until(END)
    (posts / "a.txt").write_text(HARMLESS, encoding="utf-8")
    assert "No draft was checked" in watch.until(END)
    (posts / "a.txt").write_text(NAMED, encoding="utf-8")
    watch.until(END)
    (folder / ".postcheck.yaml").write_text("ignore: [phi]\nrules: [own]\n", encoding="utf-8")
    assert "there is no such folder of rules" in watch.until(END)
    (folder / "own").mkdir()
    found = watch.until(END)
    assert "patient-story/patient-acts" in found
    assert "phi/" not in found
    (folder / "own" / "cats.yaml").write_text("pack: [", encoding="utf-8")
    assert "own/cats.yaml, line 2" in watch.until(END)
    (folder / "own" / "cats.yaml").unlink()
    watch.until(END)
    beside = "ignore: [{rules: patient-story, reason: told with her consent}]\n"
    (posts / "a.txt.postcheck.yaml").write_text(beside, encoding="utf-8")
    assert "No findings in 1 draft (1 finding suppressed)." in watch.until(END)
    assert watch.end(signal.SIGTERM) == 0


def test_no_text_is_shown_where_others_may_read_it(watch: Watch, posts: Path) -> None:
    (posts / "a.txt").write_text("My patient Wilhelmina died.\n", encoding="utf-8")
    told = watch.until(END)
    assert "The text of drafts is hidden here" in told
    assert "Wilhelmina" not in told
    watch.end()


def test_what_is_broken_at_first_ends_it(run: Run, tmp_path: Path) -> None:
    done = run("watch", "postts")
    assert (done.returncode, done.stdout) == (2, "")
    assert "postcheck: postts: doesn't exist" in done.stderr


def test_without_the_extra_the_way_to_it_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ModuleNotFoundError(name='watchfiles')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = run("watch", ".")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'postcheck: watching needs a part that isn\'t installed (pip install "postcheck[watch]")\n'
