"""What a check comes to, in plain words. It never says that a post may be posted."""

from collections.abc import Iterator, Sequence

from postcheck.finding import Report, Severity

WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "reminder"}
"""What people call a finding of each severity."""

HIDDEN = "The text of drafts is hidden here; --show-text shows it."

_NOT_COMPLETE = "the check was NOT complete"


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def found(report: Report) -> str:
    """How many findings there are of each severity, as `2 errors and 1 warning`; nothing where there are none."""
    return listed([counted(number, WORDS[severity]) for severity, number in report.counts().items() if number])


def outcome(report: Report) -> str:
    """How much was found in how many drafts, in one sentence."""
    if not report.drafts:
        return "No draft was checked." if report.complete else f"No draft was checked: {_NOT_COMPLETE}."
    concerned = len({finding.draft for finding in report.findings})
    drafts = counted(len(report.drafts), "draft")
    place = drafts if concerned in {0, len(report.drafts)} else f"{concerned} of {drafts}"
    sentence = f"{found(report) or 'No findings'} in {place}"
    if report.suppressed:
        sentence += f" ({counted(len(report.suppressed), 'finding')} suppressed)"
    if report.unused:
        sentence += f", {counted(len(report.unused), 'suppression')} that can go"
    if report.complete:
        return f"{sentence}."
    return f"{sentence}, {'and' if report.findings else 'but'} {_NOT_COMPLETE}."


def next_steps(report: Report) -> Iterator[str]:
    """What to do now, a sentence each."""
    if not report.complete:
        yield f"Mend the {_these(len(report.diagnostics), 'problem')} and check again."
    for severity, number in report.counts().items():
        these = _these(number, WORDS[severity])
        if number:
            yield {
                Severity.ERROR: f"Fix the {these} before you post.",
                Severity.WARNING: f"Look again at the {these}.",
                Severity.INFO: f"Bear the {these} in mind.",
            }[severity]


def reservation(report: Report) -> str:
    """Whose responsibility the post is, whatever was found."""
    doubt = "postcheck can't see everything" if report.findings else "No findings is not proof"
    return f"{doubt}: you remain responsible for what you post."


def _these(number: int, noun: str) -> str:
    return noun if number == 1 else counted(number, noun)
