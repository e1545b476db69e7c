"""The public pages as strangers see them."""

import pytest

PAGES = ("/", "/projects/", "/districts/", "/accessibility", "/imprint", "/privacy")


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_without_any_data(visit, path, language):
    answer = visit().get(f"/{language}{path}")
    assert answer.status == 200
    assert answer.soup.h1 and len(answer.soup.find_all("h1")) == 1


@pytest.fixture
def city(make):
    """A round with a project that has everything, and its slug."""
    round = make.round(name="Runde Eins", slug="runde-eins")
    project = make.project("active", round=round, title="Nachbarschaftsküche", slug="kueche")
    make.award(project, grant=7_600_00)
    make.milestone(project, status="accepted", title="Raum gefunden")
    make.milestone(project, title="Eröffnung")
    make.update(project, title="Der Herd steht", photos=(make.photo(project, is_public=True),))
    make.partnership(project)
    return project


PATHS = ("/", "/projects/", "/projects/kueche", "/projects/kueche/history", "/districts/", "/districts/stadtteil-1",
         "/rounds/runde-eins", "/accessibility", "/imprint", "/privacy")


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_gets_no_cookie(visit, city, path):
    answer = visit().get(f"/de{path}")
    assert answer.status == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_what_it_is_about(visit, city, path):
    soup = visit().get(f"/de{path}").soup
    assert soup.title.text.strip()
    described = soup.select_one("meta[name=description]")
    assert described is not None and described["content"].strip()
    assert len(soup.select("link[rel=canonical]")) == 1


@pytest.mark.parametrize(("path", "at_most"), [("/", 9), ("/projects/", 6), ("/projects/kueche", 7)])
def test_a_page_asks_the_database_little(visit, city, queries, path, at_most):
    stranger = visit()
    with queries(at_most=at_most):
        assert stranger.get(f"/de{path}").status == 200


def test_more_rows_need_no_more_queries(visit, make, city, queries):
    stranger = visit()
    with queries() as before:
        stranger.get("/de/projects/kueche")
    for number in range(5):
        make.milestone(city, title=f"Schritt {number}")
        make.update(city, photos=(make.photo(city, is_public=True), make.photo(city, is_public=True)))
        make.pledge(city, state="confirmed")
    with queries() as after:
        stranger.get("/de/projects/kueche")
    assert len(after) == len(before)


def test_an_unknown_address_is_not_found(visit, city):
    for path in ("/projects/nichts", "/projects/nichts/history", "/districts/nichts", "/rounds/nichts"):
        assert visit().get(f"/de{path}").status == 404


def test_every_language_has_its_own_address(visit, city):
    soup = visit().get("/de/projects/kueche").soup
    assert {link["hreflang"] for link in soup.select("link[rel=alternate][hreflang]")} >= {"de", "en", "ar"}


def test_the_page_is_drawn_from_right_to_left_in_arabic(visit, city):
    assert visit().get("/ar/projects/kueche").soup.html["dir"] == "rtl"
