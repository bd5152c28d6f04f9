"""What only shows when all packs are loaded: names that mean nothing, expressions that don't compile."""

from collections.abc import Iterable, Iterator

from postcheck.condition import Condition
from postcheck.errors import Problem
from postcheck.evaluation import NEGATION, Vocabulary
from postcheck.lexicon import Lexicon, compiled
from postcheck.organization import Organization
from postcheck.pack import Pack
from postcheck.rulefiles import RuleFiles
from postcheck.template import TemplateError, parse
from postcheck.tokenpattern import ATTRIBUTES
from postcheck.tokenpattern import expression_problem as token_expression_problem
from postcheck.tokenpattern import expressions as token_expressions
from postcheck.yaml_source import YamlPath, YamlSource, did_you_mean


def file_problems(files: RuleFiles, vocabulary: Vocabulary) -> Iterator[Problem]:
    """All that is wrong with the files, taken together. `vocabulary` is what they say."""
    yield from _list_problems(files, vocabulary.lexicon)
    yield from _name_problems(files, vocabulary.lexicon)
    yield from _recognizer_problems(files)
    for file in files.packs:
        yield from _pack_problems(file.source, file.content, vocabulary.of(file.content.pack), files.profile.content)


def _list_problems(files: RuleFiles, lexicon: Lexicon) -> Iterator[Problem]:
    homes: dict[str, YamlSource] = {}
    for source, name, _ in files.term_lists():
        if name in homes:
            yield source.problem(("terms", name), f'there are two term lists "{name}"')
        homes[name] = source
    for entry, message in lexicon.problems():
        yield homes[entry[0]].problem(("terms", *entry), message)


def _name_problems(files: RuleFiles, lexicon: Lexicon) -> Iterator[Problem]:
    names = [file.content.pack for file in files.packs]
    for pack in files.packs:
        if names.count(pack.content.pack) > 1:
            yield pack.source.problem(("pack",), f'there are two packs "{pack.content.pack}"')
    for file in files.recognizers:
        for index, name in enumerate(file.content.no_names):
            if name not in lexicon.lists:
                yield file.source.problem(("no_names", index), f'there is no term list "{name}"')


def _recognizer_problems(files: RuleFiles) -> Iterator[Problem]:
    for source, recognizers in files.all_recognizers():
        for index, recognizer in enumerate(recognizers):
            for number, pattern in enumerate(recognizer.patterns):
                if message := pattern.problem():
                    yield source.problem(("recognizers", index, "patterns", number, "regex"), message)


def _pack_problems(
    source: YamlSource, pack: Pack, vocabulary: Vocabulary, organization: Organization
) -> Iterator[Problem]:
    if pack.fix:
        yield from (source.problem(("fix",), m) for m in _placeholder_problems(pack.fix.words, organization))
    conditions: list[tuple[YamlPath, Condition]] = []
    conditions += [(("signals", name), signal) for name, signal in pack.signals.items()]
    for index, rule in enumerate(pack.rules):
        at: YamlPath = ("rules", index)
        conditions += [((*at, *path), condition) for path, condition in rule.conditions()]
        for path, template in rule.templates():
            yield from (source.problem((*at, *path), message) for message in _template_problems(template, vocabulary))
        for index_, name in enumerate(getattr(rule, "terms", ())):
            if name not in vocabulary.lexicon.lists:
                yield source.problem((*at, "terms", index_), *_unknown("term list", name, vocabulary.lexicon.lists))
        for index_, expression in enumerate(getattr(rule, "regex", ())):
            yield from (source.problem((*at, "regex", index_), m) for m in _regex_problems(expression, vocabulary))
        for index_, way in enumerate(rule.generalize):
            if message := vocabulary.lexicon.expression_problem(way.find):
                yield source.problem((*at, "generalize", index_), message)
        if rule.route is not None and rule.route not in organization.offices:
            yield source.problem((*at, "route"), *_unknown("office", rule.route, organization.offices))
        said: dict[YamlPath, str] = {(key,): getattr(rule, key) for key in ("message", "why", "suggestion")}
        if rule.fix:
            said["fix",] = rule.fix.words
        for key in ("flagged", "clean"):
            for index_, example in enumerate(getattr(rule.examples, key)):
                said[("examples", key, index_)] = f"{example.text} {example.in_reply_to}"
        for path, text in said.items():
            yield from (source.problem((*at, *path), message) for message in _placeholder_problems(text, organization))
        for index_, example in enumerate(rule.examples.flagged):
            if example.text.count("[[") != example.text.count("]]"):
                yield source.problem((*at, "examples", "flagged", index_), 'a "[[" without "]]" in an example')
    for path, condition in conditions:
        for inner, part in condition.parts():
            yield from _condition_problems(source, (*path, *inner), part, vocabulary)


def _condition_problems(source: YamlSource, at: YamlPath, part: Condition, vocabulary: Vocabulary) -> Iterator[Problem]:
    lexicon = vocabulary.lexicon
    for name in (*part.term, *((NEGATION,) if part.negated else ())):
        if name not in lexicon.lists:
            yield source.problem((*at, "term"), *_unknown("term list", name, lexicon.lists))
    for template in part.phrase:
        yield from (source.problem((*at, "phrase"), message) for message in _template_problems(template, vocabulary))
    for expression in part.regex:
        yield from (source.problem((*at, "regex"), message) for message in _regex_problems(expression, vocabulary))
    if part.signal is not None:
        names = _signals_inside(part.signal, vocabulary)
        if names is None:
            known = {*vocabulary.signals.get(vocabulary.pack, ())}
            known |= {f"{pack}/{name}" for pack, signals in vocabulary.signals.items() for name in signals}
            yield source.problem((*at, "signal"), *_unknown("signal", part.signal, known))
        elif part.signal in names:
            yield source.problem((*at, "signal"), f'the signal "{part.signal}" refers to itself')
    for name in part.rule:
        if vocabulary.rule_id(name) not in vocabulary.rules:
            yield source.problem((*at, "rule"), *_unknown("rule", name, vocabulary.rules))
    for pattern in part.tokens:
        for token in pattern:
            for attribute in token:
                if attribute not in ATTRIBUTES:
                    hint = did_you_mean(attribute, {*ATTRIBUTES})
                    yield source.problem(at, f'a token has no attribute "{attribute}"', hint)
            if "TERM" in token and token["TERM"] not in [*lexicon.lists]:
                yield source.problem(at, *_unknown("term list", str(token["TERM"]), lexicon.lists))
    for expression in token_expressions(part.tokens):
        if message := token_expression_problem(expression):
            yield source.problem(at, message)


def _signals_inside(name: str, vocabulary: Vocabulary) -> set[str] | None:
    """The names of all signals that a signal refers to, or `None` if there is no such signal."""
    found: set[str] = set()
    waiting = [(name, vocabulary)]
    while waiting:
        each, seen_from = waiting.pop()
        try:
            condition, home = seen_from.signal(each)
        except KeyError:
            if not found:
                return None
            continue
        for _, part in condition.parts():
            if part.signal and part.signal not in found:
                found.add(part.signal)
                waiting.append((part.signal, home))
    return found


def circular_rules(packs: Iterable[Pack], vocabulary: Vocabulary) -> Iterator[str]:
    """The ids of the rules that ask, by whatever way, whether they fire themselves."""
    asked = {
        f"{pack.pack}/{rule.id}": {
            id_ for _, condition in rule.conditions() for id_ in _rules_inside(condition, vocabulary.of(pack.pack))
        }
        for pack in packs
        for rule in pack.rules
    }
    for rule in asked:
        reached, waiting = set[str](), [*asked[rule]]
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting += asked.get(each, ())
        if rule in reached:
            yield rule


def _rules_inside(condition: Condition, vocabulary: Vocabulary) -> Iterator[str]:
    """The ids of the rules that a condition asks for, itself or by a signal."""
    for _, part in condition.parts():
        yield from map(vocabulary.rule_id, part.rule)
        if part.signal:
            yield from _rules_inside(*vocabulary.signal(part.signal))


def _placeholder_problems(text: str, organization: Organization) -> Iterator[str]:
    try:
        organization.fill(text)
    except KeyError as error:
        yield f"the organization profile has no {{org.{error.args[0]}}}"


_LONGEST_PHRASE = 1000
"""Characters that a phrase may have: how long it takes to prove what it costs grows with their square."""


def _template_problems(template: str, vocabulary: Vocabulary) -> Iterator[str]:
    if len(template) > _LONGEST_PHRASE:
        yield f"the phrase is longer than {_LONGEST_PHRASE:,} characters"
        return
    try:
        parsed = parse(template)
    except TemplateError as error:
        yield str(error)
        return
    if _fits_nothing(parsed.pattern(lambda name: "x")):
        yield f'"{template}" fits where there are no words at all'
    for name in parsed.terms():
        if name not in vocabulary.lexicon.lists:
            message, hint = _unknown("term list", name, vocabulary.lexicon.lists)
            yield f"{message}{f' ({hint})' if hint else ''}"


def _regex_problems(expression: str, vocabulary: Vocabulary) -> Iterator[str]:
    if problem := vocabulary.lexicon.expression_problem(expression):
        yield problem
    elif _fits_nothing(vocabulary.lexicon.expression(expression).source(lambda name: "x")):
        yield "the regular expression fits where there is no text at all"


def _fits_nothing(expression: str) -> bool:
    """Whether it matches an empty text, as what looks for something never should."""
    return compiled(expression).search("") is not None


def _unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str | None]:
    return f'there is no {what} "{name}"', did_you_mean(name, {*known})
