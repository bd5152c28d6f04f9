"""A new rule, half-written, at the end of its pack."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from postcheck.errors import PostcheckError, Problem
from postcheck.kinds.classifier import LABELS
from postcheck.model import NAME
from postcheck.packs import Rulebook
from postcheck.rulefiles import NO_PACKS
from postcheck.skeleton import filled
from postcheck.yaml_source import YamlSource, parse_yaml, shown

_ID = re.compile(f"{NAME}/{NAME}")


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be written at the end of a file, which may not be there yet, and the line where the rule begins."""

    path: Path
    text: str
    line: int


def new_rule(book: Rulebook, id_: str, kind: str, folder: Path) -> Addition:
    """A rule of a kind, with a placeholder for all that its writer has to say.

    `book` holds all rules that there are, those in `folder` too. Raises `PostcheckError` where the
    rule can't be added: it or its pack is somewhere else, or its file can't be added to.
    """
    if not _ID.fullmatch(id_):
        hint = 'a pack and a rule, in small letters, digits and hyphens: "respect/gossip"'
        raise PostcheckError(Problem(f'"{id_}" can\'t be the name of a rule', hint=hint))
    if Path(__file__).parent in folder.resolve().parents:
        hint = "name a folder of your own"
        raise PostcheckError(Problem("holds the rules that come with postcheck", shown(folder), hint=hint))
    for there in book.rules:
        if there.id == id_:
            raise PostcheckError(Problem(f'there is a rule "{id_}" already', there.path, there.line))
    pack, rule = id_.split("/")
    text = _rule(pack, rule, kind, book)
    source = next((file.source for file in book.files.packs if file.content.pack == pack), None)
    if source is None:
        return _begun(pack, folder, text)
    if Path(source.path).resolve().parent != folder.resolve():
        hint = f'choose another pack, "own-{pack}/{rule}" for example'
        raise PostcheckError(Problem(f'the pack "{pack}" isn\'t in {folder}', source.path, hint=hint))
    return _appended(source, text)


def _rule(pack: str, rule: str, kind: str, book: Rulebook) -> str:
    values = {"pack": pack, "rule": rule, "kind": kind, "labels": ", ".join(LABELS)}
    values["offices"] = ", ".join(book.organization.offices)
    values["kind-keys"] = filled(f"skeletons/{kind}.yaml.in", values).rstrip("\n")
    return filled("skeletons/rule.yaml.in", values)


def _begun(pack: str, folder: Path, rule: str) -> Addition:
    """The rule as the first of a pack in a file of its own."""
    path = folder / f"{pack}.yaml"
    if path.exists() or path.name in NO_PACKS:
        raise PostcheckError(Problem(f'can\'t become the pack "{pack}": it is for something else', shown(path)))
    return _addition(path, "", filled("skeletons/pack.yaml.in", {"pack": pack}) + indent(rule, "  "))


def _appended(source: YamlSource, rule: str) -> Addition:
    """The rule below those that the file holds, as far in as they are."""
    path = Path(source.path)
    old = path.read_text(encoding="utf-8")
    _, column = source.places["rules", 0] if source.content["rules"] else (1, 5)
    gap = "\n" if old.endswith("\n") else "\n\n"
    try:
        addition = _addition(path, old, gap + indent(rule, " " * (column - 3)))
        content = parse_yaml(old + addition.text, str(path)).content
    except (PostcheckError, KeyError):
        content = None
    if content is None or content | {"rules": content["rules"][:-1]} != source.content:
        hint = 'write "rules:" last, and below it one rule under the other, each with a "-"'
        raise PostcheckError(Problem("a rule can't be added at the end of the file", source.path, hint=hint))
    return addition


def _addition(path: Path, old: str, text: str) -> Addition:
    parsed = parse_yaml(old + text, str(path))
    line, _ = parsed.places["rules", len(parsed.content["rules"]) - 1]
    return Addition(path, text, line)
