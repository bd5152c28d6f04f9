import re
from random import Random

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from postcheck.need import folded, met, signs_in
from postcheck.template import TemplateError, parse, starts_sentence


def found(template: str, text: str, **terms: str) -> str | None:
    pattern = parse(template).pattern(lambda name: f"(?:{terms[name]})")
    match = re.search(pattern, text, re.IGNORECASE)
    return match[0] if match else None


@pytest.mark.parametrize(
    ("template", "text", "expected"),
    [
        ("stop taking", "Please STOP  taking it", "STOP  taking"),
        ("stop taking", "stop\ntaking", "stop\ntaking"),
        ("stop", "unstoppable stopping", None),
        ("(stop|quit) it", "just quit it", "quit it"),
        ("stop [taking|using] pills", "stop pills", "stop pills"),
        ("stop [taking|using] pills", "stop using pills", "stop using pills"),
        ("[please] call me", "so please call me", "please call me"),
        ("call [me]", "call me", "call me"),
        ("patient[s]", "two patients", "patients"),
        ("(nurse|aide)[s]", "the aides", "aides"),
        ("don't wait", "dont wait", "dont wait"),
        ("follow-up", "a follow up", "follow up"),
        ("follow-up", "a followup", "followup"),
        ("stop ... today", "stop it all, right now today", "stop it all, right now today"),
        ("stop ... today", "stop it. Not today", None),
        ("stop ... today", "stop one two three four five six today", None),
        ("immun* therapy", "immunologic therapy", "immunologic therapy"),
        ("take {drug} now", "Take aspirin now", "Take aspirin now"),
        ("stop, then", "stop, then", "stop, then"),
        ("you (should|(have|need) to) go", "you need to go", "you need to go"),
    ],
)
def test_a_template_finds_what_it_says(template: str, text: str, expected: str | None) -> None:
    assert found(template, text, drug="aspirin") == expected


def test_a_caret_marks_the_start_of_a_sentence_and_is_no_part_of_the_words() -> None:
    assert starts_sentence("^ stop it")
    assert found("^ stop it", "please stop it") == "stop it"


def test_a_finite_template_expands_to_every_string_it_stands_for() -> None:
    assert list(parse("(stop|stops) [the] pill[s]").expand()) == [
        "stop pill",
        "stop pills",
        "stop the pill",
        "stop the pills",
        "stops pill",
        "stops pills",
        "stops the pill",
        "stops the pills",
    ]


@pytest.mark.parametrize("endless", ["a ... b", "stop*", "the {drug}"])
def test_an_infinite_template_is_no_term(endless: str) -> None:
    with pytest.raises(TemplateError):
        list(parse(endless).expand())


@pytest.mark.parametrize(
    "broken", ["", "(a", "[a", "a)", "a]", "{drug", "drug}", "a | b", "...", "... a", "a ...", "()", "(a|[b])"]
)
def test_a_broken_template_is_refused_and_quoted(broken: str) -> None:
    with pytest.raises(TemplateError) as error:
        parse(broken)
    assert f'"{broken}"' in str(error.value)


words = st.text("abcdefgh'-", min_size=1, max_size=6).filter(lambda word: word[0].isalpha() and word[-1].isalpha())


@given(st.lists(words, min_size=1, max_size=4))
def test_plain_words_find_themselves(parts: list[str]) -> None:
    text = " ".join(parts)
    assert found(text, f"so {text}, then") == text


@given(
    st.recursive(
        words,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})"),
            st.lists(inner, min_size=1, max_size=3).map(lambda options: f"[{'|'.join(options)}]"),
            st.lists(inner, min_size=2, max_size=3).map(" ".join),
        ),
        max_leaves=6,
    )
)
def test_a_template_finds_each_string_that_it_expands_to(template: str) -> None:
    try:
        parsed = parse(template)
    except TemplateError:
        reject()
    for text in parsed.expand():
        if text.strip():
            assert found(template, text) is not None


@given(st.text("ab ()[]|{}.*^'-", max_size=12))
def test_any_text_is_parsed_or_refused(template: str) -> None:
    try:
        pattern = parse(template).pattern(lambda name: "(?:x)")
    except TemplateError:
        return
    re.compile(pattern)


WORDS = st.sampled_from(
    ["stop", "don't", "follow-up", "she", "nurse*", "(taking|using) ", "[your] ", "patient[s]", "(a|her b) "]
)


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), st.randoms(use_true_random=False))
def test_whatever_a_template_matches_meets_its_need(source: str, random: Random) -> None:
    try:
        template = parse(source)
    except TemplateError:
        return
    finite = parse(source.replace("*", "s"))
    text = random.choice([*finite.expand()]).replace("'", random.choice(["'", ""])).replace("-", random.choice("- "))
    text = random.choice([text, text.upper()])
    assert not text or re.search(template.pattern(str), text, re.IGNORECASE)
    signs = {sign for sign in signs_in(template.need) if sign in folded(text)}
    assert not text or met(template.need, signs, lambda expression: bool(re.search(expression, text, re.IGNORECASE)))
