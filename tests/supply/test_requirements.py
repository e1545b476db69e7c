"""The table of requirements names every one of them once, and nothing in it that is not there."""

import ast
import csv
import functools
import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT

STATES = {"met", "not applicable", "operator", "open"}
IDS = Path(__file__).parent / "asvs_ids.csv"
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


TABLE = rows(ROOT / "docs" / "asvs.csv")


def evidence(row):
    return [part for part in row["evidence"].split("; ") if part]


@functools.cache
def names_in(path):
    tree = ast.parse(path.read_text())
    named = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    machines = {f"{node.targets[0].id}" for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}
    return named | machines


@functools.cache
def anchors_in(path):
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in HEADING.findall(path.read_text())}


def is_there(part):
    path, _, name = part.partition("::")
    path, _, anchor = path.partition("#")
    file = ROOT / path
    if not file.is_file():
        return False
    if name:
        return name.startswith("test_") and name in names_in(file)
    return not anchor or anchor in anchors_in(file)


def test_every_requirement_stands_in_the_table_once_with_its_level():
    wanted = [(row["requirement"], row["level"]) for row in rows(IDS)]
    assert len(wanted) == 228
    assert [(row["requirement"], row["level"]) for row in TABLE] == wanted


def test_every_requirement_has_a_state_that_means_something():
    assert {row["requirement"]: row["status"] for row in TABLE if row["status"] not in STATES} == {}


def test_what_is_called_met_is_shown():
    assert [row["requirement"] for row in TABLE if row["status"] in ("met", "operator") and not evidence(row)] == []


def test_what_is_not_met_says_why_in_a_sentence():
    silent = [row["requirement"] for row in TABLE
              if row["status"] != "met" and not re.search(r"\w.*[.]$", row["note"])]
    assert silent == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["requirement"])
def test_what_a_row_names_is_there(row):
    assert [part for part in evidence(row) if not is_there(part)] == []


def test_something_that_is_not_there_is_noticed():
    assert is_there("tests/supply/test_requirements.py::test_what_is_called_met_is_shown")
    assert not is_there("tests/supply/test_requirements.py::test_that_nobody_wrote")
    assert not is_there("tests/supply/test_requirements.py::rows")
    assert not is_there("docs/no-such-page.md")
    assert not is_there("docs/security.md#no-such-part")
    assert is_there("docs/security.md#files")
