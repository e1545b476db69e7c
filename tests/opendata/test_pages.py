"""The page about the open data, and the files behind it as a reader and a program get them."""

import functools
import itertools
import json
import re

import pytest
import sqlalchemy as sa

from incubator.foundation import catalogues
from incubator.foundation.database import db
from incubator.foundation.language import BY_CODE
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.opendata.models import EditionFile
from incubator.opendata.tables import TABLES
from tests.opendata.world import build, make_all

CSV = "/opendata/all/latest/projects.csv"
CODES = re.compile(r"[a-z]+(?:_[a-z]+)+")


@pytest.fixture
def city(app, make):
    world = build(make)
    make_all()
    return world


def test_the_page_leads_to_files_that_are_there(city, visit):
    page = visit().get("/de/opendata/")
    assert page.status == 200
    links = [each["href"] for each in page.soup.select("main a[href^='/opendata/']")]
    assert len(links) > 50
    assert [each for each in links if visit().get(each).status != 200] == []


@functools.cache
def _catalogue(code):
    return {each.id: each.string for each in catalogues._read(catalogues.catalogue_path(code)) if each.string}


def _told(code, sentence):
    return str(_catalogue(code).get(sentence, ""))


def test_every_column_is_explained_in_the_readers_language(app, make, visit):
    make.round()
    for each in BY_CODE.values():
        page = visit().get(f"/{each.code}/opendata/")
        said = [" ".join(meaning.text.split()) for meaning in page.soup.select("details.more dd")]
        assert len(said) == sum(len(table.fields) for table in TABLES)
        assert page.soup.select("details.more summary [lang], details.more dd[lang]") == []
        own = _told(each.babel, "Title") if each.code != "en" else "Title"
        assert own in said and (each.code == "en" or "Title" not in said)


def test_words_that_programs_look_for_stand_in_every_translation():
    for code, table in itertools.product(catalogues.translated(), TABLES):
        for field in table.fields:
            told = _told(code, field.en)
            assert not told or set(CODES.findall(field.en)) <= set(CODES.findall(told))


def test_files_have_their_descriptions_in_german_and_english(city, visit):
    package = json.loads(visit().get("/opendata/all/latest/datapackage.json").data)
    rounds = next(each for each in package["resources"] if each["name"] == "rounds")
    assert (rounds["title"], rounds["description"]) == ("Förderrunden", "Rounds of funding")


def test_an_address_without_language_leads_to_the_page(city, visit):
    answer = visit().get("/opendata/", headers={"Accept-Language": "ar"})
    assert (answer.status, answer.location) == (302, "/ar/opendata/")


def test_before_the_first_edition_the_page_says_so(app, make, visit):
    make.round()
    page = visit().get("/en/opendata/")
    assert page.text.count("The first files are being made.") == 1  # for the whole and each round, said once
    assert visit().get(CSV).status == 404


def test_a_program_that_knows_the_newest_gets_nothing_twice(city, visit):
    first = visit().get(CSV)
    sha256 = db.session.scalar(sa.select(EditionFile.sha256).where(EditionFile.name == "projects.csv").limit(1))
    assert first.headers["ETag"] == f'"{sha256}"'
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Content-Location"] == "/opendata/all/1/projects.csv"
    assert first.headers["Content-Disposition"] == "attachment; filename=projects.csv"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    assert visit().get(CSV, headers={"If-None-Match": first.headers["ETag"]}).status == 304


def test_a_numbered_file_is_kept_by_caches_and_given_in_parts(city, visit):
    whole = visit().get("/opendata/all/1/all.zip")
    assert "immutable" in whole.headers["Cache-Control"]
    assert whole.headers["Content-Disposition"] == "attachment; filename=all-1-all.zip"
    part = visit().get("/opendata/all/1/all.zip", headers={"Range": "bytes=0-3"})
    assert (part.status, part.data) == (206, b"PK\x03\x04")
    assert whole.data[:4] == part.data


@pytest.mark.parametrize("path", [
    "/opendata/all/2/projects.csv", "/opendata/round-nowhere/latest/projects.csv", "/opendata/all/latest/rows.keys",
    "/opendata/all/latest/..%2Fincubator.db", "/opendata/nowhere/editions.json", "/opendata/catalogue.csv"])
def test_what_is_not_there_is_not_there(city, visit, path):
    assert visit().get(path).status == 404


def test_while_something_is_taken_out_no_file_is_given(city, visit):
    with transaction():
        record("update.withdrawn", None, city.project)
    answer = visit().get(CSV)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert visit().get("/en/opendata/").text.count("Something was taken back just now.") == 1
    make_all()
    assert visit().get(CSV).status == 200


def test_the_history_names_every_file_with_its_checksum(city, visit):
    told = visit().get("/opendata/all/editions.json").response.get_json()["editions"]
    assert [each["number"] for each in told] == [1]
    assert told[0]["rows"]["projects"] == 2
    assert "rows.keys" not in {each["name"] for each in told[0]["files"]}
    assert all(len(each["sha256"]) == 64 for each in told[0]["files"])


def _structured(page):
    return [json.loads(each.string) for each in page.soup.select("script[type='application/ld+json']")]


def test_search_engines_of_data_find_it(city, visit):
    page = visit().get("/en/opendata/")
    data, trail = _structured(page)
    assert data["@type"] == "Dataset" and data["license"] == "https://www.govdata.de/dl-de/by-2-0"
    assert [each["contentUrl"].rpartition("/")[2] for each in data["distribution"]] == [
        "all.zip", "tables.xlsx", "tables.ods", "datapackage.json"]
    assert [each["name"] for each in trail["itemListElement"]][-1] == "Open data"


def test_the_way_to_a_project_is_told_and_breaks_out_of_nothing(city, visit, make):
    with transaction():
        city.project.title = "</script><script>alert(1)</script>"
    page = visit().get(f"/de/projects/{city.project.slug}")
    assert "<script>alert" not in page.text
    trail = _structured(page)[-1]["itemListElement"]
    assert [each["position"] for each in trail] == [1, 2]
    assert trail[0]["item"] == "http://localhost/de/projects/"
    assert trail[1]["name"] == city.project.title and "item" not in trail[1]


def test_a_reader_costs_few_questions(city, visit, queries):
    limits = {"/de/opendata/": 8, CSV: 2, "/opendata/catalogue.ttl": 8, "/opendata/all/editions.json": 4}
    for path, most in limits.items():
        with queries(at_most=most):
            assert visit().get(path).status == 200
