"""Every regular expression of files of rules, as drafts are searched for it, with the place where it's written."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from postcheck.condition import Condition
from postcheck.errors import Problem
from postcheck.expressions import Compiled, runaway
from postcheck.lexicon import Lexicon, compiled
from postcheck.marks import marked_expression
from postcheck.rulefiles import RuleFiles
from postcheck.template import parse
from postcheck.tokenpattern import expressions as token_expressions
from postcheck.yaml_source import YamlPath, YamlSource

_ENTRIES = ("x", "x y", "x-y")
"""What stands for the entries of a term list that a text happens to hold."""


@dataclass(frozen=True, slots=True)
class Written:
    """An expression, where it's written, and what of it a draft is searched for."""

    source: YamlSource
    at: YamlPath
    patterns: tuple[Compiled, ...]


def written(files: RuleFiles, lexicon: Lexicon) -> Iterator[Written]:
    """The expressions of rules, signals, term lists and recognizers, in the order of the files.

    `lexicon` is what the files make together.
    """
    for file in files.packs:
        for name, signal in file.content.signals.items():
            yield from _of_condition(signal, ("signals", name), file.source, lexicon)
        for index, rule in enumerate(file.content.rules):
            at = ("rules", index)
            yield from _of_regex(getattr(rule, "regex", ()), (*at, "regex"), file.source, lexicon)
            for inner, template in rule.templates():
                yield _of_phrase(template, (*at, *inner), file.source, lexicon)
            for inner, condition in rule.conditions():
                yield from _of_condition(condition, (*at, *inner), file.source, lexicon)
            for number, way in enumerate(rule.generalize):
                if way.find:
                    yield Written(file.source, (*at, "generalize", number, "find"), (marked_expression(way.find),))
    for source, name, terms in files.term_lists():
        for number, pattern in enumerate(terms.patterns):
            searched = (compiled(pattern), compiled(rf"(?<!\w)(?:{pattern})(?!\w)"))
            yield Written(source, ("terms", name, "patterns", number), searched)
    for source, recognizers in files.all_recognizers():
        for index, recognizer in enumerate(recognizers):
            for number, each in enumerate(recognizer.patterns):
                yield Written(source, ("recognizers", index, "patterns", number, "regex"), (each.compiled(),))


def runaways(expressions: Iterable[Written]) -> Iterator[Problem]:
    """Those of the expressions whose time may grow faster than the text."""
    for expression in expressions:
        for found in filter(None, map(runaway, expression.patterns)):
            shown = f", as on a text of many {found.pump!r}" if found.pump else ""
            message = f"the time that this expression takes may grow faster than the text{shown}: {found.reason}"
            yield expression.source.problem(expression.at, message, "say how often a part may be repeated: {1,40}")
            break


def _of_condition(condition: Condition, at: YamlPath, source: YamlSource, lexicon: Lexicon) -> Iterator[Written]:
    for inner, part in condition.parts():
        yield from _of_regex(part.regex, (*at, *inner, "regex"), source, lexicon)
        for expression in token_expressions(part.tokens):
            yield Written(source, (*at, *inner), (re.compile(expression),))
        for number, template in enumerate(part.phrase):
            yield _of_phrase(template, (*at, *inner, "phrase", number), source, lexicon)


def _of_regex(expressions: Iterable[str], at: YamlPath, source: YamlSource, lexicon: Lexicon) -> Iterator[Written]:
    for number, expression in enumerate(expressions):
        yield Written(source, (*at, number), (_filled(lexicon.expression(expression).source, lexicon),))


def _of_phrase(template: str, at: YamlPath, source: YamlSource, lexicon: Lexicon) -> Written:
    return Written(source, at, (_filled(parse(template).pattern, lexicon),))


def _filled(source: Callable[[Callable[[str], str]], str], lexicon: Lexicon) -> Compiled:
    """An expression with something for the entries of each list that it names."""
    return compiled(source(lambda name: f"(?:{'|'.join((*_ENTRIES, *map('(?:{})'.format, lexicon.patterns(name))))})"))
