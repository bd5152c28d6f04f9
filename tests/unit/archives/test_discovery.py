"""Which files are an archive."""

from pathlib import Path

from postcheck.archives.discovery import archive


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_a_folder_is_its_files_in_order_and_what_is_not_read_is_told(tmp_path: Path) -> None:
    made(tmp_path, "x/b.csv", "x/a.parquet", "x/y/c.JSONL", "x/_SUCCESS", "x/.a.crc", "x/_tmp/d.csv", "x/e.csv.gz")
    (tmp_path / "x" / ".gitignore").write_text("*.csv", encoding="utf-8")
    (tmp_path / "x" / "linked").symlink_to(tmp_path)
    found = archive([tmp_path / "x"])
    assert [str(file.relative_to(tmp_path)) for file in found.files] == ["x/a.parquet", "x/b.csv", "x/y/c.JSONL"]
    assert [file.name for file in found.others] == ["e.csv.gz", "linked"]
    assert not found.problems


def test_files_stand_in_the_order_in_which_they_are_named_each_once(tmp_path: Path) -> None:
    made(tmp_path, "b.csv", "a.csv")
    named = [tmp_path / "b.csv", tmp_path, tmp_path / "b.csv"]
    assert [file.name for file in archive(named).files] == ["b.csv", "a.csv"]


def test_what_is_no_archive_is_a_problem(tmp_path: Path) -> None:
    made(tmp_path, "empty/.hidden", "a.txt")
    found = archive([tmp_path / "empty", tmp_path / "a.txt", tmp_path / "gone.csv"])
    assert [problem.message for problem in found.problems] == [
        "holds no archive",
        "is no archive",
        "can't be read: No such file or directory",
    ]
