"""spaCy and Presidio without what a check never needs of them, which takes most of the time of their import.

`import spacy` loads all of `spacy.cli`, and with it clients for the network, for nothing but
`spacy.info`. Presidio loads its recognizers for all countries, compiles their expressions, and
loads a client for the network that one of them brings. Who imports what was left out later gets it.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_RECOGNIZERS = "presidio_analyzer.predefined_recognizers"
_GATHERING = ("", ".generic", ".country_specific", ".country_specific.us")
"""The packages of Presidio's recognizers that hold nothing but the names of all of them."""


@contextmanager
def lean_imports() -> Iterator[None]:
    """What is imported inside gets spaCy and Presidio so, unless they are imported already.

    Inside, a recognizer of Presidio's has to be imported from its own module.
    """
    with _standing_in("spacy", _spacy_cli()) as spacy:
        if spacy:
            del import_module("spacy").info
    with _standing_in("presidio_analyzer", _gathering()) as presidio:
        yield
        if presidio:
            vars(import_module("presidio_analyzer")).pop("predefined_recognizers", None)


@contextmanager
def _standing_in(package: str, modules: Mapping[str, ModuleType]) -> Iterator[bool]:
    """Put modules in the place of others of a package; whether that is so: not if it's imported already."""
    if package in sys.modules:
        yield False
        return
    sys.modules.update(modules)
    try:
        yield True
    finally:
        for name in modules:
            sys.modules.pop(name, None)


def _spacy_cli() -> dict[str, ModuleType]:
    cli, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    vars(info)["info"] = None
    return {"spacy.cli": cli, "spacy.cli.info": info}


class _Gathering(ModuleType):
    """A package that knows no names but those that Presidio itself asks for: of the recognizers with a model."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(f"{_RECOGNIZERS}.nlp_engine_recognizers"), name)


def _gathering() -> dict[str, ModuleType]:
    spec = find_spec("presidio_analyzer")
    if spec is None or spec.origin is None:
        return {}  # who imports it is told
    modules: dict[str, ModuleType] = {}
    for package in _GATHERING:
        module = modules[_RECOGNIZERS + package] = _Gathering(_RECOGNIZERS + package)
        module.__path__ = [str(Path(spec.origin).parent.joinpath("predefined_recognizers", *package.split(".")))]
    return modules
