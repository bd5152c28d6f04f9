"""What is kept between runs changes nothing but how long they take."""

from pathlib import Path

from tests.cli.conftest import Run

DRAFT = "Our patient Maria Lopez rang the bell on March 9."


def test_a_check_from_the_cache_says_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT)
    said = [run("draft.txt", "--format", "json", *more) for more in (["--no-cache"], [], [])]
    assert len({(each.returncode, each.stdout, each.stderr) for each in said}) == 1
    assert said[0].returncode == 1


def test_what_hasnt_changed_needs_no_model(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT)
    assert run("draft.txt").returncode == 1
    assert "detection" not in run("draft.txt", "--timings").stderr
    assert "detection" in run("draft.txt", "--timings", "--no-cache").stderr


def test_a_suppression_counts_for_what_is_kept_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT)
    assert run("draft.txt").returncode == 1
    found = run("draft.txt", "--ignore", "phi", "--ignore", "patient-story", "--ignore", "disclosure")
    assert found.returncode == 0, found.stdout


def test_what_is_cleared_is_gone(run: Run, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT)
    run("draft.txt")
    done = run("cache", "clear")
    assert (done.returncode, done.stdout) == (0, f"Cleared {cache / 'postcheck'}\n")
    assert not [*(cache / "postcheck").rglob("*.sqlite"), *(cache / "postcheck").glob("rules/*")]
    assert "detection" in run("draft.txt", "--timings").stderr


def test_several_jobs_say_what_one_says(run: Run, tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    for number in range(140):
        (posts / f"{number}.txt").write_text(f"{DRAFT} Day {number}.")
    said = [
        run("posts", "--format", "json", "--no-cache", "--no-model", *more).stdout for more in ([], ["--jobs", "2"])
    ]
    assert said[0] == said[1]
