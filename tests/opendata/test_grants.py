"""Grants as 360Giving has them: complete, of organisations only, the same in their spreadsheet."""

import json
import os
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.opendata.world import build, make_all, unpack

MUST = {"id", "title", "description", "currency", "amountAwarded", "awardDate", "recipientOrganization",
        "fundingOrganization"}


@pytest.fixture
def files(app, make, tmp_path):
    app.config["GIVING_PREFIX"] = "360G-osnabrueck"
    build(make)
    make.award(make.project(status="active", carrier=None))
    make_all()
    return unpack(tmp_path)


@pytest.fixture
def grants(files):
    return json.loads((files / "360giving.json").read_text(), parse_float=Decimal)["grants"]


def test_each_grant_has_what_it_must_have(grants):
    assert len(grants) == 2
    assert all(set(each) >= MUST for each in grants)
    second = grants[1]
    assert second["id"] == "360G-osnabrueck-projekt-2"
    assert (second["amountAwarded"], second["currency"]) == (Decimal("1234.56"), "EUR")
    assert second["awardDate"] == "2026-01-13"


def test_nobody_is_named_and_what_nobody_carries_is_left_out(grants):
    assert not any("recipientIndividual" in each for each in grants)
    assert {each["recipientOrganization"][0]["name"] for each in grants} == {"Verein 1 e.V.", "Verein 2 e.V."}


def test_the_spreadsheet_says_the_same(files, grants):
    head, *rows = openpyxl.load_workbook(files / "360giving.xlsx")["grants"].values
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [each["Identifier"] for each in told] == [each["id"] for each in grants]
    assert told[1]["Amount Awarded"] == 1234.56
    assert told[0]["Recipient Org:Identifier"] == grants[0]["recipientOrganization"][0]["id"]


def test_their_schema_finds_nothing_wrong(grants):
    folder = os.environ.get("GIVING_SCHEMA")
    if not folder:
        pytest.skip("GIVING_SCHEMA names no folder with 360-giving-schema.json")
    schema = json.loads((Path(folder) / "360-giving-schema.json").read_text())
    schema.pop("$schema", None)  # they name a dialect that there is not
    checker = jsonschema.Draft202012Validator(schema)
    plain = json.loads(json.dumps(grants, default=float))
    assert [error.message for each in plain for error in checker.iter_errors(each)] == []
