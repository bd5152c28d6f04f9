"""A page on each rule, in Markdown, for those who have to follow it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from postcheck.draft import Author
from postcheck.finding import Severity
from postcheck.kinds.combine import CombineRule
from postcheck.organization import Organization
from postcheck.packs import PackRule, Rulebook
from postcheck.reporters.gfm import literal
from postcheck.rule import Example

_LEADING = re.compile(r"^(\d*)([-+#.)])")
_SILENCED = {"none": "no", "reason": "for a reason, where it stands"}


def pages(book: Rulebook) -> Mapping[str, str]:
    """The pages on all rules and an index, by their path in the folder that is to hold them."""
    return {"README.md": index(book)} | {f"{rule.id}.md": page(rule, book.organization) for rule in book.rules}


def index(book: Rulebook) -> str:
    """All packs, each with a table of its rules."""

    def lines() -> Iterator[str]:
        yield f"# The rules for {escaped(book.organization.full_name)}"
        for pack in book.packs:
            yield f"\n## {pack.pack}\n\n{escaped(pack.about)}\n"
            yield "| Rule | Severity | |\n|---|---|---|"
            for rule in (each for each in book.rules if each.category == pack.pack):
                message = escaped(book.organization.fill(rule.rule.message))
                yield f"| [{rule.id}]({rule.id}.md) | {_severity(rule)} | {message} |"

    return "\n".join(lines()) + "\n"


def page(rule: PackRule, organization: Organization) -> str:
    """What a rule finds, why, what to write instead, and the examples that prove it."""
    said, fill = rule.rule, organization.fill

    def lines() -> Iterator[str]:
        yield f"# {rule.id}\n\n{escaped(fill(said.message))}\n"
        yield "| | |\n|---|---|"
        yield f"| Severity | {_severity(rule)} |"
        yield f"| Found by | {'a learned model' if said.learned else 'a rule'} |"
        yield f"| May be silenced | {_SILENCED[said.suppression]} |"
        if said.route:
            yield f"| Whom to turn to | {escaped(str(organization.offices[said.route]))} |"
        yield from (f"| Source | {escaped(citation)} |" for citation in said.citations)
        yield f"| Written in | {escaped('/'.join(Path(rule.path).resolve().parts[-2:]))} |"
        yield f"\n## Why\n\n{escaped(fill(said.why))}"
        if said.suggestion:
            yield f"\n## What to write instead\n\n{escaped(fill(said.suggestion))}"
        for title, examples in (("Flagged", said.examples.flagged), ("Fine", said.examples.clean)):
            yield f"\n## {title}\n"
            yield from (f"- {_example(each.filled(fill))}" for each in examples)

    return "\n".join(lines()) + "\n"


def _severity(rule: PackRule) -> str:
    """The severity of a rule, or all that its findings can have."""
    if isinstance(rule.rule, CombineRule):
        return " or ".join(each for each in Severity if getattr(rule.rule.thresholds, each))
    return rule.rule.severity


def _example(example: Example) -> str:
    """An example with what is found in bold, and what else is known of the draft."""
    known = {
        "in reply to": example.in_reply_to,
        "posted by": None if example.author is Author.EMPLOYEE else example.author,
        "channel": example.channel,
        "approval": example.approval,
        "authorization": example.authorization,
    }
    text = escaped(example.text).replace(r"\[\[", "<b>").replace(r"\]\]", "</b>")
    return "<br>".join((text, *(f"({name}: {escaped(value)})" for name, value in known.items() if value)))


def escaped(text: str) -> str:
    """Text as Markdown that shows just that, in a single line."""
    return _LEADING.sub(r"\1\\\2", "<br>".join(literal(line.strip()) for line in text.splitlines()))
