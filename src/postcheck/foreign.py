"""What rules that don't come with postcheck may not do: they are data that others wrote.

They can't take more time than a text is long, and they can't keep the rules of other packs from
finding something, unless the configuration says that they may.
"""

from collections.abc import Collection, Iterator

from postcheck.errors import Problem
from postcheck.lexicon import Lexicon
from postcheck.ruleexpressions import runaways, written
from postcheck.rulefiles import RuleFiles
from postcheck.yaml_source import YamlPath, YamlSource

SILENCING = frozenset({"THING", "REGION", "ORGANIZATION"})
"""The kinds of entities for whose sake `postcheck.detectors.resolve` drops a person or a place."""


def too_slow(files: RuleFiles, lexicon: Lexicon) -> Iterator[Problem]:
    """The expressions of others whose time may grow faster than a text."""
    others = files.of_others()
    return runaways(each for each in written(files, lexicon) if each.source.path in others)


def silencing(files: RuleFiles, allowed: Collection[str]) -> Iterator[Problem]:
    """What keeps other packs' rules from finding something, in files whose origin isn't one of those allowed."""
    others = files.of_others()
    for source, at, what in _silencing(files):
        if source.path in others and others[source.path] not in allowed:
            message = f"{what}, which keeps the rules of other packs from finding something"
            hint = f'leave it out, or say "may_silence: {others[source.path]}" in the configuration'
            yield source.problem(at, message, hint)


def _silencing(files: RuleFiles) -> Iterator[tuple[YamlSource, YamlPath, str]]:
    """Each such thing, and where it's written."""
    for file in files.recognizers:
        for number, name in enumerate(file.content.no_names):
            yield file.source, ("no_names", number), f'this says that nothing in the list "{name}" is a name'
    for source, recognizers in files.all_recognizers():
        for number, recognizer in enumerate(recognizers):
            if recognizer.supported_entity in SILENCING:
                yield source, ("recognizers", number), f"this recognizes {recognizer.supported_entity}"
