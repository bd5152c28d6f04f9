"""No text of a draft gets anywhere: a part of what docs/trust.md tries at length."""

import sys
from pathlib import Path

import pytest

from postcheck.cli import COMMANDS
from trust.leaks import FAILING, STRACE, WAYS, Canary, Run, Searched, runs, searched, traced

CHOSEN = {
    *(f"check, {place} fails" for place in FAILING[::2]),
    *(f"check, {way}" for way in WAYS),
    "a process dies",
    "check --format html",
    "check --format json --output",
    "check cut.jsonl",
    "check front-cut.md",
    "audit",
    "redact --in-place",
    "clip --redact",
    "watch",
    "serve",
    "check by a resident",
    "serve --stop",
    "lsp",
    "lsp, panic",
    f"lsp, {FAILING[2]} fails",
}


@pytest.fixture(scope="module")
def done() -> dict[str, Searched]:
    chosen = [run for run in runs() if run.name in CHOSEN]
    return {each.run.name: each for each in searched(chosen, Canary.new())}


def test_no_run_prints_or_leaves_anything_of_a_draft(done: dict[str, Searched]) -> None:
    assert {name: each.found for name, each in done.items() if each.found} == {}


def test_every_run_ends_as_it_should_and_an_exception_that_quotes_the_draft_in_exit_code_2(
    done: dict[str, Searched],
) -> None:
    assert {name: each.code for name, each in done.items() if each.code not in each.run.ends} == {}


def test_a_canary_that_gets_somewhere_is_seen() -> None:
    canary = Canary.new()
    shown = Run("check --show-text", ("check", "post.txt", "--show-text"))
    (told,) = searched([shown], canary)
    assert told.found == ("what is printed",)


def test_every_command_is_run() -> None:
    assert {*COMMANDS} <= {run.arguments[0] for run in runs()}


@pytest.mark.skipif(STRACE is None or sys.platform != "linux", reason="strace isn't there to watch the system calls")
def test_no_text_is_written_even_to_a_file_that_is_gone_since(tmp_path: Path) -> None:
    run = Run("check", ("check", "post.txt", "post.md", "--jobs", "2", "--output", "report.html"))
    leaked, elsewhere = traced(run, tmp_path)
    assert not leaked
    assert {path for path in elsewhere if not path.startswith(("/dev/null", "/dev/shm/sem."))} == set()


@pytest.mark.skipif(STRACE is None or sys.platform != "linux", reason="strace isn't there to watch the system calls")
def test_text_that_is_written_is_seen_in_the_trace(tmp_path: Path) -> None:
    run = Run("check", ("check", "post.txt", "--no-model", "--show-text", "--output", "report.html"))
    leaked, _ = traced(run, tmp_path)
    assert leaked
