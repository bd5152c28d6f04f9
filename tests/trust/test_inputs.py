"""Bad input is refused in one sentence: all that docs/trust.md tries one by one, in one run."""

from pathlib import Path

import pytest

from trust.inputs import GOOD, INPUTS, Input, configured, together


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return together(tmp_path_factory.mktemp("inputs"))


def test_the_whole_run_is_not_complete(said: dict[str, list[str]]) -> None:
    assert said[""] == ["2"]


@pytest.mark.parametrize("tried", INPUTS, ids=lambda tried: ascii(tried.name))
def test_what_cannot_be_checked_is_refused_in_one_sentence_and_all_else_is_checked(
    said: dict[str, list[str]], tried: Input
) -> None:
    name = tried.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    assert len(said.get(tried.name, []) or said.get(name, [])) == tried.refused


@pytest.mark.parametrize("said", ["rules: [", "ruels: x", 'organization: "\\e[31m"', "rules: &a [*a]"])
def test_nothing_is_checked_with_a_bad_configuration(said: str) -> None:
    outcome = configured("bad", said)
    assert (outcome.code, len(outcome.said)) == (2, 1)
    assert GOOD not in outcome.output


@pytest.mark.parametrize("form", ["terminal", "concise", "github", "markdown"])
def test_no_escape_sequence_of_a_draft_or_of_its_name_reaches_a_terminal(
    tmp_path: Path, run: object, form: str
) -> None:
    name = "a\x1b[31m\x9b\u202e.txt"
    (tmp_path / name).write_text(f"\x1b]8;;http://x\x07 {GOOD} \x1b[2J\x9b1m\u202e", encoding="utf-8")
    done = run("check", "--no-model", "--show-text", "--format", form, name)  # type: ignore[operator]
    assert done.returncode == 1, done.stderr
    assert not {*"\x1b\x9b\x07\u202e"} & {*done.stdout, *done.stderr}
