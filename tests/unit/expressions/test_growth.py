"""What is told of the time that an expression takes, against a matcher that counts its steps."""

import re
import sys
from collections.abc import Iterator
from itertools import product

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from postcheck.expressions import runaway
from tests.unit.expressions.matcher import CountingMatcher

RUNAWAYS = {
    r"\s*x": "a",
    r"\w+x": "",
    r"a.*b": "",
    r"foo\w+bar": "",
    r"\bfoo.*bar": "",
    r"<[^>]*>": "",
    r"[\w.]+@": "",
    r"\w+(?=!)": "",
    r"(?=\w+)a": "",
    r"(?:a|b)*?c": "",
    r"a(?:.*b)?": "",
    r"a.*b|a": "",
    r"\w+\s*\w+!": "",
    r"\d+\.\d*\d%": "",
    r"^a*a*$": "b",
    r"x*y*x*z": "",
    r"(?<!\w)(?:\w+,)+;": "",
    r"(?<!\w)(?:\w+,?)+;": "",
    r"\A(?:a|a)*b": "",
    r"\A(?:a|ab|b)*c": "",
    r"\A(?:a*)*b": "",
    r"\A(?:a?a){0,20}b": "",
    r"\A(?>a*)a*b|a*c": "",
}
"""Expressions that run away, and what must stand behind the repeated text so that they do."""

STEADY = (
    r"\w+",
    r"\b\w+\b",
    r"(?<!\w)\w+!",
    r"\bfoo\s+bar",
    r"a[^a]*b",
    r"\bfoo\w+bar",
    r"(?<!\s)\s*x",
    r"<[^<>]*>",
    r"a.{0,10}b",
    r"(?:\d{3}-)?\d+",
    r"(?<!\w)\w++!",
    r"\A.*x$",
    r"(?:a|b)+",
    r"\w+(?:\s\w+){0,3}",
    r"[#]\w+",
    r"#\w*x\w*",
    r"(?>[@#]\w*x\w*) y",
    r"https?://(?:[,.]*[^\s,.])+",
)


def growth(expression: str, pump: str, behind: str) -> float:
    """How many times the steps are as many for a text that is four times as long."""
    matcher = CountingMatcher(expression)
    few, many = (matcher.search_all(pump * (times // len(pump)) + behind) for times in (8, 32))
    return many / max(few, 8)


@pytest.fixture(autouse=True)
def deep_recursion() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.parametrize("expression", RUNAWAYS)
@pytest.mark.parametrize("engine", [re, regex])
def test_an_expression_that_runs_away_is_told_by_either_engine(expression: str, engine: object) -> None:
    assert runaway(engine.compile(expression))  # type: ignore[attr-defined]


@pytest.mark.parametrize("expression", STEADY)
@pytest.mark.parametrize("engine", [re, regex])
def test_an_expression_that_takes_its_time_for_each_character_is_none(expression: str, engine: object) -> None:
    assert runaway(engine.compile(expression)) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(("expression", "behind"), [each for each in RUNAWAYS.items() if r"\A(?:a" not in each[0]])
def test_the_text_that_is_told_takes_ever_more_steps(expression: str, behind: str) -> None:
    found = runaway(re.compile(expression))
    assert found
    assert found.pump
    assert growth(expression, found.pump, behind) > 8


@pytest.mark.parametrize("expression", [r"(?<=a*)b", r"(?<=^[^\w]*|x)b", r"(?<!(?:a|b)+)c"])
def test_what_looks_behind_without_a_limit_runs_away(expression: str) -> None:
    assert runaway(regex.compile(expression))


@pytest.mark.parametrize("expression", [r"(a)(?(1)b|c)", r"(?|a|b)", r"(?x) a b"])
def test_what_is_not_understood_is_told(expression: str) -> None:
    found = runaway(regex.compile(expression))
    assert found
    assert "can't be judged" in found.reason


PIECES = st.sampled_from(["a", "b", r"\w", ".", "[ab]", "[^a]", " ", r"(?<!\w)", r"\b", "(?=a)", "(?!b)", "(?<=b)"])


def repeated(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["*", "+", "?", "*+", "{0,2}", "{1,2}"])
    return st.one_of(
        st.builds("(?:{}){}".format, parts, signs),
        st.builds("(?:{}|{})".format, parts, parts),
        st.builds("{}{}".format, parts, parts),
        st.builds("(?>{})".format, parts),
        st.builds("(?={})".format, parts),
    )


@given(st.recursive(PIECES, repeated, max_leaves=5))
@settings(max_examples=40, deadline=None)
def test_no_repeated_text_makes_an_expression_run_away_that_is_taken_for_steady(expression: str) -> None:
    expression = f"(?:{expression})-"
    assume(runaway(re.compile(expression)) is None)
    for length in (1, 2):
        for pump in map("".join, product("ab ", repeat=length)):
            assert growth(expression, pump, "!") < 8
