"""From a part of an archive to the rows of the findings in it."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from postcheck.archives import FORMATS
from postcheck.archives.findings import Audited, Row, finding_row, problem_row, table
from postcheck.archives.part import Part
from postcheck.checker import Checker
from postcheck.draft import Draft
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Report
from postcheck.readers import too_long
from postcheck.readers.columns import Columns
from postcheck.readers.metadata import Metadata

_FRESH = 100
"""A checker judges so many parts; then another is loaded, since the vocabulary of spaCy grows with each new word."""


class Auditor:
    """Judges parts of an archive. `defaults` tells what holds for the posts of a file that don't say so themselves.

    Nothing that goes wrong with a post stops it: what can't be read or judged is a row that says so. Raises
    `PostcheckError` if `load` can't load a checker.
    """

    def __init__(self, load: Callable[[], Checker], defaults: Callable[[str], Metadata], columns: Columns) -> None:
        self._load = load
        self._checker = load()
        self._judged_parts = 0
        self._defaults = defaults
        self._columns = columns

    def __call__(self, part: Part) -> Audited:
        if self._judged_parts == _FRESH:
            del self._checker
            gc.collect()
            self._checker, self._judged_parts = self._load(), 0
        self._judged_parts += 1
        posts = [*part.problems, *self._read(part)]
        refused = {id(post): [*too_long(post)] for post in posts if isinstance(post, Draft)}
        drafts = [post for post in posts if isinstance(post, Draft) and not refused[id(post)]]
        judged = self._judged(drafts)
        rows: list[Row] = []
        for post in posts:
            if isinstance(post, Problem):
                rows.append(problem_row(post, part.path))
            elif problems := refused[id(post)]:
                rows += [problem_row(problem, post.path, post) for problem in problems]
            else:
                rows += next(judged)
        return Audited(len(drafts), table(rows))

    def _read(self, part: Part) -> Iterator[Draft | Problem]:
        if not part.rows:
            return
        try:
            read = FORMATS[Path(part.path).suffix.lower()].read
            yield from read(part, self._defaults(part.path), self._columns)
        except PostcheckError as error:
            yield from error.problems
        except Exception as error:  # its message may quote a post: only the type is told
            last = part.first + part.rows - 1
            message = f"the rows {part.first} to {last} can't be read whole ({type(error).__name__})"
            yield Problem(message, part.path, part.first)

    def _judged(self, drafts: Sequence[Draft]) -> Iterator[list[Row]]:
        """The rows of each draft. Where something fails, each is judged by itself, to tell which it is."""
        report = self._checked(drafts)
        if report.complete or len(drafts) == 1:
            yield from _rows(drafts, report)
        else:
            for draft in drafts:
                yield from _rows([draft], self._checked([draft]))

    def _checked(self, drafts: Sequence[Draft]) -> Report:
        try:
            return self._checker.check(drafts)
        except Exception as error:  # its message may quote a post: only the type is told
            return Report(diagnostics=(Problem(f"can't be checked ({type(error).__name__})"),))


def _rows(drafts: Sequence[Draft], report: Report) -> Iterable[list[Row]]:
    """The rows of each draft, by place. What a report says of no draft in particular is said of the last."""
    rows: list[list[Row]] = [[] for _ in drafts]
    for finding in report.findings:
        rows[finding.draft].append(finding_row(drafts[finding.draft], finding))
    for each in report.suppressed:
        at = each.finding.draft
        rows[at].append(finding_row(drafts[at], each.finding, each.by))
    for of_draft in rows:
        of_draft.sort(key=lambda row: (row["start"], row["end"], row["severity"].rank, row["rule"]))
    for problem in report.diagnostics:
        rows[-1].append(problem_row(problem, drafts[-1].path, drafts[-1]))
    return rows
