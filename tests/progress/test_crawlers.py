"""What machines are told of the site: where not to look, and which pages there are."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from incubator.dialogue.models import EvidenceKind, Idea, NeedEvidence, Workshop, WorkshopKind
from incubator.foundation import clock, language
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.progress import routes_crawlers
from incubator.progress.crawlers import SITEMAP, XHTML
from incubator.projects.lifecycle import PUBLIC, Status


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche", summary="Wir kochen zusammen.")


def _sitemap(visit, path="/sitemap.xml"):
    root = ElementTree.fromstring(visit().get(path).data)
    return {
        entry.findtext(f"{{{SITEMAP}}}loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall(f"{{{XHTML}}}link")
        } for entry in root
    }


def test_machines_are_kept_from_what_is_behind_a_sign_in(visit):
    answer = visit().get("/robots.txt")
    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    for code in language.BY_CODE:
        assert {f"Disallow: /{code}/desk/", f"Disallow: /{code}/sign-in", f"Disallow: /{code}/embed/"} <= set(lines)
        assert not any(line.endswith(("card.png", "/projects/", f"/{code}/")) for line in lines)
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert not any(line in ("Disallow: /", "Disallow: /de/") for line in lines)


def test_the_map_of_the_site_holds_every_public_page_in_every_language(visit, project):
    found = _sitemap(visit)
    for path in ("/", "/projects/", "/projects/offen", "/districts/stadtteil-1", "/rounds/runde-1"):
        others = {code: f"http://localhost/{code}{path}" for code in language.BY_CODE}
        for url in others.values():
            assert found[url] == {**others, "x-default": f"http://localhost{path}"}


def test_every_address_on_the_map_is_a_page(visit, project):
    """Looked at in two languages: the others have the same addresses, as the map itself shows."""
    for url in _sitemap(visit):
        path = url.removeprefix("http://localhost")
        assert not path.startswith(("/de/", "/fa/")) or visit().get(path).status == 200, url


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_the_map_holds_no_project_that_is_not_public(visit, make, status):
    make.project(status, slug="geheim")
    make.round(state="draft", slug="geheime-runde")
    assert b"geheim" not in visit().get("/sitemap.xml").data


def test_the_map_says_when_a_project_was_last_told_of(visit, make, project):
    make.update(project, state="draft")
    assert "<lastmod>2026-03-01</lastmod>" in visit().get("/sitemap.xml").text


def test_an_unchanged_map_is_not_sent_again(visit, project):
    first = visit().get("/sitemap.xml").headers
    assert first["Content-Type"] == "application/xml; charset=utf-8"
    assert visit().get("/sitemap.xml", headers={"If-None-Match": first["ETag"]}).status == 304


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt"])
def test_machines_get_no_cookie_and_cost_little(any_database, visit, make, queries, path):
    for _each in range(4):
        make.update(make.project("active"))
    with queries(at_most=2):
        assert "Set-Cookie" not in visit().get(path).headers


def test_a_long_map_comes_in_parts_that_hold_every_page_once(visit, make, project, monkeypatch):
    for number in range(20):
        make.project("active", slug=f"projekt-nummer-{number}")
    whole = set(_sitemap(visit))
    monkeypatch.setattr(routes_crawlers, "MOST_ENTRIES", 15)
    index = ElementTree.fromstring(visit().get("/sitemap.xml").data)
    assert index.tag == f"{{{SITEMAP}}}sitemapindex"
    parts = [each.findtext(f"{{{SITEMAP}}}loc").removeprefix("http://localhost") for each in index]
    assert len(parts) > 4
    found = [url for path in parts for url in _sitemap(visit, path)]
    assert len(found) == len(set(found))
    assert set(found) == whole
    for path in ("/sitemap-0.xml", f"/sitemap-{len(parts) + 1}.xml", "/sitemap-2147483647.xml"):
        assert visit().get(path).status == 404


def test_a_part_is_never_too_large(visit, make):
    """A file may have 50,000 entries and 50 MB; the longest address there can be stands in it for ten languages."""
    make.project("active", slug="x" * 80)
    entry = visit().get("/sitemap.xml").text.rpartition("<url>")[2]
    assert "x" * 80 in entry
    assert routes_crawlers.MOST_ENTRIES <= 50_000
    assert len(entry) / len(language.BY_CODE) * 11 * routes_crawlers.MOST_ENTRIES < 50_000_000


def test_the_map_holds_what_the_city_heard(any_database, visit, make):
    now, theme = clock.now(), make.theme(slug="wohnen")
    round_, secret = make.round(), make.round(state="draft")
    held = {"kind": WorkshopKind.FOCUS_GROUP, "title": "Treffen", "starts_at": now, "ends_at": now + timedelta(hours=2),
            "changed_at": now}
    given = {"title": "Eine Idee", "language": "de", "given_at": now}
    rows = {
        "need": NeedEvidence(kind=EvidenceKind.SURVEY, statement="Es fehlt.", pct=5, year=2026, source="Amt",
                             theme_id=theme.id, recorded_at=now),
        "open": Idea(round_id=round_.id, is_public=True, may_be_public=True, **given),
        "kept": Idea(round_id=round_.id, **given),
        "early": Idea(round_id=secret.id, is_public=True, may_be_public=True, **given),
    }
    with transaction():
        db.session.add_all([*rows.values(), Workshop(slug="treffen", round_id=round_.id, **held),
                            Workshop(slug="geheim", round_id=secret.id, **held)])
    found = {url.removeprefix("http://localhost/ar/") for url in _sitemap(visit)}
    assert {f"evidence/{rows['need'].id}", f"ideas/{rows['open'].id}", "workshops/treffen", "themes/wohnen"} <= found
    assert not {f"ideas/{rows['kept'].id}", f"ideas/{rows['early'].id}", "workshops/geheim"} & found
