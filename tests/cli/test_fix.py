"""`postcheck fix`, run as its users run it."""

from pathlib import Path

from tests.cli.conftest import Run

POST = "Sorry you're sore. You should stop taking the letrozole this week.\r\n"
MENDED = "Sorry you're sore. I can't advise here, but your care team or askMDAnderson can.\r\n"


def test_the_changes_are_shown_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_bytes(POST.encode())
    done = run("fix", "post.txt", "--show-text")
    assert done.returncode == 0
    assert f"-{POST}".rstrip() in done.stdout
    assert f"+{MENDED}".rstrip() in done.stdout
    assert "--write" in done.stderr
    assert (tmp_path / "post.txt").read_bytes() == POST.encode()


def test_write_writes_and_shows_no_text_in_a_pipe(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_bytes(POST.encode())
    done = run("fix", "post.txt", "--write")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "post.txt").read_bytes() == MENDED.encode()
    assert [each.name for each in tmp_path.iterdir()] == ["post.txt"]


def test_without_a_terminal_nothing_is_shown_and_nothing_is_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(POST)
    done = run("fix", "post.txt")
    assert done.returncode == 2
    assert "letrozole" not in done.stdout + done.stderr


def test_what_needs_the_author_is_listed_and_ends_with_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("MD Anderson has free screening vans this Saturday!\n")
    done = run("fix", "post.txt", "--write")
    assert done.returncode == 1
    assert "post.txt:1:1 warning disclosure/resource" in done.stderr


def test_at_a_terminal_the_role_is_asked_for(at_terminal: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("MD Anderson has free screening vans this Saturday!\n")
    done = at_terminal("fix", "post.txt", "--write", typed="pharmacist\n")
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "post.txt").read_text().endswith("Saturday! I work at MD Anderson (pharmacist).\n")


def test_the_role_is_that_of_the_configuration_unless_the_command_says_another(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text("MD Anderson runs a free wig salon on Saturday, tell your friends.\n")
    (tmp_path / ".postcheck.yaml").write_text("role: pharmacist\n")
    assert "I work at MD Anderson (pharmacist)." in run("fix", "post.txt", "--show-text").stdout
    assert "I work at MD Anderson (nurse)." in run("fix", "post.txt", "--show-text", "--role", "nurse").stdout
