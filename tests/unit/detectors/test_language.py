"""The model: found, checked, and no more of it than needed."""

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest
import spacy

from postcheck.detectors.language import DEFAULT_MODEL, annotate, components, load
from postcheck.errors import PostcheckError


def test_only_what_is_needed_is_loaded() -> None:
    assert load(DEFAULT_MODEL, components({"LEMMA"})).component_names == [
        "tok2vec",
        "tagger",
        "attribute_ruler",
        "lemmatizer",
    ]
    assert load(DEFAULT_MODEL, components({"LOWER"})).component_names == []


def test_only_names_are_found_without_being_asked_for() -> None:
    nlp = load(DEFAULT_MODEL, components({"LEMMA", "ENT_TYPE"}))
    doc = nlp("Maria Lopez chased cats")
    assert (doc.ents[0].label_, doc[2].lemma_) == ("PERSON", "")
    annotate(nlp, doc)
    assert (doc.ents[0].label_, doc[2].lemma_) == ("PERSON", "chase")


def test_a_text_is_tokenized_as_the_model_itself_does() -> None:
    text = "Dr. O'Neil-Smith's 5mg/kg dose... isn't (e.g.) at http://x.org/a?b=c :-) U.S.A. don't\n\nwe're 10a.m."
    given = spacy.load(DEFAULT_MODEL)
    assert [token.text for token in load(DEFAULT_MODEL, ())(text)] == [token.text for token in given.make_doc(text)]


def test_a_token_attribute_needs_the_components_that_set_it() -> None:
    assert components({"LOWER", "TERM", "OP"}) == set()
    assert components({"LEMMA"}) == {"tok2vec", "tagger", "attribute_ruler", "lemmatizer"}
    assert components({"DEP", "ENT_TYPE"}) == {"tok2vec", "parser", "ner"}


@pytest.mark.parametrize("name", ["en_no_such_model", "en-no-such-model", "../model"])
def test_a_model_that_is_not_installed_names_the_way_out(name: str) -> None:
    with pytest.raises(PostcheckError, match=r"is not installed \(install"):
        load(name, ())


def test_a_package_that_is_no_model_is_refused() -> None:
    with pytest.raises(PostcheckError, match="can't be loaded"):
        load("json", ())


def test_a_damaged_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.find_spec(DEFAULT_MODEL)
    assert spec is not None
    assert spec.origin is not None
    shutil.copytree(Path(spec.origin).parent, tmp_path / DEFAULT_MODEL)
    weights = next((tmp_path / DEFAULT_MODEL).rglob("ner/model"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, DEFAULT_MODEL, raising=False)
    with pytest.raises(PostcheckError, match=r"ner/model: .*\(reinstall it"):
        load(DEFAULT_MODEL, ())
