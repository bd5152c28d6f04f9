"""What configuration makes of the rules: which of them count for a file, and how grave their findings are."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from postcheck.config import Configuration
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Severity
from postcheck.packs import PackRule, Rulebook
from postcheck.yaml_source import YamlPath, did_you_mean


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that are ignored, and the severities that replace their own; both name rules or packs."""

    ignored: Collection[str] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from another policy."""
        return sorted(self.ignored), sorted(self.severities.items())

    def ignores(self, rule: PackRule) -> bool:
        """Whether the rule doesn't count."""
        return rule.id in self.ignored or rule.category in self.ignored

    def severity(self, rule: PackRule) -> Severity | None:
        """The severity of the rule's findings, if it isn't the rule's own."""
        return self.severities.get(rule.id, self.severities.get(rule.category))


Policies = Callable[[str], Policy]
"""The policy for the file of a path."""


def policies(configured: Configuration, book: Rulebook) -> Policies:
    """The policy for each file. Raises `PostcheckError` for a rule or a pack that there is not."""
    problems = [*_unknown(configured, book)]
    if problems:
        raise PostcheckError(*problems)

    @cache
    def at(path: str) -> Policy:
        settings = configured.at(path)
        return Policy(frozenset(settings.ignore), settings.severity)

    return at


def _unknown(configured: Configuration, book: Rulebook) -> Iterator[Problem]:
    settings = configured.settings
    named: list[tuple[YamlPath, Collection[str]]] = [(("severity",), settings.severity)]
    for number, override in enumerate(settings.overrides):
        named.append((("overrides", number, "ignore"), override.ignore))
        named.append((("overrides", number, "severity"), override.severity))
    named += [(("allow", number, "rules"), entry.rules) for number, entry in enumerate(settings.allow)]
    for at, names in named:
        for name in names:
            if name not in book.names:
                hint = did_you_mean(name, {*book.names})
                yield configured.problem((*at, name), f'there is no rule or pack "{name}"', hint)
