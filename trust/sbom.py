"""What postcheck is made of, as CycloneDX: `python -m trust.sbom FILE`.

The packages and their licenses are those of the environment that this runs in, which the lock
made; the hashes of their files are the lock's. The models are listed with the sums by which they
are verified whenever they are loaded.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import metadata, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from postcheck import __version__
from postcheck.detectors.verification import RECORDS
from trust.lock import LOCK, releases

_EXTRAS = ("audit", "rampart", "ray")
PROJECT = LOCK.parent / "pyproject.toml"

_MODELS = {
    "classifier": ("postcheck-classifier", __version__, "Apache-2.0"),
    "model": ("en_core_web_sm", "3.8.0", "MIT"),
    "rampart": ("rampart", "1.4.0", "CC-BY-4.0"),
}
"""By the record of its sums: a model's name, the version of what brings it, and its license."""


def sbom() -> dict[str, Any]:
    """The bill of materials: what is needed, and, as optional, what extras add."""
    bill = _environment()
    needed, everything = _needs(()), _needs(_EXTRAS)
    kept = {each["bom-ref"] for each in bill["components"] if _name(each) in everything}
    kept.add(bill["metadata"]["component"]["bom-ref"])
    sums = {(each.name, each.version): each.sha256 for each in releases(LOCK.read_text(encoding="utf-8"))}
    packages = [
        _described(each, _name(each) in needed, sums[_name(each), each["version"]])
        for each in bill["components"]
        if each["bom-ref"] in kept
    ]
    edges = [
        {"ref": each["ref"], "dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in kept]}
        for each in bill["dependencies"]
        if each["ref"] in kept
    ]
    return bill | {"components": [*packages, *_models()], "dependencies": edges}


def _environment() -> dict[str, Any]:
    """Everything that is installed beside this Python."""
    command = ["cyclonedx_py", "environment", "--no-validate", "--output-reproducible", "--pyproject", str(PROJECT)]
    done = subprocess.run([sys.executable, "-m", *command, sys.executable], check=True, capture_output=True)
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def _needs(extras: Iterable[str]) -> set[str]:
    """The packages that postcheck with some of its extras brings with it, here."""
    waiting = [("postcheck", extra) for extra in ("", *extras)]
    seen = {*waiting}
    while waiting:
        package, extra = waiting.pop()
        for asked in map(Requirement, requires(package) or ()):
            if asked.marker is None or asked.marker.evaluate({"extra": extra}):
                new = {(str(canonicalize_name(asked.name)), each) for each in ("", *asked.extras)} - seen
                seen |= new
                waiting += new
    return {package for package, _ in seen} - {"postcheck"}


def _name(component: Mapping[str, Any]) -> str:
    return str(canonicalize_name(component["name"]))


def _described(package: Mapping[str, Any], required: bool, sums: Iterable[str]) -> dict[str, Any]:
    """A package with the hashes that its files may have, one for each system.

    Its license is told in its own words where these are no SPDX expression, which the generator leaves out.
    """
    name = _name(package)
    files = {
        "type": "distribution",
        "url": f"https://pypi.org/simple/{name}/",
        "comment": "the file for this or another system has one of these hashes",
        "hashes": [{"alg": "SHA-256", "content": each} for each in sums],
    }
    own_words = [{"license": {"name": metadata(name)["License"], "acknowledgement": "declared"}}]
    return {
        **package,
        "scope": "required" if required else "optional",
        "licenses": package.get("licenses") or own_words,
        "externalReferences": [*package.get("externalReferences", ()), files],
    }


def _models() -> Iterator[dict[str, Any]]:
    for record, (name, version, license_id) in _MODELS.items():
        recorded = json.loads((RECORDS / f"{record}.json").read_bytes())["sha256"]
        yield {
            "type": "machine-learning-model",
            "bom-ref": f"model:{name}",
            "name": name,
            "version": version,
            "licenses": [{"license": {"id": license_id, "acknowledgement": "declared"}}],
            "scope": "optional" if record == "rampart" else "required",
            "components": [
                {
                    "type": "file",
                    "bom-ref": f"model:{name}/{file}",
                    "name": file,
                    "hashes": [{"alg": "SHA-256", "content": content}],
                }
                for file, content in recorded.items()
            ],
        }


def main(file: Path) -> None:
    """Write the bill."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(sbom(), indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
