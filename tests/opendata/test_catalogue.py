"""The catalogue says what DCAT-AP.de 3.0 asks for, in three ways of writing the same."""

import os
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, RDF, SH, Namespace

from tests.opendata.world import build, make_all

DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
EU = "http://publications.europa.eu/resource/authority/"
SHAPES = ("dcat-ap-SHACL.ttl", "dcat-ap-SHACL-DE.ttl", "dcat-ap-spec-german-additions.ttl", "dcat-ap-de-deprecated.ttl")
FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture
def catalogue(app, make, visit):
    app.config["OPENDATA_CONTRIBUTOR"] = "http://dcat-ap.de/def/contributors/osnabrueck"
    build(make)
    make_all()
    return rdflib.Graph().parse(data=visit().get("/opendata/catalogue.ttl").data, format="turtle")


def _one(graph, kind):
    (found,) = graph.subjects(RDF.type, kind)
    return found


def test_the_three_ways_of_writing_say_the_same(catalogue, visit):
    for syntax, name in FORMATS.items():
        other = rdflib.Graph().parse(data=visit().get(f"/opendata/catalogue.{syntax}").data, format=name)
        assert len(other) == len(catalogue), syntax


@pytest.mark.parametrize("asked, kind", [
    ("application/rdf+xml", "application/rdf+xml"), ("application/ld+json;q=0.9, text/html;q=0.1",
                                                      "application/ld+json"),
    ("text/turtle", "text/turtle"), ("*/*", "text/turtle"), ("text/html", "text/turtle")])
def test_a_reader_gets_what_it_asks_for(app, make, visit, asked, kind):
    make.round()
    answer = visit().get("/opendata/catalogue", headers={"Accept": asked})
    assert (answer.status, answer.response.mimetype) == (200, kind)
    assert "Accept" in answer.response.vary


def test_the_catalogue_has_what_it_must_have(catalogue):
    whole = _one(catalogue, DCAT.Catalog)
    for must in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset):
        assert list(catalogue.objects(whole, must)), must
    publisher = catalogue.value(whole, DCTERMS.publisher)
    assert {FOAF.Organization, FOAF.Agent} <= set(catalogue.objects(publisher, RDF.type))
    assert catalogue.value(publisher, FOAF.name)


def test_each_dataset_has_what_it_must_have(catalogue):
    sets = list(catalogue.subjects(RDF.type, DCAT.Dataset))
    assert {str(each) for each in sets} == {
        "http://localhost/opendata/all", "http://localhost/opendata/round-runde-1"}
    for each in sets:
        for must in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.distribution, DCAT.contactPoint,
                     DCATDE.contributorID, DCATDE.politicalGeocodingLevelURI, DCTERMS.spatial, DCTERMS.identifier):
            assert list(catalogue.objects(each, must)), must
        assert all(str(theme).startswith(f"{EU}data-theme/") for theme in catalogue.objects(each, DCAT.theme))
        languages = {title.language for title in catalogue.objects(each, DCTERMS.title)}
        assert languages == {"de", "en"}
    period = catalogue.value(rdflib.URIRef("http://localhost/opendata/round-runde-1"), DCTERMS.temporal)
    assert str(catalogue.value(period, DCAT.startDate)) == "2026-01-01"


def test_each_distribution_can_be_fetched_and_checked(catalogue, visit):
    for each in catalogue.subjects(RDF.type, DCAT.Distribution):
        url = str(catalogue.value(each, DCAT.accessURL))
        answer = visit().get(url.removeprefix("http://localhost"))
        assert answer.status == 200, url
        assert int(catalogue.value(each, DCAT.byteSize)) == len(answer.data)
        assert str(catalogue.value(each, DCTERMS.license)) == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
        assert str(catalogue.value(each, DCATDE.licenseAttributionByText))
        assert str(catalogue.value(each, DCTERMS.format)).startswith(f"{EU}file-type/")


def test_the_official_shapes_find_nothing_wrong(catalogue):
    folder = os.environ.get("DCAT_SHAPES")
    if not folder:
        pytest.skip("DCAT_SHAPES names no folder with the shapes of DCAT-AP 3.0.0 and DCAT-AP.de 3.0")
    shapes = rdflib.Graph()
    for name in SHAPES:
        shapes.parse(Path(folder) / name, format="turtle")
    shapes.remove((None, OWL.imports, None))  # they lead into the network
    _conforms, report, words = pyshacl.validate(catalogue, shacl_graph=shapes)
    assert not list(report.subjects(SH.resultSeverity, SH.Violation)), words
