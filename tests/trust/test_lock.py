"""What is installed for development is locked, and the lock is that of pyproject.toml."""

import tomllib
from collections import defaultdict

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from trust.lock import LOCK, releases

ROOT = LOCK.parent
TEXT = LOCK.read_text(encoding="utf-8")


def asked() -> list[Requirement]:
    """All that pyproject.toml asks for, for users and for development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["dependency-groups"].values(),
    ]
    return [Requirement(each) for names in lists for each in names if isinstance(each, str)]


def test_the_lock_holds_nothing_but_releases_with_their_hashes() -> None:
    assert all(each.sha256 for each in releases(TEXT))
    assert "://" not in TEXT


@pytest.mark.parametrize(
    "line", ["-e .", "ruff==1.0", "ruff>=1 \\\n    --hash=sha256:" + "0" * 64, "--index-url https://x"]
)
def test_anything_else_in_a_lock_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no release with its hashes"):
        list(releases(f"{TEXT}{line}\n"))


def test_the_lock_is_of_what_pyproject_asks_for_and_within_its_ranges() -> None:
    locked = defaultdict(list)
    for each in releases(TEXT):
        locked[each.name].append(each)
    names = {str(canonicalize_name(each.name)) for each in asked()}
    assert {name for name, found in locked.items() if any(each.asked for each in found)} == names, "run make lock"
    outside = [
        f"{each} but {found.version}"
        for each in asked()
        for found in locked[canonicalize_name(each.name)]
        if not each.specifier.contains(found.version)
    ]
    assert not outside, "run make lock"
