"""The learned model that postcheck ships, run as it ships."""

import json
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postcheck.analysis import Analysis
from postcheck.detectors import Classifier, transformer
from postcheck.detectors.classifier import CONTEXT, FOLDER, WINDOW, WindowReader
from postcheck.draft import Draft, Span
from postcheck.errors import PostcheckError
from postcheck.kinds.classifier import LABELS
from postcheck.lexicon import Lexicon, Reading
from postcheck.normalization import View
from tests.conftest import Analyse

STORY = "Long shift. Had a lady tonight who told me about her goats while I started her chemo. Coffee now."


class Named(Reading):
    """A text that begins with the name of its institution."""

    def __init__(self) -> None:
        super().__init__(Lexicon({}), "")

    def hits(self, name: str) -> tuple[Span, ...]:
        return (Span(0, len("Riverbend")),)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier()


@pytest.fixture(scope="module")
def reader() -> WindowReader:
    return WindowReader((FOLDER / "tokenizer.json").read_bytes())


def test_it_has_an_opinion_on_every_label(classifier: Classifier, analyse: Analyse) -> None:
    opinions = classifier.opinions(analyse(STORY))
    assert set(opinions) == set(LABELS)
    assert all(0 <= opinion.probability <= 1 for opinion in opinions.values())


def test_where_integers_never_saturate_the_quick_way_says_what_the_exact_way_says(
    classifier: Classifier, analyse: Analyse, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not transformer._never_saturates():
        pytest.skip("a processor without VNNI")
    monkeypatch.setattr(transformer, "_PROCESSOR", Path("no such file"))
    exact = Classifier()
    for text in (STORY, "Stop the vitamin E tonight.", "half of radiology can't find their own feet", "x " * 300):
        assert exact.opinions(analyse(text)) == classifier.opinions(analyse(text))


def test_the_sentence_that_tells_of_a_patient_says_most_for_a_story(classifier: Classifier, analyse: Analyse) -> None:
    analysis = analyse(STORY)
    opinion = classifier.opinions(analysis)["patient-story"]
    assert "goats" in opinion.span.cut(analysis.text)
    assert opinion.probability > classifier.opinions(analyse("Long shift. Coffee now."))["patient-story"].probability


def test_what_another_institution_is_called_is_read_as_the_name_that_it_knows(
    classifier: Classifier, analyse: Analyse
) -> None:
    known = analyse("MD Anderson runs a wig salon on the second floor. Nobody pays a cent.")
    other = replace(analyse("Riverbend runs a wig salon on the second floor. Nobody pays a cent."), reading=Named())
    read, expected = Classifier("Riverbend").opinions(other)["disclosure"], classifier.opinions(known)["disclosure"]
    assert read.probability == expected.probability
    assert read.span.cut(other.text) == expected.span.cut(known.text).replace("MD Anderson", "Riverbend")
    assert classifier.opinions(other)["disclosure"].probability < read.probability


def test_what_is_answered_counts(classifier: Classifier, analyse: Analyse) -> None:
    text = "hold it two days before, back on the next night"
    asked = analyse(text, in_reply_to="I'm on eliquis and my tooth comes out on Monday, what do I do?")
    alone = analyse(text)
    label = "medical-advice"
    assert classifier.opinions(asked)[label].probability > classifier.opinions(alone)[label].probability


def test_a_sentence_is_seen_wherever_it_stands_in_a_long_draft(classifier: Classifier, analyse: Analyse) -> None:
    filler = "The garden on the roof has new benches and the tomatoes are doing well. " * 60
    text = f"{filler}You should stop taking the letrozole, it isn't worth it. {filler}"
    analysis = analyse(text)
    opinion = classifier.opinions(analysis)["medical-advice"]
    assert "letrozole" in opinion.span.cut(analysis.text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🎉", "x" * 5000, "…"])
def test_whatever_the_text_it_answers(classifier: Classifier, analyse: Analyse, text: str) -> None:
    analysis: Analysis = analyse(text)
    assert all(opinion.span.end <= len(analysis.text) for opinion in classifier.opinions(analysis).values())


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(["tea", "chemo.", "She", "laughed.", "\n"]), max_size=1500))
def test_windows_hold_every_token_and_none_is_too_long(reader: WindowReader, words: list[str]) -> None:
    text = " ".join(words)
    sentences = [Span(at + 1, at + 2) for at, mark in enumerate(text[:-1]) if mark == "."]
    windows = list(reader.windows(View.of(text), Draft(text, in_reply_to="chemo? " * 400), sentences))
    whole = {offset for window in windows for offset in window.offsets}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= {
        at for offset in whole for at in range(offset.start, offset.end)
    }
    assert all(len(window.offsets) <= WINDOW and len(window.ids) <= WINDOW + CONTEXT + 3 for window in windows)
    assert all(first.offsets[0].start < second.offsets[0].start for first, second in pairwise(windows))


@pytest.mark.parametrize("name", ["calibration.json", "model.onnx", "tokenizer.json"])
def test_an_altered_or_missing_file_is_refused_with_a_way_out(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "classifier"
    shutil.copytree(FOLDER, folder)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(PostcheckError, match="not the one that came") as caught:
        Classifier(folder=folder)
    (problem,) = caught.value.problems
    assert (problem.path, "--no-model" in str(problem.hint)) == (name, True)
    (folder / name).unlink()
    with pytest.raises(PostcheckError, match="not the one that came"):
        Classifier(folder=folder)


def test_the_model_card_tells_of_the_model_that_ships() -> None:
    recorded = json.loads((FOLDER / "calibration.json").read_text(encoding="utf-8"))
    assert set(recorded["labels"]) == set(LABELS)
    assert "all-MiniLM-L6-v2" in recorded["about"]
    assert (FOLDER / "model.onnx").stat().st_size < 30_000_000
