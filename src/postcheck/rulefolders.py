"""Where packs come from: the folder that comes with postcheck, any other, or an installed distribution.

A distribution offers packs by an entry point of the group `postcheck.packs`: its name, and the
package whose folder holds them in the layout of `rules/`. They are used only where somebody asks
for `package:NAME`. A pack is data: the folder is found without running the package.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from postcheck.errors import PostcheckError, Problem
from postcheck.yaml_source import did_you_mean, shown

GROUP = "postcheck.packs"
SHIPPED = "shipped with postcheck"
_PACKAGE = "package:"


@dataclass(frozen=True, slots=True)
class RuleFolder:
    """A folder of packs; `origin` is what people call it."""

    path: Path
    origin: str


def shipped_rules() -> Path:
    """The folder of the rules that come with postcheck."""
    installed = Path(__file__).parent / "rules"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "rules"


def is_package(asked: Path) -> bool:
    """Whether packs of an installed distribution are asked for, not those of a folder."""
    return asked.name.startswith(_PACKAGE)


def rule_folders(asked: Iterable[Path]) -> tuple[RuleFolder, ...]:
    """The folders that are meant by paths or by `package:NAME`. Raises `PostcheckError` with all that aren't there."""
    found: list[RuleFolder] = []
    problems: list[Problem] = []
    for each in asked:
        try:
            found.append(_rule_folder(each))
        except PostcheckError as error:
            problems += error.problems
    if problems:
        raise PostcheckError(*problems)
    return tuple(found)


def _rule_folder(asked: Path) -> RuleFolder:
    if is_package(asked):
        return RuleFolder(_package_folder(asked.name.removeprefix(_PACKAGE)), asked.name)
    if not asked.is_dir():
        raise PostcheckError(Problem("there is no such folder of rules", shown(asked)))
    return RuleFolder(asked, shown(asked))


def _package_folder(name: str) -> Path:
    from importlib.metadata import entry_points

    offers = entry_points(group=GROUP)
    packages = {offer.value for offer in offers if offer.name == name}
    if not packages:
        message = f'no installed distribution offers packs named "{name}"'
        raise PostcheckError(Problem(message, hint=did_you_mean(name, offers.names) or _installed(offers.names)))
    if len(packages) > 1:
        both = " and ".join(sorted(packages))
        raise PostcheckError(Problem(f'several distributions offer packs named "{name}": {both}', hint="keep one"))
    (package,) = packages
    if folder := _found(package):
        return folder
    message = f'the packs "{name}" should be in the package {package}, which has no folder'
    raise PostcheckError(Problem(message, hint="install its distribution again, or ask who made it"))


def _installed(names: set[str]) -> str:
    return f"installed are: {', '.join(sorted(names))}" if names else "no distribution with packs is installed"


def _found(package: str) -> Path | None:
    """The folder of a package; asking for a part of one by its full name would run the whole."""
    top, *rest = package.split(".")
    try:
        spec = find_spec(top)
    except ValueError:
        return None
    places = (spec and spec.submodule_search_locations) or ()
    return next((folder for place in places if (folder := Path(place, *rest)).is_dir()), None)
