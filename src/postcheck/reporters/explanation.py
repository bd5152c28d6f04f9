"""What is said of drafts, findings and problems: in plain words, and none of them a draft's own."""

from collections.abc import Iterable, Iterator, Sequence

from postcheck.draft import Author, Draft
from postcheck.errors import Problem
from postcheck.finding import Finding, Suppressed
from postcheck.reporters.place import in_words, source


def flowing(text: str) -> str:
    """A paragraph on one line, however a rule pack breaks it."""
    return " ".join(text.split())


def draft_title(draft: Draft) -> str:
    """What to open to find the draft, and where it is to be posted."""
    about = ["official account"] if draft.author is Author.OFFICIAL else []
    about += [draft.channel] if draft.channel else []
    return source(draft) + (f" ({', '.join(about)})" if about else "")


def alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings in groups of those that say the same and are explained once, each where its first one stood."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    for finding in findings:
        saying = finding.rule, finding.severity, finding.message, finding.why, finding.suggestion, finding.route
        groups.setdefault(saying, []).append(finding)
    return [*groups.values()]


def explanation(group: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """What there is to say of findings that are alike beyond their message, each part with its label."""
    finding = group[0]
    parts = [
        ("Why", finding.why),
        ("Instead", finding.suggestion),
        ("Turn to", finding.route or ""),
        ("Signs", ", ".join(dict.fromkeys(reason for each in group for reason in each.reasons))),
        ("Source", "; ".join(finding.citations)),
    ]
    return ((label, flowing(text)) for label, text in parts if text)


def statement(draft: Draft, finding: Finding) -> str:
    """The message. Where the draft is a part of its file, its place in words too, since there are no columns then."""
    message = flowing(finding.message)
    return message if draft.record is None else f"{message} ({source(draft)}, {in_words(draft, finding.span)})"


def in_full(draft: Draft, finding: Finding) -> Iterator[str]:
    """The statement and its explanation, a line each."""
    yield statement(draft, finding)
    for label, text in explanation([finding]):
        yield f"{label}: {text}"


def with_hint(problem: Problem) -> str:
    """What is wrong, and the way out."""
    message = flowing(problem.message)
    return f"{message} ({flowing(problem.hint)})" if problem.hint else message


def problem_source(problem: Problem) -> str:
    """What to open to mend the problem, as far as it is known."""
    parts = (("line", problem.line), ("column", problem.column))
    place = [problem.path or "postcheck", *(f"{name} {number}" for name, number in parts if number is not None)]
    return ", ".join(place)


def suppression_source(suppressed: Suppressed) -> str:
    """What silences a finding, and where that is written. The reason is read there."""
    line = None if suppressed.line is None else f"line {suppressed.line}"
    return ", ".join(part for part in (suppressed.by.value, suppressed.path, line) if part is not None)
