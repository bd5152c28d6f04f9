"""What the page is told of drafts that couldn't be checked."""

from typing import Any

from postcheck.checker import Checker
from postcheck.errors import PostcheckError, Problem
from postcheck.packs import Rulebook
from postcheck.page.reviewing import Defaults, Reviewer, Writing


def failing(*asked: Any) -> Any:
    raise PostcheckError(Problem("the model is gone", hint="install it again"))


def test_a_check_that_isnt_whole_is_never_told_as_no_findings(book: Rulebook) -> None:
    checker = Checker(book, load=failing)
    said = Reviewer(checker, failing, book, Defaults()).check(Writing(text="Cake for all!"))
    assert said["complete"] is False
    assert "NOT complete" in said["outcome"]
    assert said["problems"] == ["the model is gone (install it again)"]
