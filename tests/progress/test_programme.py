"""Start page, districts and rounds."""

from datetime import date

import pytest

from incubator.programme.models import RoundFact


def test_the_start_page_without_a_round_is_friendly(visit, app):
    soup = visit().get("/de/").soup
    assert soup.select_one(".empty")
    assert not soup.select_one(".hero a[href*=propose]")


def test_an_open_round_invites_to_propose(visit, make):
    make.round(name="Runde Offen")
    soup = visit().get("/de/").soup
    assert "Runde Offen" in soup.main.text
    assert soup.select_one(".hero a[href*=propose]")


@pytest.mark.parametrize(("until", "invites"), [(date(2026, 3, 1), True), (date(2026, 2, 28), False)])
def test_a_round_invites_until_its_last_day(visit, make, until, invites):
    make.round(slug="runde", proposals_until=until)
    for path in ("/de/", "/de/rounds/runde"):
        assert bool(visit().get(path).soup.select_one("main .buttons a[href*=propose]")) is invites


def test_a_closed_round_does_not_invite(visit, make):
    make.round(state="closed")
    assert not visit().get("/de/").soup.select_one(".hero a[href*=propose]")


def test_the_open_round_comes_before_a_newer_closed_one(any_database, visit, make):
    make.round(name="Offene", state="open", period_from=date(2025, 1, 1))
    make.round(name="Geschlossene", state="closed", period_from=date(2026, 1, 1))
    assert "Offene" in visit().get("/de/").soup.select_one("#round-title").text


def test_the_start_page_shows_what_a_project_does_next(any_database, visit, make):
    project = make.project("active", title="Garten")
    make.milestone(project, title="Beete gebaut", due_on=date(2026, 7, 4))
    make.milestone(project, title="Platz gefunden", status="accepted", due_on=date(2026, 1, 4))
    card = visit().get("/de/").soup.select_one("main .card")
    assert "Beete gebaut" in card.text and "50" in card.text and "Platz gefunden" not in card.text


def test_the_newest_news_shows_its_photo_small(any_database, visit, make):
    project = make.project("active")
    photo = make.photo(project, is_public=True)
    make.update(project, photos=(photo,))
    assert visit().get("/de/").soup.select_one(f"img[src='/media/{photo.key}-small.jpg']")


def test_a_district_tells_its_figures_with_their_source(any_database, visit, make):
    make.district(slug="schinkel", name="Schinkel", inhabitants=14504, source="Statistikportal")
    soup = visit().get("/de/districts/schinkel").soup
    assert "14.504" in soup.main.text and "Statistikportal" in soup.main.text


def test_a_share_is_shown_only_with_source_and_year(any_database, visit, make):
    make.district(slug="mit", migration_share_pct=31, migration_share_source="Bericht", migration_share_year=2024)
    make.district(slug="ohne")
    assert "31" in visit().get("/de/districts/mit").text and "Bericht" in visit().get("/de/districts/mit").text
    assert len(visit().get("/de/districts/ohne").soup.select(".figures div")) == 2


def test_districts_count_only_public_projects(any_database, visit, make):
    district = make.district(slug="schinkel", name="Schinkel")
    make.project("active", district_id=district.id)
    make.project("mentoring", district_id=district.id)
    row = next(row for row in visit().get("/de/districts/").soup.select("tbody tr") if "Schinkel" in row.text)
    assert row.select("td")[-1].text == "1"


@pytest.fixture
def archived(make):
    round = make.round(slug="2019", name="Runde 2019", state="archived", rule_source="Richtlinie der Stadt")
    for text, day in (("Der Rat beschloss.", date(2019, 3, 12)), ("Viertausend Haushalte wurden gefragt.", None)):
        make._keep(RoundFact(round_id=round.id, kind="step", text=text, on=day, source="Ratsinformation"))
    return round


def test_the_start_page_stays_with_the_projects_while_the_next_round_collects(visit, make):
    at_work = make.round(name="Jetzt", proposals_until=date(2026, 2, 1), takes_ideas=False, awarded_cents=1_000_00)
    make.round(name="Danach", ideas_until=date(2026, 5, 1), period_from=date(2027, 5, 1))
    soup = visit().get("/de/").soup
    assert at_work.name in soup.select_one("#round-title").get_text()
    assert "Danach" in soup.select_one("main .notice:not([hidden])").get_text()
    assert soup.select_one(".hero a[href='/de/ideas/new']")


def test_an_archived_round_is_told_with_sources(any_database, visit, archived):
    soup = visit().get("/de/rounds/2019").soup
    assert soup.select_one("main .news time")["datetime"] == "2019-03-12"
    assert soup.main.text.count("Ratsinformation") == 2
    assert "Viertausend" in soup.main.text and "Richtlinie der Stadt" in soup.main.text


def test_an_archived_round_without_projects_invents_no_amounts(visit, archived):
    soup = visit().get("/de/rounds/2019").soup
    assert not soup.select_one(".fund")
    assert soup.select_one(".notice")


def test_a_round_under_way_shows_dates_and_money(any_database, visit, make):
    make.project("active", round=make.round(slug="jetzt", council_on=date(2026, 4, 28)), title="Garten")
    soup = visit().get("/de/rounds/jetzt").soup
    assert soup.select_one(".fund") and "28.04.2026" in soup.main.text and "Garten" in soup.main.text


def test_the_statement_names_the_conciliation_body_and_where_to_write(visit, app):
    app.config["MAIL_FROM"] = "barriere@example.org"
    soup = visit().get("/de/accessibility").soup
    assert "§ 9d NBGG" in soup.main.text
    assert soup.select_one("a[href='mailto:barriere@example.org']")


def test_the_imprint_of_the_demonstration_says_it_is_made_up(visit, app):
    app.config["DEMO"] = True
    assert visit().get("/en/imprint").soup.select_one(".notice")


def test_the_imprint_names_the_operator(visit, app):
    app.config["OPERATOR"] = app.config["OPERATOR"] | {"name": "Stadt Beispiel", "phone": "0541 0"}
    text = visit().get("/de/imprint").soup.main.text
    assert "Stadt Beispiel" in text and "0541 0" in text


def test_the_statement_says_what_the_city_says_and_no_longer_what_it_mended(visit, app):
    app.config["ACCESSIBILITY"] = app.config["ACCESSIBILITY"] | {
        "mended": ["sign_language"], "checked_on": date(2027, 3, 1), "mail": "stadt@example.org", "phone": "0541 1",
        "gaps": [{"de": "Die Säule im Rathaus ist zu hoch.", "en": "The column in the town hall is too high."}]}
    german, arabic = (visit().get(f"/{code}/accessibility").soup.main for code in ("de", "ar"))
    assert "DGS" not in german.text and "1. März 2027" in german.text and "0541 1" in german.text
    assert german.select_one("a[href='mailto:stadt@example.org']")
    assert arabic.select_one("li bdi[lang=de]").text == "Die Säule im Rathaus ist zu hoch."
    assert "too high" in visit().get("/en/accessibility").soup.main.text
