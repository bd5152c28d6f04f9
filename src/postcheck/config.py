"""The one place that finds, reads and combines configuration."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from postcheck.draft import Author
from postcheck.errors import PostcheckError, Problem
from postcheck.model import Model, OneOrMore
from postcheck.yaml_source import YamlSource, read_yaml, shown, validated

FILE_NAME = ".postcheck.yaml"


class Settings(Model):
    """What configuration can say. The command line's options have the same names."""

    organization: str | None = None
    author: Author | None = None
    channel: str | None = None
    fail_on: Literal["error", "warning", "info", "never"] = "warning"
    select: OneOrMore[str] = ()
    ignore: OneOrMore[str] = ()
    rules: OneOrMore[str] = ()
    model: str | None = None
    names: Literal["rampart"] | None = None
    learned: bool = True


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force, and where each came from."""

    settings: Settings
    origins: Mapping[str, str]


def configuration(given: Mapping[str, Any], file: Path | None = None, start: Path | None = None) -> Configuration:
    """Combine the command line, a file and the defaults; the first that says something wins.

    The file is `file`, else the nearest `.postcheck.yaml` or `pyproject.toml` with a
    `[tool.postcheck]` table from `start` (the current folder) upward, else the user's. A value
    of `None` or `()` in `given` says nothing. Folders in a file are relative to that file.
    Raises `PostcheckError`.
    """
    found = _read(file) if file else next(_candidates(start or Path.cwd()), None)
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    if found is not None:
        source, folder = found
        written = validated(Settings, source)
        for name in written.model_fields_set:
            values[name] = getattr(written, name)
            line, _ = source.places.get((name,), (None, None))
            origins[name] = f"{source.path}:{line}" if line else source.path
        if "rules" in values:
            values["rules"] = tuple(str(folder / each) for each in values["rules"])
    for name, value in given.items():
        if value is not None and value != ():
            values[name] = value
            origins[name] = f"--{name.replace('_', '-')}"
    return Configuration(Settings(**values), origins)


def _candidates(start: Path) -> Iterator[tuple[YamlSource, Path]]:
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            yield _read(folder / FILE_NAME)
        if (folder / "pyproject.toml").is_file():
            table = _pyproject(folder / "pyproject.toml")
            if table is not None:
                yield table, folder
    user = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "postcheck" / "config.yaml"
    if user.is_file():
        yield _read(user)


def _read(path: Path) -> tuple[YamlSource, Path]:
    if path.suffix == ".toml":
        table = _pyproject(path)
        if table is None:
            raise PostcheckError(Problem("has no [tool.postcheck] table", shown(path)))
        return table, path.parent
    source = read_yaml(path)
    empty = YamlSource(source.path, {}, {})
    return (empty if source.content is None else source), path.parent


def _pyproject(path: Path) -> YamlSource | None:
    """The `[tool.postcheck]` table; TOML tells no places within the file."""
    try:
        with path.open("rb") as file:
            table = tomllib.load(file).get("tool", {}).get("postcheck")
    except OSError as error:
        raise PostcheckError(Problem(f"can't be read: {error.strerror}", shown(path))) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PostcheckError(Problem(f"isn't valid TOML: {error}", shown(path))) from None
    keys = {str(key).replace("-", "_"): value for key, value in table.items()} if isinstance(table, dict) else table
    return None if table is None else YamlSource(shown(path), keys, {})
