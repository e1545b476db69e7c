"""The list of parts names everything that runs, and says it in the standard's own shape."""

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import audit, sbom
from tools.vendor_assets import PRINTED, STATIC


@pytest.fixture(scope="module")
def text():
    return sbom.written()


@pytest.fixture(scope="module")
def parts(text):
    return json.loads(text)["components"]


def test_it_is_what_the_standard_says(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_every_package_of_the_program_stands_in_it_in_its_locked_version(parts):
    locked = audit.locked((sbom.ROOT / "requirements" / "run.txt").read_text())
    packages = {part["name"]: part["version"] for part in parts if part["purl"].startswith("pkg:pypi/")}
    assert len(packages) > 50
    assert {name: locked.get(name) for name in packages} == packages


def test_every_package_says_its_licence(parts):
    assert [part["name"] for part in parts if not part.get("licenses")] == []


def test_what_only_tests_need_is_no_part(parts):
    assert not {"pytest", "playwright", "hypothesis"} & {part["name"] for part in parts}


def test_carried_files_stand_in_it_with_their_checksums(parts):
    files = {file["name"]: file["hashes"][0]["content"] for part in parts for file in part.get("components", [])}
    lying = [path for folder in (STATIC / "vendor", STATIC / "fonts", PRINTED) for path in folder.rglob("*")]
    names = {path.relative_to(sbom.ROOT).as_posix() for path in lying if path.is_file() and path.name != "SHA256SUMS"}
    assert set(files) == names


def test_it_says_what_needs_what(text):
    needs = {each["ref"]: set(each.get("dependsOn", [])) for each in json.loads(text)["dependencies"]}
    assert {"flask", "sqlalchemy", "@kern-ux/native"} <= needs["program"]
    assert "werkzeug" in needs["flask"]
