"""YAML files, with the place of everything in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from postcheck.errors import PostcheckError, Problem
from postcheck.model import Model

YamlPath = tuple[str | int, ...]

LARGEST = 5_000_000
"""Bytes that a file may have."""

DEEPEST = 50
"""Levels on which values may stand within each other."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_Model = TypeVar("_Model", bound=Model)


@dataclass(frozen=True, slots=True)
class YamlSource:
    """The content of a YAML file. `places` maps the path of a value to its (line, column), 1-based; it's empty
    for what tells no places.
    """

    path: str
    content: Any
    places: Mapping[YamlPath, tuple[int, int]]

    def problem(self, at: YamlPath, message: str, hint: str | None = None) -> Problem:
        """A problem with the value at a path; parts of the path that the file doesn't have are passed over."""
        known: YamlPath = ()
        for part in at:
            if (*known, part) in self.places:
                known = (*known, part)
        line, column = self.places.get(known, (1, 1) if self.places else (None, None))
        return Problem(message, self.path, line, column, hint)


def shown(path: Path) -> str:
    """A path as a message names it: from the current folder where it lies below that."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def read_yaml(path: Path) -> YamlSource:
    """Read a file. Raises `PostcheckError` if it's unreadable or isn't plain YAML."""
    name = shown(path)
    try:
        if path.stat().st_size > LARGEST:
            raise PostcheckError(Problem(f"is larger than {LARGEST:,} bytes", name, hint="make several files of it"))
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PostcheckError(Problem(f"can't be read: {error.strerror}", name)) from None
    except UnicodeDecodeError:
        raise PostcheckError(Problem("isn't UTF-8 text", name, hint="save it as UTF-8")) from None
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlSource:
    """Parse YAML text; `name` stands for it in messages. Raises `PostcheckError`."""
    import yaml  # most runs read what was parsed before

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        problems = [*_refused(loader, node, name)]
        if problems:
            raise PostcheckError(*problems)
        places = {path: (mark.line + 1, mark.column + 1) for path, mark in _marks(node)}
        return YamlSource(name, None if node is None else loader.construct_document(node), places)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise PostcheckError(Problem(f"isn't valid YAML: {error.problem}", name, line, column)) from None
    except yaml.YAMLError as error:
        raise PostcheckError(Problem(f"isn't valid YAML: {str(error).splitlines()[0]}", name)) from None


def _marks(node: Any, at: YamlPath = ()) -> Iterator[tuple[YamlPath, Any]]:
    if node is not None and not at:
        yield at, node.start_mark
    if node is not None and node.id == "mapping":
        for key, value in node.value:
            yield (*at, key.value), key.start_mark
            yield from _marks(value, (*at, key.value))
    elif node is not None and node.id == "sequence":
        for index, item in enumerate(node.value):
            yield (*at, index), item.start_mark
            yield from _marks(item, (*at, index))


def _refused(loader: Any, node: Any, name: str) -> Iterator[Problem]:
    """What no file needs: duplicate keys, lists as keys, values that two places share (aliases) or that are nested
    too deep, control characters; and what looks like a number or a date and is none.
    """

    def problem(node: Any, message: str, hint: str | None = None) -> Problem:
        return Problem(message, name, node.start_mark.line + 1, node.start_mark.column + 1, hint)

    seen: set[int] = set()
    waiting = [(node, 0)] if node is not None else []
    while waiting:
        each, depth = waiting.pop()
        if depth > DEEPEST:
            yield problem(each, f"is nested more than {DEEPEST} levels deep")
            return
        if each.id == "scalar":
            if found := _CONTROL.search(each.value):
                message = f"holds the control character U+{ord(found[0]):04X}, which a terminal would obey"
                yield problem(each, message, "leave it out")
            if not _constructs(loader, each):
                yield problem(each, "looks like a number or a date and is none", "put it in quotes")
            continue
        if id(each) in seen:
            yield problem(each, "aliases aren't supported", "write the value out")
            continue
        seen.add(id(each))
        if each.id == "mapping":
            keys: set[str] = set()
            for key, value in each.value:
                if key.id != "scalar":
                    yield problem(key, "a key must be a word, not a list or a mapping")
                    continue
                if key.value in keys:
                    yield problem(key, f'the key "{key.value}" stands twice')
                keys.add(key.value)
                waiting += ((key, depth + 1), (value, depth + 1))
        else:
            waiting += ((value, depth + 1) for value in each.value)


def _constructs(loader: Any, scalar: Any) -> bool:
    """Whether a value can be made of a scalar. PyYAML lets through whatever Python says of one that can't."""
    try:
        loader.construct_object(scalar)
    except (ValueError, LookupError, AttributeError):
        return False
    return True


def validated(model: type[_Model], source: YamlSource) -> _Model:
    """The content as a model. Raises `PostcheckError` with everything that is wrong, each with its place."""
    try:
        return model.model_validate(source.content)
    except ValidationError as error:
        names = _field_names(model)
        problems = []
        for detail in error.errors():
            at = tuple(detail["loc"])
            message, hint = _explained(detail, names)
            problems.append(source.problem(at, message, hint))
        raise PostcheckError(*problems) from None


def did_you_mean(word: str, known: "Iterator[str] | list[str] | set[str]") -> str | None:
    """A hint with the nearest of the known words, if one is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), n=1)
    return f'did you mean "{near[0]}"?' if near else None


def _explained(detail: Any, names: set[str]) -> tuple[str, str | None]:
    """A validation error in the words of a rule writer, and a hint."""
    key = detail["loc"][-1] if detail["loc"] else ""
    match detail["type"]:
        case "extra_forbidden":
            return f'unknown key "{key}"', did_you_mean(str(key), names)
        case "model_type" | "dict_type":
            what = f'"{key}"' if key else "all that it says"
            return f'{what} must be keys with values, such as "key: value"', None
        case "missing":
            return f'the key "{key}" is missing', None
        case "union_tag_not_found":
            return 'the key "kind" is missing', None
        case "union_tag_invalid":
            tag, expected = detail["ctx"]["tag"], detail["ctx"]["expected_tags"]
            return f'there is no kind "{tag}"', did_you_mean(tag, [t.strip(" '") for t in expected.split(",")])
        case "value_error":
            return str(detail["ctx"]["error"]), None
        case "too_short":
            return f'"{key}" needs at least {detail["ctx"]["min_length"]} entries', None
        case "enum" | "literal_error":
            expected = detail["ctx"]["expected"].replace("'", '"')
            return f'"{key}" must be {expected}', did_you_mean(str(detail["input"]), expected.split('"')[1::2])
        case _:
            return f'"{key}": {detail["msg"][:1].lower()}{detail["msg"][1:]}', None


def _field_names(model: type[Model]) -> set[str]:
    schema = model.model_json_schema()
    definitions = [schema, *schema.get("$defs", {}).values()]
    return {name for definition in definitions for name in definition.get("properties", {})}
