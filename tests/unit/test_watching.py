"""When a watch is told that something was written."""

from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import watchfiles

from postcheck.watching import Places, stirrings


def test_a_folder_that_comes_just_before_watching_begins_is_watched_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, late = tmp_path / "own", tmp_path / "late"
    begin = watchfiles.watch

    def begun(*paths: Path, **how: Any) -> Any:
        folder.mkdir(exist_ok=True)
        return begin(*paths, **how)

    monkeypatch.setattr(watchfiles, "watch", begun)
    told = stirrings(lambda: Places(frozenset({late}), frozenset({folder})))
    timer = Timer(20, late.touch)  # what would be told if nothing else were
    timer.start()
    next(told)
    next(told)  # the folder is watched from here on
    (folder / "cats.yaml").touch()
    next(told)
    timer.cancel()
    assert not late.exists()
