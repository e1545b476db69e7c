"""The catalogue of the open data as DCAT-AP.de 3.0 has it: GovData and the data portal of Europe gather it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from incubator.foundation.later import later
from incubator.opendata.about import About
from incubator.opendata.models import Edition, EditionFile
from incubator.opendata.queries import ROWS

rdflib = later("rdflib")
WRITTEN = {"ttl": "turtle", "rdf": "pretty-xml", "jsonld": "json-ld"}
SPACES = {
    "adms": "http://www.w3.org/ns/adms#", "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "dcatap": "http://data.europa.eu/r5r/", "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
LEVEL = "http://dcat-ap.de/def/politicalGeocoding/Level/municipality"
THEMES = ("GOVE", "SOCI", "ECON")  # government, society, economy: where projects of citizens and their money belong
KEYWORDS = ("Bürgerbeteiligung", "Stadtentwicklung", "Förderung", "Zuwendungen", "Migration und Teilhabe", "Projekte")
FORMATS = {"csv": "CSV", "jsonl": "JSON", "xlsx": "XLSX", "ods": "ODS", "json": "JSON", "zip": "ZIP"}
LANGUAGES = {"de": "DEU", "en": "ENG"}


class Graph:
    """Statements, written shortly: names are `dct:title`, addresses are made of plain text."""

    def __init__(self) -> None:
        self.it = rdflib.Graph()
        for name, space in SPACES.items():
            self.it.bind(name, space)

    def name(self, short: str) -> Any:
        space, _colon, local = short.partition(":")
        return rdflib.URIRef(SPACES[space] + local)

    def thing(self, place: Any, *kinds: str) -> Any:
        node = rdflib.BNode() if place is None else rdflib.URIRef(str(place))
        for kind in kinds:
            self.it.add((node, rdflib.RDF.type, self.name(kind)))
        return node

    def say(self, node: Any, short: str, value: Any, *, kind: str = "", language: str = "") -> None:
        """Say something of a thing in words, or in a value of a kind."""
        said = rdflib.Literal(value, datatype=self.name(kind) if kind else None, lang=language or None)
        self.it.add((node, self.name(short), said))

    def link(self, node: Any, short: str, other: Any) -> None:
        other = rdflib.URIRef(other) if isinstance(other, str) and not isinstance(other, rdflib.BNode) else other
        self.it.add((node, self.name(short), other))


def written(
    site: About, editions: Sequence[tuple[About, Edition]], form: str, *, contributor: str, area: str, day: date,
) -> bytes:
    """Write the catalogue of the newest editions; `day` is when it was written."""
    graph = Graph()
    publisher = _publisher(graph, site)
    whole = graph.thing(f"{site.page}catalogue", "dcat:Catalog")
    for code, title in (("de", f"Offene Daten: {site.site}"), ("en", f"Open data: {site.site}")):
        graph.say(whole, "dct:title", title, language=code)
        graph.say(whole, "dct:description", site.description(code), language=code)
        graph.link(whole, "dct:language", f"{EU}language/{LANGUAGES[code]}")
    graph.link(whole, "dct:publisher", publisher)
    graph.link(whole, "foaf:homepage", graph.thing(site.page, "foaf:Document"))
    graph.link(whole, "dct:license", graph.thing(site.licence.uri, "dct:LicenseDocument"))
    graph.link(whole, "dct:spatial", graph.thing(area, "dct:Location"))
    graph.say(whole, "dct:modified", max((each.made_at.date() for _about, each in editions), default=day),
              kind="xsd:date")
    for about, edition in editions:
        graph.link(whole, "dcat:dataset", _dataset(graph, about, edition, publisher, contributor, area))
    text: bytes = graph.it.serialize(format=WRITTEN[form], encoding="utf-8")
    return text


def _publisher(graph: Graph, site: About) -> Any:
    publisher = graph.thing(f"{site.base}/#operator", "foaf:Organization", "foaf:Agent")
    graph.say(publisher, "foaf:name", site.operator or site.city)
    graph.link(publisher, "dct:type", "http://purl.org/adms/publishertype/LocalAuthority")
    return publisher


def _dataset(graph: Graph, about: About, edition: Edition, publisher: Any, contributor: str, area: str) -> Any:
    dataset = graph.thing(f"{about.base}/opendata/{about.subject}", "dcat:Dataset")
    for code in LANGUAGES:
        graph.say(dataset, "dct:title", about.title(code), language=code)
        graph.say(dataset, "dct:description", about.description(code), language=code)
    for word in KEYWORDS:
        graph.say(dataset, "dcat:keyword", word, language="de")
    for theme in THEMES:
        graph.link(dataset, "dcat:theme", f"{EU}data-theme/{theme}")
    for role in ("dct:publisher", "dct:creator"):
        graph.link(dataset, role, publisher)
    graph.link(dataset, "dcat:contactPoint", _contact(graph, about))
    graph.say(dataset, "dct:identifier", f"{about.base}/opendata/{about.subject}")
    graph.say(dataset, "dct:modified", edition.made_at.date(), kind="xsd:date")
    graph.say(dataset, "dcat:version", str(edition.number))
    graph.link(dataset, "dct:accrualPeriodicity", graph.thing(f"{EU}frequency/DAILY", "dct:Frequency"))
    graph.link(dataset, "dct:accessRights", graph.thing(f"{EU}access-right/PUBLIC", "dct:RightsStatement"))
    graph.link(dataset, "dcat:landingPage", graph.thing(about.page, "foaf:Document"))
    graph.link(dataset, "dct:spatial", graph.thing(area, "dct:Location"))
    graph.link(dataset, "dcatde:politicalGeocodingLevelURI", LEVEL)
    if contributor:
        graph.link(dataset, "dcatde:contributorID", contributor)
    if about.begins or about.ends:
        graph.link(dataset, "dct:temporal", _period(graph, about))
    for file in edition.files:
        if file.name != ROWS:
            graph.link(dataset, "dcat:distribution", _distribution(graph, about, edition, file))
    return dataset


def _contact(graph: Graph, about: About) -> Any:
    contact = graph.thing(None, "vcard:Organization")
    graph.say(contact, "vcard:fn", about.operator or about.city)
    graph.link(contact, "vcard:hasEmail", f"mailto:{about.mail}")
    graph.link(contact, "vcard:hasURL", about.page)
    return contact


def _period(graph: Graph, about: About) -> Any:
    period = graph.thing(None, "dct:PeriodOfTime")
    for short, value in (("dcat:startDate", about.begins), ("dcat:endDate", about.ends)):
        if value:
            graph.say(period, short, value, kind="xsd:date")
    return period


def _distribution(graph: Graph, about: About, edition: Edition, file: EditionFile) -> Any:
    url = f"{about.url}/{file.name}"
    distribution = graph.thing(url, "dcat:Distribution")
    graph.say(distribution, "dct:title", file.name)
    graph.link(distribution, "dcat:accessURL", url)
    graph.link(distribution, "dcat:downloadURL", url)
    graph.link(distribution, "dct:license", graph.thing(about.licence.uri, "dct:LicenseDocument"))
    if about.licence.names_us:
        graph.say(distribution, "dcatde:licenseAttributionByText", about.attribution, language="de")
    kind = FORMATS[file.name.rpartition(".")[2]]
    graph.link(distribution, "dct:format", graph.thing(f"{EU}file-type/{kind}", "dct:MediaTypeOrExtent"))
    plain = file.media_type.partition(";")[0]
    graph.link(distribution, "dcat:mediaType", graph.thing(f"{IANA}{plain}", "dct:MediaType"))
    graph.say(distribution, "dcat:byteSize", file.size, kind="xsd:nonNegativeInteger")
    graph.say(distribution, "dct:modified", edition.made_at.date(), kind="xsd:date")
    graph.link(distribution, "dcatap:availability", f"{EU}planned-availability/STABLE")
    checksum = graph.thing(None, "spdx:Checksum")
    graph.link(checksum, "spdx:algorithm", graph.thing("http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
                                                       "spdx:ChecksumAlgorithm"))
    graph.say(checksum, "spdx:checksumValue", file.sha256, kind="xsd:hexBinary")
    graph.link(distribution, "spdx:checksum", checksum)
    return distribution
