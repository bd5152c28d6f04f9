from pathlib import Path

import pytest

from postcheck.config import configuration
from postcheck.errors import PostcheckError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and a project folder of the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "project" / "posts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project" / "posts")
    return tmp_path


def test_without_any_file_the_defaults_hold() -> None:
    found = configuration({})
    assert found.settings.fail_on == "warning"
    assert set(found.origins.values()) == {"default"}


def test_the_nearest_file_upward_counts(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("channel: x\n", encoding="utf-8")
    (home / "project" / ".postcheck.yaml").write_text("author: official\n", encoding="utf-8")
    found = configuration({})
    assert (found.settings.author, found.settings.channel) == ("official", None)
    assert found.origins["author"].endswith(".postcheck.yaml:1")


def test_a_pyproject_table_counts_and_its_keys_may_have_hyphens(home: Path) -> None:
    (home / "project" / "pyproject.toml").write_text('[tool.postcheck]\nfail-on = "error"\n', encoding="utf-8")
    assert configuration({}).settings.fail_on == "error"


def test_a_pyproject_without_the_table_is_passed_over(home: Path) -> None:
    (home / "project" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    (home / ".postcheck.yaml").write_text("channel: x\n", encoding="utf-8")
    assert configuration({}).settings.channel == "x"


def test_the_users_file_is_the_last_resort(home: Path) -> None:
    (home / "home" / "postcheck").mkdir(parents=True)
    (home / "home" / "postcheck" / "config.yaml").write_text("channel: threads\n", encoding="utf-8")
    assert configuration({}).settings.channel == "threads"
    (home / ".postcheck.yaml").write_text("", encoding="utf-8")
    assert configuration({}).settings.channel is None


def test_the_command_line_wins_where_it_says_something(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("channel: x\nignore: [respect]\n", encoding="utf-8")
    found = configuration({"channel": "linkedin", "ignore": (), "author": None})
    assert found.settings.channel == "linkedin"
    assert found.settings.ignore == ("respect",)
    assert found.origins["channel"] == "--channel"


def test_folders_in_a_file_are_relative_to_it(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("rules: house-rules\n", encoding="utf-8")
    assert configuration({}).settings.rules == (str(home / "house-rules"),)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (".postcheck.yaml", "chanel: x\n", ':1:1: unknown key "chanel" (did you mean "channel"?)'),
        (".postcheck.yaml", "author: nurse\n", '"author" must be "employee" or "official"'),
        (".postcheck.yaml", "author: [\n", "isn't valid YAML"),
        ("pyproject.toml", "[tool.postcheck]\nchanel = 1\n", 'unknown key "chanel" (did you mean "channel"?)'),
        ("pyproject.toml", "[tool", "isn't valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(home: Path, name: str, text: str, expected: str) -> None:
    (home / "project" / name).write_text(text, encoding="utf-8")
    with pytest.raises(PostcheckError) as error:
        configuration({})
    assert expected in str(error.value)
    assert name in str(error.value)


OVERRIDES = """\
author: employee
ignore: respect
severity: {phi: warning, phi/ssn: error}
overrides:
  - paths: [official/, "*.html"]
    author: official
    channel: linkedin
    ignore: [disclosure]
  - paths: official/press/**
    severity: {phi: info}
"""


def test_what_is_said_for_some_paths_holds_for_those_alone_and_the_last_wins(home: Path) -> None:
    (home / "project" / ".postcheck.yaml").write_text(OVERRIDES, encoding="utf-8")
    found = configuration({})
    here, official, press = (found.at(path) for path in ("a.txt", "../official/a.txt", "../official/press/b.md"))
    assert (here.author, here.channel, here.ignore) == ("employee", None, ("respect",))
    assert (official.author, official.channel, official.ignore) == ("official", "linkedin", ("respect", "disclosure"))
    assert official.severity == {"phi": "warning", "phi/ssn": "error"}
    assert press.severity == {"phi": "info", "phi/ssn": "error"}
    assert found.at("c.html").author == "official"


def test_what_the_command_line_says_goes_before_what_is_said_for_some_paths(home: Path) -> None:
    (home / "project" / ".postcheck.yaml").write_text(OVERRIDES, encoding="utf-8")
    official = configuration({"author": "employee"}).at("../official/a.txt")
    assert (official.author, official.channel) == ("employee", "linkedin")


def test_a_text_and_a_file_elsewhere_are_in_no_path(home: Path) -> None:
    (home / "project" / ".postcheck.yaml").write_text("overrides: [{paths: '*', author: official}]", encoding="utf-8")
    found = configuration({})
    assert found.at("a.txt").author == "official"
    assert found.at(str(home / "a.txt")).author is None


def test_a_profile_goes_before_what_stands_beside_it_and_the_command_line_before_both(home: Path) -> None:
    (home / ".postcheck.yaml").write_text(
        "fail_on: error\nchannel: x\nprofiles: {ci: {fail_on: info, rules: house}}\n", encoding="utf-8"
    )
    found = configuration({"profile": "ci", "channel": "linkedin"})
    assert (found.settings.fail_on, found.settings.channel) == ("info", "linkedin")
    assert found.settings.rules == (str(home / "house"),)
    assert found.origins["fail_on"].endswith(".postcheck.yaml:3")
    assert configuration({}).settings.fail_on == "error"


def test_a_file_may_name_its_own_profile(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("profile: ci\nprofiles: {ci: {fail_on: info}}\n", encoding="utf-8")
    assert configuration({}).settings.fail_on == "info"


def test_a_profile_that_there_is_not_is_told_with_the_nearest(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("profile: c\nprofiles: {ci: {fail_on: info}}\n", encoding="utf-8")
    with pytest.raises(PostcheckError, match=r':1:1: there is no profile "c" \(did you mean "ci"\?\)'):
        configuration({})
    with pytest.raises(PostcheckError, match=r"there are: none"):
        configuration({"profile": "ci"}, start=home.parent)


def test_the_baseline_is_relative_to_the_file(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("baseline: b.json\n", encoding="utf-8")
    assert configuration({}).settings.baseline == str(home / "b.json")


def test_an_allowed_text_needs_a_reason(home: Path) -> None:
    (home / ".postcheck.yaml").write_text("allow: [{text: Joan, rules: phi}]\n", encoding="utf-8")
    with pytest.raises(PostcheckError, match='the key "reason" is missing'):
        configuration({})
