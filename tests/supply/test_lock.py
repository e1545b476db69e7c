"""The locks hold what pyproject.toml asks for, with checksums for every system, and say nothing of any index."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import LOCKS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAMES = ("build", "run", "otel", "test")
SYSTEMS = 3  # Linux on two processors, macOS


def locked(name):
    """Return each locked package with its version and the checksums of its files."""
    text = re.sub(r"\\\n\s*", "", (LOCKS / f"{name}.txt").read_text())
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        requirement = Requirement(line.split(" --hash=")[0])
        version = str(requirement.specifier).removeprefix("==")
        found.setdefault(canonicalize_name(requirement.name), []).append((version, line.count("--hash=sha256:")))
    return found


@pytest.mark.parametrize(("name", "wanted"), [
    ("run", PROJECT["dependencies"]),
    ("otel", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["otel"]),
    ("test", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]),
])
def test_what_the_project_asks_for_is_locked_in_a_version_it_takes(name, wanted):
    lock = locked(name)
    wrong = [
        each for each in map(Requirement, wanted)
        if not any(each.specifier.contains(version) for version, _ in lock.get(canonicalize_name(each.name), []))
    ]
    assert wrong == [], "run `make lock`"


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_locked_with_checksums(name):
    lock = locked(name)
    assert lock
    bare = [package for package, versions in lock.items() if not all(number for _, number in versions)]
    assert bare == []


def test_what_is_made_for_one_system_is_locked_for_all_of_them():
    made = []
    for package, versions in locked("run").items():
        try:
            kind = distribution(package).read_text("WHEEL") or ""
        except PackageNotFoundError:
            continue
        if "-any" not in kind and max(number for _, number in versions) < SYSTEMS:
            made.append(package)
    assert made == []


def test_tests_run_on_what_is_run():
    run, test = locked("run"), locked("test")
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_says_nothing_of_where_packages_come_from(name):
    text = (LOCKS / f"{name}.txt").read_text()
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|@ ", text)


def test_installing_asks_for_checksums_and_fetches_nothing_on_the_side():
    told = (ROOT / "Makefile").read_text()
    steps = [line for line in told.splitlines() if "$(INSTALL)" in line]
    assert len(steps) == 3
    for line in steps:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation -e ." in line
