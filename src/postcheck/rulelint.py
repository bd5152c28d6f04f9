"""What a rulebook may say, but had better not: each with its place and the way out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from postcheck.condition import Condition
from postcheck.errors import Problem
from postcheck.evaluation import NEGATION, Vocabulary
from postcheck.finding import Severity
from postcheck.lexicon import lists_in
from postcheck.packs import PackRule, Rulebook
from postcheck.rule import Rule
from postcheck.ruleexpressions import runaways
from postcheck.ruleexpressions import written as expressions
from postcheck.rulefiles import RuleFiles
from postcheck.template import TemplateError, parse
from postcheck.yaml_source import YamlPath, YamlSource

PLACEHOLDER = "TODO"
"""How everything begins that its writer has yet to fill in."""

_ENDS = (".", "?", "!", "…")
_CLOSING = "\"')]"
_MANY = 5000


@dataclass(frozen=True, slots=True)
class Remark:
    """What is unwise at a place in a rule or a file, and the way out."""

    at: YamlPath
    message: str
    hint: str


def lint_rules(book: Rulebook, rules: Sequence[PackRule]) -> list[Problem]:
    """What is unwise about each of the rules by itself, in the order of the files."""
    written = [*_written(book.files, rules)]
    found = [problem for rule, place in written for check in RULE_CHECKS for problem in place(check(rule.rule))]
    return sorted([*unfinished(book, rules), *found], key=_place)


def lint_book(book: Rulebook) -> list[Problem]:
    """What only shows with all rules at hand, in the order of the files."""
    return sorted((problem for check in BOOK_CHECKS for problem in check(book)), key=_place)


def unfinished(book: Rulebook, rules: Sequence[PackRule]) -> list[Problem]:
    """Every placeholder that is left in the rules and at the head of their packs, in the order of the files."""
    packs = {rule.category for rule in rules}
    heads = [file for file in book.files.packs if file.content.pack in packs]
    found = [p for file in heads for p in _placing(file.source, ())(_placeholders({"about": file.content.about}))]
    found += [p for rule, place in _written(book.files, rules) for p in place(_placeholders(rule.rule.model_dump()))]
    return sorted(found, key=_place)


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.path or "", problem.line or 0, problem.column or 0


_Placed = Callable[[Iterable[Remark]], Iterator[Problem]]


def _written(files: RuleFiles, rules: Iterable[PackRule]) -> Iterator[tuple[PackRule, _Placed]]:
    """Each of the rules, and what makes a remark on it a problem."""
    chosen = {rule.id: rule for rule in rules}
    for file in files.packs:
        for index, written in enumerate(file.content.rules):
            if rule := chosen.get(f"{file.content.pack}/{written.id}"):
                yield rule, _placing(file.source, ("rules", index), f"{rule.id}: ")


def _placing(source: YamlSource, at: YamlPath, prefix: str = "") -> _Placed:
    def placed(remarks: Iterable[Remark]) -> Iterator[Problem]:
        for remark in remarks:
            yield source.problem((*at, *remark.at), f"{prefix}{remark.message}", remark.hint)

    return placed


def _placeholders(content: Any) -> Iterator[Remark]:
    for at, text in _strings(content):
        if text.startswith(PLACEHOLDER):
            yield Remark(at, f'"{at[0]}" is still a placeholder', f'write your own in place of "{PLACEHOLDER} …"')


def _strings(content: Any, at: YamlPath = ()) -> Iterator[tuple[YamlPath, str]]:
    """Every text in a YAML value, with its path."""
    if isinstance(content, str):
        yield at, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _strings(value, (*at, key))
    elif isinstance(content, list | tuple):
        for index, value in enumerate(content):
            yield from _strings(value, (*at, index))


def _sentences(rule: Rule) -> Iterator[Remark]:
    for key in ("message", "why", "suggestion"):
        text = getattr(rule, key).strip()
        if text and not text.rstrip(_CLOSING).endswith(_ENDS):
            yield Remark((key,), f'"{key}" doesn\'t end as a sentence does', "write whole sentences; end with a period")
        elif not text and key != "suggestion":
            yield Remark((key,), f'"{key}" is empty', "those who are told deserve a sentence")


def _help_with_errors(rule: Rule) -> Iterator[Remark]:
    if rule.severity is Severity.ERROR:
        if not rule.suggestion.strip():
            yield Remark((), "an error without a suggestion", 'say in "suggestion" what may be posted instead')
        if rule.route is None:
            yield Remark((), "an error without an office to turn to", 'name it in "route"')


def _sources(rule: Rule) -> Iterator[Remark]:
    if not rule.citations:
        yield Remark((), "no source", 'name the guideline or the law in "citations"')


def _marks(rule: Rule) -> Iterator[Remark]:
    for index, example in enumerate(rule.examples.flagged):
        if not (example.marked() or rule.learned):
            yield Remark(("examples", "flagged", index), "an example without marks", "put [[…]] around what is found")


def _repetitions(rule: Rule) -> Iterator[Remark]:
    for key in ("phrases", "terms", "regex", "patterns", "entities"):
        yield from _repeated((key,), getattr(rule, key, ()), phrases=key == "phrases")
    for at, condition in rule.conditions():
        yield from _repeated_in(at, condition)


def _repeated_in(at: YamlPath, condition: Condition) -> Iterator[Remark]:
    for inner, part in condition.parts():
        for key in ("phrase", "term", "regex", "tokens", "entity", "rule"):
            yield from _repeated((*at, *inner, key), getattr(part, key), phrases=key == "phrase")


def _repeated(at: YamlPath, entries: Sequence[Any], *, phrases: bool) -> Iterator[Remark]:
    """Entries of a list that find nothing which another doesn't find."""
    meanings = [_spelled(entry) if phrases else frozenset({repr(entry)}) for entry in entries]
    for index, meaning in enumerate(meanings):
        for other, more in enumerate(meanings):
            if other != index and meaning <= more and (meaning < more or other < index):
                message = f'"{entries[index]}" finds nothing that "{entries[other]}" doesn\'t'
                yield Remark((*at, index), message, "leave it out")
                break


def _spelled(template: str) -> frozenset[str]:
    """All that a phrase stands for, where that is written out; else the phrase itself."""
    plain = " ".join(template.casefold().split())
    try:
        words = frozenset(islice(parse(plain).expand(), _MANY))
    except TemplateError:
        words = frozenset({plain})
    if plain.startswith("^") or len(words) == _MANY:
        return frozenset({plain})
    return frozenset(form for word in words for form in (word, word.replace("'", ""), word.replace("-", " ")))


RULE_CHECKS = (_sentences, _help_with_errors, _sources, _marks, _repetitions)


def _repetitions_in_signals(book: Rulebook) -> Iterator[Problem]:
    for file in book.files.packs:
        for name, signal in file.content.signals.items():
            yield from _placing(file.source, ())(_repeated_in(("signals", name), signal))


def _repetitions_in_lists(book: Rulebook) -> Iterator[Problem]:
    for source, name, terms in book.files.term_lists():
        for key in ("words", "cased", "patterns"):
            remarks = _repeated(("terms", name, key), getattr(terms, key), phrases=key == "words")
            yield from _placing(source, ())(remarks)


def _repeated_examples(book: Rulebook) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for rule, place in _written(book.files, book.rules):
        for key in ("flagged", "clean"):
            for index, example in enumerate(getattr(rule.rule.examples, key)):
                draft = example.draft()
                home = first.setdefault(draft, rule.id)
                if home != rule.id:
                    remark = Remark(("examples", key, index), f"{home} has the same example", "write another one")
                    yield from place([remark])


def _unused_signals(book: Rulebook) -> Iterator[Problem]:
    used = {
        (home.pack, part.signal.rpartition("/")[2])
        for part, vocabulary in _asked(book)
        if part.signal
        for _, home in [vocabulary.signal(part.signal)]
    }
    for file in book.files.packs:
        for name in file.content.signals:
            if (file.content.pack, name) not in used:
                yield file.source.problem(("signals", name), f'nothing uses the signal "{name}"', "leave it out")


def _unused_fragments(book: Rulebook) -> Iterator[Problem]:
    for file in book.files.recognizers:
        for name in file.content.fragments:
            if name not in file.content.needed():
                yield file.source.problem(("fragments", name), f'nothing uses the fragment "{name}"', "leave it out")


def _unused_terms(book: Rulebook) -> Iterator[Problem]:
    used = {each for name in _lists(book) for each in book.vocabulary.lexicon.included(name)}
    for source, name, _ in book.files.term_lists():
        if name not in used:
            yield source.problem(("terms", name), f'nothing uses the term list "{name}"', "leave it out")


def _lists(book: Rulebook) -> Iterator[str]:
    """The name of every term list that a rule or a recognizer refers to."""
    yield from book.no_names
    for rule in (each.rule for each in book.rules):
        yield from getattr(rule, "terms", ())
        yield from _lists_of(
            [template for _, template in rule.templates()],
            [*getattr(rule, "regex", ()), *(way.find for way in rule.generalize)],
        )
    for part, _ in _asked(book):
        yield from part.term
        yield from (NEGATION,) if part.negated else ()
        yield from (str(token["TERM"]) for pattern in part.tokens for token in pattern if "TERM" in token)
        yield from _lists_of(part.phrase, part.regex)


def _lists_of(phrases: Iterable[str], expressions: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        yield from parse(phrase).terms()
    for expression in expressions:
        yield from lists_in(expression)


def _asked(book: Rulebook) -> Iterator[tuple[Condition, Vocabulary]]:
    """Every condition of a rule, with all that are inside it or in a signal that it names."""
    waiting = [
        (condition, book.vocabulary.of(rule.category)) for rule in book.rules for _, condition in rule.rule.conditions()
    ]
    followed: set[tuple[str, str]] = set()
    while waiting:
        condition, vocabulary = waiting.pop()
        for _, part in condition.parts():
            yield part, vocabulary
            if part.signal and (vocabulary.pack, part.signal) not in followed:
                followed.add((vocabulary.pack, part.signal))
                waiting.append(vocabulary.signal(part.signal))


def _runaway_expressions(book: Rulebook) -> Iterator[Problem]:
    return runaways(expressions(book.files, book.vocabulary.lexicon))


BOOK_CHECKS = (
    _repetitions_in_signals,
    _repetitions_in_lists,
    _repeated_examples,
    _unused_signals,
    _unused_fragments,
    _unused_terms,
    _runaway_expressions,
)
