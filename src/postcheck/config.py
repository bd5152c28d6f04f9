"""The one place that finds, reads and combines configuration."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from postcheck.draft import LARGEST_FILE, Author
from postcheck.errors import PostcheckError, Problem
from postcheck.finding import Severity
from postcheck.model import Model, OneOrMore
from postcheck.rulefolders import is_package
from postcheck.suppression.allowed import Allow
from postcheck.yaml_source import YamlPath, YamlSource, did_you_mean, read_yaml, shown, validated

FILE_NAME = ".postcheck.yaml"
_FOLDERS = {"rules", "may_silence"}
_FILES = "baseline"


class PathSettings(Model):
    """What holds for the files that one of some patterns fits, in the notation of `.gitignore`.

    `ignore` and `severity` are added to what holds for all.
    """

    paths: Annotated[OneOrMore[str], Field(min_length=1)]
    author: Author | None = None
    channel: str | None = None
    ignore: OneOrMore[str] = ()
    severity: dict[str, Severity] = Field(default_factory=dict)


class Profile(Model):
    """Settings. The command line's options have the same names.

    `severity` holds by the id of a rule or a pack; `overrides` are what holds for some files, the
    last that says something wins; `allow` are texts that some rules don't find. `may_silence` are
    those of the folders in `rules` that may keep other packs' rules from finding something;
    `max_file_mb` is how many megabytes a file of drafts may have; `role` is what the author is at the
    institution, for disclosures.
    """

    organization: str | None = None
    author: Author | None = None
    channel: str | None = None
    role: str | None = None
    fail_on: Literal["error", "warning", "info", "never"] = "warning"
    select: OneOrMore[str] = ()
    ignore: OneOrMore[str] = ()
    severity: dict[str, Severity] = Field(default_factory=dict)
    overrides: tuple[PathSettings, ...] = ()
    allow: tuple[Allow, ...] = ()
    baseline: str | None = None
    rules: OneOrMore[str] = ()
    may_silence: OneOrMore[str] = ()
    max_file_mb: Annotated[int, Field(ge=1)] = LARGEST_FILE
    model: str | None = None
    names: Literal["rampart"] | None = None
    learned: bool = True


class Settings(Profile):
    """What configuration can say. `profile` names the one of `profiles` whose settings go before those beside it."""

    profile: str | None = None
    profiles: dict[str, Profile] = Field(default_factory=dict)

    @property
    def threshold(self) -> Severity | None:
        """The mildest severity that fails a check (`None`: none does)."""
        return None if self.fail_on == "never" else Severity(self.fail_on)


_DEFAULTS = Settings.model_construct()
"""What holds where nothing is said: made without the checks that a file needs, which take time to prepare."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force, and where each came from.

    `folder` is that of the file, to which the patterns of paths are relative; `written` holds, by
    the name of each setting that the file gives, where in `source` it stands.
    """

    settings: Settings
    origins: Mapping[str, str]
    folder: Path
    source: YamlSource
    written: Mapping[str, YamlPath]

    def at(self, path: str) -> Settings:
        """The settings for a file. What the command line says goes before what holds for some files."""
        settings = self.settings
        changes: dict[str, Any] = {}
        for each in settings.overrides:
            if self.matches(each.paths, path):
                changes["ignore"] = (*changes.get("ignore", settings.ignore), *each.ignore)
                changes["severity"] = changes.get("severity", settings.severity) | each.severity
                for name in ("author", "channel"):
                    if getattr(each, name) is not None and not self.origins[name].startswith("--"):
                        changes[name] = getattr(each, name)
        return settings.model_copy(update=changes)

    def matches(self, patterns: Iterable[str], path: str) -> bool:
        """Whether one of the patterns fits a path."""
        try:
            inside = Path(path).resolve().relative_to(self.folder)
        except ValueError:
            return False
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(patterns).match_file(inside.as_posix())

    def problem(self, at: YamlPath, message: str, hint: str | None = None) -> Problem:
        """A problem with a setting that the file gives, or with a value within one."""
        return self.source.problem(self._within(at), message, hint)

    def place(self, at: YamlPath) -> tuple[str, int | None]:
        """The file and the line of a setting that the file gives, or of a value within one."""
        return self.source.path, self.source.places.get(self._within(at), (None, None))[0]

    def _within(self, at: YamlPath) -> YamlPath:
        name, *inner = at
        return (*self.written[str(name)], *inner)


def configuration(given: Mapping[str, Any], file: Path | None = None, start: Path | None = None) -> Configuration:
    """Combine the command line, a file and the defaults; the first that says something wins.

    The file is `file`, else the nearest `.postcheck.yaml` or `pyproject.toml` with a
    `[tool.postcheck]` table from `start` (the current folder) upward, else the user's. In it, the
    profile that is asked for wins over what stands beside the profiles. A value of `None` or `()`
    in `given` says nothing. Folders and files in a file are relative to that file.
    Raises `PostcheckError`.
    """
    found = _read(file) if file else next(_candidates(start or Path.cwd()), None)
    source, folder = found or (YamlSource("", {}, {}), start or Path.cwd())
    settings = validated(Settings, source) if source.content != {} else _DEFAULTS
    said = {name: value for name, value in given.items() if value is not None and value != ()}
    profile = said.get("profile", settings.profile)
    values: dict[str, Any] = {}
    written: dict[str, YamlPath] = {}
    for at, layer in _layers(settings, profile, source):
        for name in layer.model_fields_set:
            values[name] = _located(name, getattr(layer, name), folder)
            written[name] = (*at, name)
    origins = {name: _origin(source, written.get(name)) for name in Settings.model_fields}
    for name, value in said.items():
        values[name] = value
        origins[name] = f"--{name.replace('_', '-')}"
    combined = Settings(**values) if values else _DEFAULTS
    return Configuration(combined, origins, folder.resolve(), source, written)


def _layers(settings: Settings, profile: str | None, source: YamlSource) -> Iterator[tuple[YamlPath, Profile]]:
    """What a file says, and where in it: for all, then in a profile. Raises `PostcheckError` if there is none."""
    yield (), settings
    if profile is not None:
        if profile not in settings.profiles:
            hint = did_you_mean(profile, {*settings.profiles}) or f"there are: {', '.join(settings.profiles) or 'none'}"
            raise PostcheckError(source.problem(("profile",), f'there is no profile "{profile}"', hint))
        yield ("profiles", profile), settings.profiles[profile]


def _origin(source: YamlSource, at: YamlPath | None) -> str:
    if at is None:
        return "default"
    return f"{source.path}:{source.places[at][0]}" if at in source.places else source.path


def _located(key: str, value: Any, folder: Path) -> Any:
    """A value as it's meant where the file is: folders and files are relative to that."""
    if key in _FOLDERS:
        return tuple(each if is_package(Path(each)) else str(folder / each) for each in value)
    return str(folder / value) if key == _FILES and value is not None else value


def possible_files(start: Path) -> Iterator[Path]:
    """Where a file that configures may be, nearest first."""
    for folder in (start, *start.parents):
        yield folder / FILE_NAME
        yield folder / "pyproject.toml"
    user = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config") / "postcheck" / "config.yaml"
    with suppress(RuntimeError):  # there is no home
        yield user.expanduser()


def _candidates(start: Path) -> Iterator[tuple[YamlSource, Path]]:
    """The files that configure, nearest first. What is there and can't be read isn't passed over."""
    for path in possible_files(start):
        if os.path.lexists(path) and (path.suffix != ".toml" or _pyproject(path) is not None):
            yield _read(path)


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
    import tomllib

    try:
        with path.open("rb") as file:
            table = tomllib.load(file).get("tool", {}).get("postcheck")
    except OSError as error:
        raise PostcheckError(Problem(f"can't be read: {error.strerror}", shown(path))) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PostcheckError(Problem(f"isn't valid TOML: {error}", shown(path))) from None
    keys = {str(key).replace("-", "_"): value for key, value in table.items()} if isinstance(table, dict) else table
    return None if table is None else YamlSource(shown(path), keys, {})
