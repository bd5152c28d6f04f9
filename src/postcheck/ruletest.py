"""The examples of rules, run through the real engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postcheck.checker import Checker, Judgement
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Severity
from postcheck.packs import PackRule, Rulebook
from postcheck.rule import Example


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """One example: whose it is, whether it is to be flagged, and what went wrong, if anything."""

    rule: PackRule
    flagged: bool
    example: Example
    problem: Problem | None


def run_examples(book: Rulebook, rules: Sequence[PackRule], learned: bool = True) -> Iterator[ExampleRun]:
    """Run the examples of `rules`.

    A flagged example must be found by its rule, at exactly the marked spans if it has marks. A
    clean example must not be found by its rule nor, with a warning or an error, by any other.
    Without `learned`, the rules that ask a learned model are left out.
    Raises `PostcheckError` where a detector or a rule fails.
    """
    fill = book.organization.fill
    checker = Checker(book, learned=learned)
    rules = [rule for rule in rules if rule in checker.rules]
    cases = [(rule, True, example.filled(fill)) for rule in rules for example in rule.rule.examples.flagged]
    cases += [(rule, False, example.filled(fill)) for rule in rules for example in rule.rule.examples.clean]
    judgements = checker.judge(example.draft() for _, _, example in cases)
    for (rule, flagged, example), judgement in zip(cases, judgements, strict=True):
        if judgement.problems:
            raise PostcheckError(*judgement.problems)
        message = _missed(rule, example, judgement) if flagged else _alarmed(rule, judgement)
        problem = Problem(f"{rule.id}: {message}: {_start(example)}", rule.path, rule.line) if message else None
        yield ExampleRun(rule, flagged, example, problem)


def _missed(rule: PackRule, example: Example, judgement: Judgement) -> str | None:
    found = {finding.span for finding in judgement.findings if finding.rule == rule.id}
    marked = {*example.marked()}
    if not found:
        return "doesn't flag its example"
    if marked and marked != found:
        places = ", ".join(f'"{span.cut(example.draft().text)}"' for span in sorted(found))
        return f"flags other words than the example marks, {places}"
    return None


def _alarmed(rule: PackRule, judgement: Judgement) -> str | None:
    grave = [f.rule for f in judgement.findings if f.rule == rule.id or f.severity is not Severity.INFO]
    return f"its clean example is flagged by {', '.join(dict.fromkeys(grave))}" if grave else None


def _start(example: Example) -> str:
    text = " ".join(example.text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
