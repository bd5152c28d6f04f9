"""No text of a draft gets anywhere: a part of what docs/trust.md tries at length."""

import sys
from pathlib import Path

import pytest

from trust.leaks import STRACE, Canary, Run, Searched, runs, searched, written_by

CHOSEN = [
    run
    for run in runs()
    if run.failing
    or run.name
    in {
        "check --format html",
        "check --format json --output",
        "check cut.jsonl",
        "check front-cut.md",
        "audit",
        "redact",
    }
]


@pytest.fixture(scope="module")
def done() -> dict[str, Searched]:
    return {each.run.name: each for each in searched(CHOSEN, Canary.new())}


def test_no_run_prints_or_leaves_anything_of_a_draft(done: dict[str, Searched]) -> None:
    assert {name: each.found for name, each in done.items() if each.found} == {}


def test_an_exception_that_quotes_the_draft_ends_in_exit_code_2_but_for_the_cache_which_nobody_needs(
    done: dict[str, Searched],
) -> None:
    codes = {each.run.failing: each.code for each in done.values() if each.run.failing}
    assert {place: code for place, code in codes.items() if code != 2} == {
        "postcheck.resultcache:ResultCache.remember": 1
    }


def test_a_canary_that_gets_somewhere_is_seen() -> None:
    canary = Canary.new()
    shown = Run("check --show-text", ("check", "post.txt", "--show-text"))
    (told,) = searched([shown], canary)
    assert told.found == ("what is printed",)


@pytest.mark.skipif(STRACE is None or sys.platform != "linux", reason="strace isn't there to watch the system calls")
def test_no_text_is_written_even_to_a_file_that_is_gone_since(tmp_path: Path) -> None:
    leaked, opened = written_by(Run("check", ("check", "post.txt", "post.md", "--jobs", "2")), tmp_path / "log")
    assert not leaked
    assert {path for path in opened if not path.startswith(("/tmp/", "/dev/"))} == set()
