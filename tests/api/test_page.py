"""The page for developers: made of what the description is made of."""

from incubator.api.routes_page import WRITES
from incubator.api.routes_read import RESOURCES
from tests.markup import faults


def test_it_names_every_address_with_its_parts(make, visit):
    page = visit().get("/en/api/")
    assert page.status == 200 and faults(page.text) == []
    for resource in RESOURCES:
        assert f"GET /api/v1/{resource.name}" in page.text
        assert all(f"<code>{name}</code>" in page.text for name in resource.fields_of_one)
    for _name, _summary, path, scope in WRITES:
        assert path in page.text and scope in page.text
    assert "What happened?" in page.text and "text *" in page.soup.get_text()


def test_the_address_without_a_language_leads_there(visit):
    assert visit().get("/api/", headers={"Accept-Language": "ar"}).location == "/ar/api/"


def test_it_is_read_without_a_cookie_and_by_everybody_alike(make, visit):
    strangers, own = visit().get("/de/api/"), visit(make.person("lead")).get("/de/api/")
    assert "Set-Cookie" not in strangers.headers and own.status == 200
    assert "<script" not in strangers.soup.select_one("main").decode()
