"""The bill of materials: valid, whole, and the same each time."""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from packaging.utils import canonicalize_name
from referencing import Registry, Resource

from postcheck.detectors.verification import RECORDS
from trust.lock import LOCK, releases


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What is written twice, by processes that order sets differently."""
    folder = tmp_path_factory.mktemp("sbom")
    command = [sys.executable, "-m", "trust.sbom"]
    for seed in ("1", "2"):
        subprocess.run(
            [*command, folder / seed], env=os.environ | {"PYTHONHASHSEED": seed}, cwd=LOCK.parent, check=True
        )
    return [(folder / seed).read_bytes() for seed in ("1", "2")]


@pytest.fixture(scope="module")
def bill(written: list[bytes]) -> Any:
    return json.loads(written[0])


def test_it_is_the_same_each_time_and_tells_nothing_of_the_machine(written: list[bytes]) -> None:
    assert written[0] == written[1]
    assert str(Path.home()).encode() not in written[0]
    assert sys.prefix.encode() not in written[0]


def test_it_is_valid_cyclonedx(bill: Any) -> None:
    folder = files("cyclonedx.schema") / "_res"
    names = [f"{name}.SNAPSHOT.schema.json" for name in (f"bom-{bill['specVersion']}", "spdx", "jsf-0.82")]
    schemas = {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in names}
    beside = f"{schemas[names[0]]['$id'].rpartition('/')[0]}/"
    registry = Registry[Any]().with_resources(
        (beside + name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    validator = Draft7Validator(schemas[names[0]], registry=registry)
    assert not [*validator.iter_errors(bill)]
    assert [*validator.iter_errors(bill | {"components": [{"name": "no type"}]})]


def test_each_package_has_its_license_and_the_hashes_of_the_lock(bill: Any) -> None:
    locked = {(each.name, each.version): {*each.sha256} for each in releases(LOCK.read_text(encoding="utf-8"))}
    for package in bill["components"]:
        if package["type"] == "library":
            assert package["licenses"], package["name"]
            sums = {each["content"] for each in package["externalReferences"][-1]["hashes"]}
            assert sums == locked[str(canonicalize_name(package["name"])), package["version"]]


def test_it_lists_each_model_with_the_sums_that_its_files_are_verified_by(bill: Any) -> None:
    models = [each for each in bill["components"] if each["type"] == "machine-learning-model"]
    told = {file["hashes"][0]["content"] for model in models for file in model["components"]}
    records = [json.loads(path.read_bytes())["sha256"] for path in RECORDS.glob("*.json")]
    assert told == {content for record in records for content in record.values()}
    assert all(model["licenses"] for model in models)
