"""No regular expression that a draft is searched for takes more time for each character, the longer the draft is.

What is proved, and what isn't, is told in `postcheck.expressions.growth`.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest
import regex

import postcheck
from postcheck.detectors.recognizers import registry
from postcheck.expressions import Compiled, runaway
from postcheck.packs import Rulebook, load
from postcheck.recognizer import PRESIDIO_FLAGS
from postcheck.ruleexpressions import Written, written

BOOKS = {name: load(organization=name) for name in ("mdanderson", "riverbend")}
ABOUT_RULES = {"postcheck.need", ("postcheck.lexicon", "_PARTS"), ("postcheck.marks", "_DOT")}
"""What is searched in the expressions that people write, and in no draft."""

SEARCHES = {"search", "match", "fullmatch", "sub", "findall", "split", "finditer"}
MODULES = [module.name for module in walk_packages(postcheck.__path__, "postcheck.") if "__main__" not in module.name]


def written_in(book: Rulebook) -> Iterator[Written]:
    return written(book.files, book.vocabulary.lexicon)


@pytest.mark.parametrize("file", sorted({expression.source.path for expression in written_in(BOOKS["mdanderson"])}))
def test_no_expression_of_a_file_of_rules_runs_away(file: str) -> None:
    expressions = [each for each in written_in(BOOKS["mdanderson"]) if each.source.path == file]
    assert [(each.at, found) for each in expressions for found in map(runaway, each.patterns) if found] == []


def test_no_expression_of_another_organization_runs_away() -> None:
    assert [*profile_problems(BOOKS["riverbend"])] == []


def profile_problems(book: Rulebook) -> Iterator[object]:
    path = book.files.profile.source.path
    return (each.at for each in written_in(book) if each.source.path == path and any(map(runaway, each.patterns)))


def test_no_expression_of_a_recognizer_that_comes_with_presidio_runs_away() -> None:
    shipped = [pattern.regex for each in registry([]) for pattern in getattr(each, "patterns", ())]
    assert shipped
    assert [text for text in shipped if runaway(regex.compile(text, PRESIDIO_FLAGS))] == []


def test_no_expression_in_the_code_runs_away() -> None:
    modules = [import_module(name) for name in MODULES]
    found = {(module.__name__, at): each for module in modules for at, each in expressions_of(module)}
    searched = {at: each for at, each in found.items() if ABOUT_RULES.isdisjoint((at, at[0]))}
    assert len(searched) > 60
    assert {at: why for at, each in searched.items() if (why := runaway(as_searched(*at, each)))} == {}


def expressions_of(module: ModuleType) -> Iterator[tuple[str, Compiled]]:
    """The compiled expressions that a module keeps, by their names."""
    for name, value in vars(module).items():
        for each in value.values() if isinstance(value, Mapping) else [value]:
            if isinstance(each, re.Pattern | regex.Pattern) and isinstance(each.pattern, str):
                yield name, each


def as_searched(module: str, name: str, pattern: Compiled) -> Compiled:
    """The expression; where it's only asked whether a text begins so, or is so, bound to the beginning."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    uses = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }
    if uses and uses <= {"match", "fullmatch"}:
        engine = regex if isinstance(pattern, regex.Pattern) else re
        bound: Compiled = engine.compile(rf"\A(?:{pattern.pattern})", pattern.flags)
        return bound
    return pattern


def test_no_expression_in_the_code_is_written_where_it_is_used() -> None:
    """So that the proof above sees it."""
    assert [*unnamed_expressions()] == []


def unnamed_expressions() -> Iterator[tuple[str, int]]:
    for module in MODULES:
        for node in ast.walk(ast.parse(inspect.getsource(import_module(module)))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                engine = getattr(node.func.value, "id", "")
                if engine in {"re", "regex"} and node.func.attr in SEARCHES and module not in ABOUT_RULES:
                    yield module, node.lineno
