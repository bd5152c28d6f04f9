"""Safe drafts: what identifies a patient, replaced by what may be told.

Safe Harbor names what must go, and what may stay of it: the year of a date, the state of a
place, "90 or older" of an age (45 CFR 164.514(b)(2)(i)).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

import regex

from postcheck.checker import Checker
from postcheck.draft import Draft, SegmentKind, Span
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Finding, Severity
from postcheck.marks import CLOSE, OPEN, marked_expression
from postcheck.rule import Generalization, Rule

_ROUNDS = 12
_CONTEXT = 60
_MASK = "\N{BULLET}"
_NO_MARKS = str.maketrans({OPEN: " ", CLOSE: " "})


class Style(StrEnum):
    """What stands in place of an identifier: something general, the name of its kind, or dots."""

    GENERALIZE = "generalize"
    PLACEHOLDER = "placeholder"
    MASK = "mask"


def redacted(
    draft: Draft, checker: Checker, rules: Mapping[str, Rule], style: Style, reread: Callable[[Draft, str], Draft]
) -> str:
    """The text of `draft` without what the checker's rules find; `rules` holds them by their id.

    Each of them says what to write instead. The first look takes out all that is found, the next
    ones what only shows then, until no error is left. `reread` makes a draft of a text as its
    file would. Raises `PostcheckError` where the check fails, or where an error stays whatever
    is replaced.
    """
    found: list[Finding] = []
    for look in range(_ROUNDS):
        report = checker.check([draft])
        if not report.complete:
            raise PostcheckError(*report.diagnostics)
        found = [finding for finding in report.findings if not look or finding.severity is Severity.ERROR]
        if not found:
            return draft.text
        draft = reread(draft, _without(draft, found, rules, style))
    message = f"can't be made safe: {len(found)} identifiers stay whatever is replaced"
    raise PostcheckError(Problem(message, draft.path, hint="postcheck check shows them; mend them by hand"))


def _without(draft: Draft, found: Iterable[Finding], rules: Mapping[str, Rule], style: Style) -> str:
    """The text of `draft` with each finding replaced in the given style."""
    from presidio_anonymizer import AnonymizerEngine  # it imports the analyzer, and what detectors leave out of that
    from presidio_anonymizer.entities import ConflictResolutionStrategy, OperatorConfig, RecognizerResult

    results: list[RecognizerResult] = []
    operators: dict[str, OperatorConfig] = {}
    for number, finding in enumerate(found):
        name = f"{finding.rule} {number}"  # Presidio has one operator for a type: each finding is its own
        span, words = _instead(draft.text, finding, rules[finding.rule].generalize, style)
        written = words + tags_within(draft, span)
        results.append(RecognizerResult(name, span.start, span.end, 1.0))
        operators[name] = OperatorConfig("custom", {"lambda": lambda _, written=written: written})
    resolution = ConflictResolutionStrategy.REMOVE_INTERSECTIONS
    engine = AnonymizerEngine()  # type: ignore[no-untyped-call]
    safe: str = engine.anonymize(draft.text, results, operators, resolution).text
    return safe


def _instead(text: str, finding: Finding, ways: Sequence[Generalization], style: Style) -> tuple[Span, str]:
    """What to replace, and by what."""
    if style is Style.MASK:
        return finding.span, _MASK * len(finding.span)
    if style is Style.PLACEHOLDER:
        return finding.span, f"[{finding.rule.partition('/')[2].upper()}]"
    return generalized(text, finding.span, ways)


_TAG = regex.compile(r"</?[a-z][^>]*>", regex.IGNORECASE)


def tags_within(draft: Draft, span: Span) -> str:
    """The tags, and parts of tags, that a span covers. They stay where its words go, so that a page stays one."""
    first, last = (bisect_left(draft.segments, at, key=lambda each: each.span.start) for at in (span.start, span.end))
    covered = [segment for segment in draft.segments[first:last] if span.contains(segment.span)]
    cuts = [(segment.kind, segment.span.cut(draft.text)) for segment in covered]
    whole = {SegmentKind.BREAK, SegmentKind.SPACE}
    return "".join(cut for kind, cut in cuts if kind in whole or (kind is SegmentKind.MARKUP and _TAG.fullmatch(cut)))


def generalized(text: str, found: Span, ways: Sequence[Generalization]) -> tuple[Span, str]:
    """What to replace in `text` for what was found, and by which words; a capital stays one at the start of a sentence.

    Raises `ValueError` if none of `ways` fits.
    """
    around = Span(max(0, found.start - _CONTEXT), found.start), found, Span(found.end, found.end + _CONTEXT)
    before, inside, after = (span.cut(text).translate(_NO_MARKS) for span in around)
    marked = f"{before}{OPEN}{inside}{CLOSE}{after}"
    for way in ways:
        if not way.find:
            return found, _cased(way.write, text, found)
        match = marked_expression(way.find).search(marked)
        if match and match.start() <= len(before) and match.end() >= len(marked) - len(after):
            span = Span(
                found.start - (len(before) - match.start()), found.end + match.end() - (len(marked) - len(after))
            )
            return span, _cased(match.expand(way.write), text, span)
    raise ValueError("no generalization fits")


def _cased(words: str, text: str, span: Span) -> str:
    opens = _opens(text, span.start) and span.cut(text)[:1].isupper()
    return words[:1].upper() + words[1:] if opens else words


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at a place, be it after marks and blanks."""
    while at and text[at - 1] not in ".!?\n":
        at -= 1
        if not (text[at].isspace() or text[at] in "\"'(*>-"):
            return False
    return True
