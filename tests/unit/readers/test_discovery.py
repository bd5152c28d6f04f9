import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postcheck.errors import PostcheckError
from postcheck.readers import READERS
from postcheck.readers.discovery import discover


@pytest.fixture(autouse=True)
def _git_without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Hi", encoding="utf-8")


def ignore(folder: Path, *patterns: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("\n".join(patterns), encoding="utf-8", newline="")


def init(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def names(folder: Path, *paths: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in discover(paths or [folder])]


def unignored(folder: Path) -> list[str]:
    """The drafts that git itself would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard"], cwd=folder, check=True, capture_output=True
    )
    paths = [Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name]
    return [p.as_posix() for p in sorted(paths) if p.suffix.lower() in READERS]


def test_folders_give_known_suffixes_sorted_and_named_files_are_always_taken(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a.TXT", "c/d.jsonl", "c/e.pdf", "c/f.docx", "c/~$f.docx", "README")
    write(tmp_path, ".hidden/x.md", ".git/y.txt")
    assert names(tmp_path) == ["a.TXT", "b.md", "c/d.jsonl", "c/f.docx"]
    named = [tmp_path / name for name in ("README", "c/e.pdf", "c/~$f.docx", ".hidden/x.md", "b.md")]
    assert names(tmp_path, *named) == [".hidden/x.md", "README", "b.md", "c/e.pdf", "c/~$f.docx"]


def test_a_named_hidden_folder_is_searched(tmp_path: Path) -> None:
    write(tmp_path, ".drafts/a.md")
    assert names(tmp_path, tmp_path / ".drafts") == [".drafts/a.md"]


def test_a_file_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.md", "b/c.md")
    monkeypatch.chdir(tmp_path)
    found = discover([Path(), Path("a.md"), Path("b/../a.md"), tmp_path / "b", Path("b")])
    assert found == (Path("a.md"), Path("b/c.md"))


def test_a_folder_without_drafts_gives_nothing(tmp_path: Path) -> None:
    assert discover([tmp_path]) == ()


def test_linked_folders_are_not_entered_and_linked_files_are_taken(tmp_path: Path) -> None:
    write(tmp_path, "posts/a.md", "elsewhere.md", "other/b.md")
    (tmp_path / "posts" / "loop").symlink_to(tmp_path / "posts")
    (tmp_path / "posts" / "other").symlink_to(tmp_path / "other")
    (tmp_path / "posts" / "linked.md").symlink_to(tmp_path / "elsewhere.md")
    (tmp_path / "posts" / "gone.md").symlink_to(tmp_path / "gone.md")
    assert names(tmp_path, tmp_path / "posts") == ["posts/a.md", "posts/linked.md"]
    (tmp_path / "link").symlink_to(tmp_path / "other")
    assert names(tmp_path, tmp_path / "link") == ["link/b.md"]


def test_missing_paths_are_all_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    missing = [tmp_path / "x.md", tmp_path / "a.md" / "y.md"]
    with pytest.raises(PostcheckError) as caught:
        discover([tmp_path, *missing])
    assert [problem.path for problem in caught.value.problems] == [str(path) for path in missing]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read every folder")
def test_a_folder_that_cannot_be_read_stops_the_search(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "shut/b.md")
    (tmp_path / "shut").chmod(0)
    try:
        with pytest.raises(PostcheckError) as caught:
            discover([tmp_path])
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert caught.value.problems[0].path == str(tmp_path / "shut")


def test_gitignore_files_hold_as_in_git(tmp_path: Path) -> None:
    root = init(tmp_path / "repo")
    write(root, "a.md", "old.md", "build/a.md", "build/keep.md", "c/old.md", "c/new.md", "c/d/x.md", "c/d/y.txt")
    write(root, "tmp/é.md", "logs/a.txt", "logs/b.md", "sp ace/a.md", "#x.md", "!y.md")
    ignore(root, "# a note", "old.md\r", "build/", "!build/keep.md", "/logs/*", "!logs/b.md", "tmp/**/*.md", r"\#x.md")
    ignore(root / "c", "!old.md", "/d/*.md", "sp*", "[", "!", "\\")
    assert names(root) == unignored(root)
    assert names(root) == ["!y.md", "a.md", "c/d/y.txt", "c/new.md", "c/old.md", "logs/b.md", "sp ace/a.md"]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["*", "!*/", "!*.md"], ["a/b/x.md", "a/x.md", "x.md"]),
        (["*", "!a/", "!a/*.md"], ["a/x.md"]),
        (["a/**", "!a/x.md"], ["a/x.md", "x.md", "y.txt"]),
        (["/*", "!/a", "/a/*", "!/a/b"], ["a/b/x.md", "a/b/y.txt"]),
        (["a/", "!x.md"], ["x.md", "y.txt"]),
        (["!*", "a"], ["x.md", "y.txt"]),
        (["**/b", "*.txt"], ["a/x.md", "x.md"]),
    ],
)
def test_common_ways_to_allow_only_some_files_hold_as_in_git(
    tmp_path: Path, patterns: list[str], left: list[str]
) -> None:
    root = init(tmp_path / "repo")
    write(root, *(f"{folder}{name}" for folder in ("", "a/", "a/b/") for name in ("x.md", "y.txt")))
    ignore(root, *patterns)
    assert names(root) == unignored(root) == left


def test_gitignore_files_above_the_folder_count_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    ignore(tmp_path, "*.md")
    root = init(tmp_path / "repo")
    ignore(root, "posts/2023/*.txt")
    ignore(root / "posts", "*.jsonl")
    write(root, "posts/2023/a.txt", "posts/2023/a.jsonl", "posts/2023/a.md")
    assert names(root, root / "posts" / "2023") == ["posts/2023/a.md"]


def test_outside_a_repository_only_the_folder_and_those_below_count(tmp_path: Path) -> None:
    ignore(tmp_path, "*.md")
    ignore(tmp_path / "posts", "*.txt")
    write(tmp_path, "posts/a.md", "posts/b.txt")
    assert names(tmp_path, tmp_path / "posts") == ["posts/a.md"]


def test_a_named_folder_that_git_ignores_was_named_on_purpose(tmp_path: Path) -> None:
    root = init(tmp_path / "repo")
    ignore(root, "private/")
    write(root, "private/a.md", "private/b/c.md", "d.md")
    ignore(root / "private", "c.md")
    assert names(root) == ["d.md"]
    assert names(root, root / "private") == ["private/a.md"]
    assert names(root, root / "private" / "b") == ["private/b/c.md"]


NAMES = st.sampled_from(["a", "b", "ab", "a.md", "b.md", "ab.txt"])
PARTS = st.sampled_from(["a", "b", "ab", "a.md", "*", "**", "?", "[ab]", "[!a]*", "a*", "*b", "*.md", "*.txt"])
PATTERN = st.builds(
    lambda negated, start, parts, end: negated + start + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=8),
    outer=st.lists(PATTERN, max_size=4),
    inner=st.lists(PATTERN, max_size=3),
)
def test_any_patterns_ignore_what_git_ignores(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[str]], outer: list[str], inner: list[str]
) -> None:
    root = init(tmp_path_factory.mktemp("repo"))
    for *folders, name in files:
        folder = root.joinpath(*(part.replace(".", "_") for part in folders))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / (name if "." in name else f"{name}.md")).touch()
    ignore(root, *outer)
    ignore(root / "a", *inner)
    assert names(root) == unignored(root)
