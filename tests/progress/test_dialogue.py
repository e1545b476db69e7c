"""Needs, workshops and ideas as the public reads them, each leading to what grew from it."""

import json
from datetime import date, datetime, timedelta

import pytest

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.progress import rules_dialogue
from incubator.wording.models import Origin
from incubator.wording.operations import translate

SECRET = "Geheimnis"


def read(visit, path, language="de"):
    answer = visit().get(f"/{language}{path}")
    assert answer.status == 200
    return answer.soup.main


@pytest.fixture
def grown(make):
    """A need, a workshop, an idea from it, and a public project that grew from the idea."""
    need = make.evidence(statement="Treffpunkte fehlen", district_id=make.district(name="Schinkel", slug="schinkel").id)
    workshop = make.workshop(slug="wohnen", title="Gut wohnen")
    idea = make.idea(state="promoted", title="Küche für alle", workshop_id=workshop.id, evidence=[need],
                     district_id=need.district_id, theme_id=need.theme_id)
    project = make.project("active", title="Nachbarschaftsküche", slug="kueche", idea_id=idea.id)
    return need, workshop, idea, project


@pytest.mark.parametrize("path", ["/evidence/", "/workshops/", "/ideas/", "/themes/"])
@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_an_empty_list_is_kind_and_says_what_to_do(visit, app, path, language):
    assert read(visit, path, language).select_one(".empty a")


def test_a_need_has_its_figure_and_its_proof(any_database, visit, make):
    need = make.evidence(count=37, base=90, year=2024, source="Haushaltsumfrage", licence="dl-de/by-2-0",
                         is_fictional=True)
    text = read(visit, f"/evidence/{need.id}").text
    for said in ("37", "90", "41\u00a0%", "2024", "Haushaltsumfrage", "dl-de/by-2-0", "Demonstration"):
        assert said in text, said


@pytest.mark.parametrize(("count", "base", "pct", "share"), [
    (37, 90, None, 41), (51, 84, None, 61), (None, 84, 61, 61), (None, None, 44, 44), (5, 8, None, 63),
])
def test_a_share_is_counted_out_only_where_none_was_published(count, base, pct, share):
    assert rules_dialogue.share(count, base, pct) == share


def test_a_need_leads_to_the_ideas_and_projects_that_grew_from_it(any_database, visit, make, grown):
    need, _workshop, idea, _project = grown
    cited = make.project("active", title="Anderes", slug="anderes", evidence=[need])
    links = {each["href"] for each in read(visit, f"/evidence/{need.id}").select("a")}
    assert {f"/de/ideas/{idea.id}", "/de/projects/kueche", f"/de/projects/{cited.slug}"} <= links


def test_a_workshop_leads_to_its_ideas_and_projects(any_database, visit, grown):
    links = {each["href"] for each in read(visit, "/workshops/wohnen").select("a")}
    assert {f"/de/ideas/{grown[2].id}", "/de/projects/kueche"} <= links


def test_an_idea_leads_to_where_it_came_from_and_what_it_became(any_database, visit, grown):
    links = {each["href"] for each in read(visit, f"/ideas/{grown[2].id}").select("a")}
    assert {f"/de/evidence/{grown[0].id}", "/de/workshops/wohnen", "/de/projects/kueche"} <= links


@pytest.mark.parametrize(("state", "until", "offered"), [
    ("accepted_for_workshop", date(2026, 3, 1), True), ("submitted", date(2026, 2, 28), False),
    ("promoted", date(2026, 3, 1), False), ("submitted", None, False),
])
def test_a_free_idea_leads_to_a_proposal_while_its_round_takes_some(visit, make, state, until, offered):
    idea = make.idea(state=state, round=make.round(proposals_until=until))
    way = read(visit, f"/ideas/{idea.id}").select(f"a[href='/de/desk/ideas/{idea.id}/propose']")
    assert bool(way) is offered


def test_a_theme_shows_everything_around_it(any_database, visit, make, grown):
    need, _workshop, idea, project = grown
    make.update(project, title="Der Herd steht")
    soup = read(visit, f"/themes/{need.theme.slug}")
    links = {each["href"] for each in soup.select("a")}
    assert {f"/de/evidence/{need.id}", f"/de/ideas/{idea.id}", "/de/projects/kueche",
            f"/de/follow?theme={need.theme.slug}", f"/de/projects/feed.atom?theme={need.theme.slug}"} <= links
    assert "Der Herd steht" in soup.text


def test_a_district_shows_needs_ideas_and_projects_together(any_database, visit, grown):
    links = {each["href"] for each in read(visit, "/districts/schinkel").select("a")}
    assert {f"/de/evidence/{grown[0].id}", f"/de/ideas/{grown[2].id}", "/de/projects/kueche"} <= links


@pytest.mark.parametrize("status", ["draft", "submitted", "mentoring", "rejected", "withdrawn"])
def test_a_project_that_is_not_public_stays_out_of_every_page(visit, make, grown, status):
    need, workshop, idea, _project = grown
    make.project(status, title=SECRET, slug="geheim", idea_id=idea.id, evidence=[need])
    for path in (f"/evidence/{need.id}", f"/workshops/{workshop.slug}", f"/ideas/{idea.id}", "/themes/",
                 f"/themes/{need.theme.slug}", "/districts/schinkel"):
        text = visit().get(f"/de{path}").text
        assert SECRET not in text and "geheim" not in text, path


@pytest.mark.parametrize("hidden", ["not agreed", "round in preparation"])
def test_an_idea_that_is_not_public_is_nowhere(visit, make, grown, hidden):
    need, workshop, _idea, _project = grown
    round = make.round(state="draft") if hidden == "round in preparation" else None
    secret = make.idea(state="merged", title=SECRET, text=SECRET, reason=SECRET, round=round, workshop_id=workshop.id,
                       evidence=[need], theme_id=need.theme_id, district_id=need.district_id,
                       is_public=hidden != "not agreed", merged_into_id=grown[2].id)
    assert visit().get(f"/de/ideas/{secret.id}").status == 404
    for path in ("/ideas/", f"/evidence/{need.id}", "/workshops/wohnen", f"/ideas/{grown[2].id}",
                 f"/themes/{need.theme.slug}", "/districts/schinkel"):
        assert SECRET not in visit().get(f"/de{path}").text, path


def test_a_project_is_not_led_back_through_an_idea_that_is_not_public(visit, make):
    need = make.evidence()
    workshop = make.workshop()
    secret = make.idea(is_public=False, workshop_id=workshop.id, evidence=[need])
    make.project("active", slug="offen", title="Offen", idea_id=secret.id)
    for path in (f"/evidence/{need.id}", f"/workshops/{workshop.slug}"):
        assert "/de/projects/offen" not in visit().get(f"/de{path}").text


def test_an_idea_says_why_it_ended_and_what_it_joined(any_database, visit, make):
    kept = make.idea(title="Lesestunde")
    gone = make.idea(state="merged", title="Vorlesen", merged_into_id=kept.id, reason="Zwei Ideen, ein Ort.")
    soup = read(visit, f"/ideas/{gone.id}")
    assert "Zwei Ideen, ein Ort." in soup.text
    assert soup.select_one(f"dd a[href='/de/ideas/{kept.id}']")
    assert read(visit, f"/ideas/{kept.id}").select_one(f".card a[href='/de/ideas/{gone.id}']")


def test_an_idea_never_says_who_gave_or_entered_it(visit, make):
    idea = make.idea(entered_by_id=make.person("moderator", name="Mira Moderatorin").id)
    assert "Mira" not in visit().get(f"/de/ideas/{idea.id}").text


def test_lists_can_be_narrowed_to_a_theme_and_a_district(any_database, visit, make, grown):
    other = make.theme(slug="anderes")
    far = make.district(slug="fern")
    make.evidence(statement="Fernes", theme_id=other.id, district_id=far.id)
    make.idea(title="Ferne Idee", theme_id=other.id, district_id=far.id)
    for path, near, distant in (("/evidence/", "Treffpunkte", "Fernes"), ("/ideas/", "Küche für alle", "Ferne Idee")):
        for asked in ("?theme=anderes", "?district=fern", "?theme=anderes&district=fern"):
            text = read(visit, path + asked).text
            assert distant in text and near not in text, path + asked
    make.evidence(statement="Überall", district_id=None)
    text = read(visit, "/evidence/?district=citywide").text
    assert "Überall" in text and "Fernes" not in text


@pytest.mark.parametrize("kind", ["evidence", "ideas"])
def test_a_long_list_goes_on_by_key(any_database, visit, make, kind):
    for number in range(21):
        make.evidence(statement=f"Satz {number}.") if kind == "evidence" else make.idea(title=f"Satz {number}.")
    first = read(visit, f"/{kind}/")
    assert "Satz 20." in first.text and "Satz 0." not in first.text
    following = first.select_one("a[rel=next]")["href"].removeprefix("/de")
    assert [card.h3.text for card in read(visit, following).select(".card")] == ["Satz 0."]


def test_workshops_to_come_stand_first_and_the_nearest_is_first_of_all(any_database, visit, make):
    now = clock.now()
    make.workshop(title="Gewesen", starts_at=now - timedelta(days=9))
    make.workshop(state="planned", title="Später", starts_at=now + timedelta(days=20))
    make.workshop(state="planned", title="Bald", starts_at=now + timedelta(days=2))
    make.workshop(title="Lange her", starts_at=now - timedelta(days=90))
    assert [card.h3.text for card in read(visit, "/workshops/").select(".card")] == [
        "Bald", "Später", "Gewesen", "Lange her"]


def test_older_workshops_follow_also_where_two_began_together(any_database, visit, make):
    for number in range(21):
        make.workshop(title=f"Abend {number}.", starts_at=datetime(2026, 1, 24, 18, tzinfo=clock.CITY))
    following = read(visit, "/workshops/").select_one("a[rel=next]")["href"].removeprefix("/de")
    assert [card.h3.text for card in read(visit, following).select(".card")] == ["Abend 0."]


def test_a_workshop_says_what_one_must_know_to_come(any_database, visit, make):
    make.workshop(state="planned", slug="wohnen", starts_at=datetime(2026, 4, 11, 14, 30, tzinfo=clock.CITY),
                  languages=["de", "ar"], has_interpreters=True, has_childcare=True, place="Saal")
    soup = read(visit, "/workshops/wohnen")
    for said in ("11.04.2026", "14:30", "17:30", "Saal", "Arabisch"):
        assert said in soup.text, said
    assert soup.select_one("a[href='/de/workshops/wohnen/calendar.ics']")


def test_a_workshop_called_off_says_so_at_once(visit, make):
    make.workshop(state="cancelled", slug="wohnen")
    soup = read(visit, "/workshops/wohnen")
    assert soup.select_one(".notice--danger") and not soup.select_one("a[href$='wohnen/calendar.ics']")


def test_a_workshop_of_a_round_in_preparation_is_nobodys_business(visit, make):
    make.workshop(slug="geheim", title=SECRET, round=make.round(state="draft"))
    assert visit().get("/de/workshops/geheim").status == 404
    assert SECRET not in visit().get("/de/workshops/").text


def test_machines_read_a_workshop_as_an_event(visit, make):
    make.workshop(state="cancelled", slug="wohnen", title="Gut wohnen",
                  starts_at=datetime(2026, 4, 11, 14, 30, tzinfo=clock.CITY))
    soup = visit().get("/de/workshops/wohnen").soup
    told = json.loads(soup.select_one("script[type='application/ld+json']").text)
    assert (told["@type"], told["name"]) == ("Event", "Gut wohnen")
    assert told["startDate"] == "2026-04-11T14:30:00+02:00"
    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert told["url"] == "http://localhost/de/workshops/wohnen"


def test_words_are_read_in_the_readers_language_where_there_are_some(any_database, visit, make, grown):
    need, workshop, idea, _project = grown
    with transaction():
        translate("need_evidence", need.id, "statement", "ar", "أماكن اللقاء", of="", origin=Origin.OFFICIAL)
        translate("workshop", workshop.id, "title", "ar", "سكن جيد", of="", origin=Origin.OFFICIAL)
        translate("idea", idea.id, "title", "ar", "مطبخ", of="", origin=Origin.OFFICIAL)
    assert read(visit, f"/evidence/{need.id}", "ar").h1.text == "أماكن اللقاء"
    assert read(visit, "/workshops/wohnen", "ar").h1.text == "سكن جيد"
    assert read(visit, f"/ideas/{idea.id}", "ar").h1.text == "مطبخ"
    assert read(visit, f"/ideas/{idea.id}", "en").h1["lang"] == "de"


PAGES = (("/evidence/", 4), ("/workshops/", 3), ("/ideas/", 5), ("/themes/", 1), ("/workshops/wohnen", 7),
         ("/districts/schinkel", 8))


def test_a_page_asks_the_database_little(any_database, visit, make, queries, grown):
    need, _workshop, idea, project = grown
    make.milestone(project)
    make.update(project)
    stranger = visit()
    pages = [*PAGES, (f"/evidence/{need.id}", 6), (f"/ideas/{idea.id}", 8), (f"/themes/{need.theme.slug}", 8)]
    for path, at_most in pages:
        with queries(at_most=at_most):
            assert stranger.get(f"/de{path}").status == 200


@pytest.mark.parametrize("path", ["/evidence/99", "/ideas/99", "/workshops/nichts", "/themes/nichts"])
def test_what_is_not_there_is_not_found(visit, grown, path):
    assert visit().get(f"/de{path}").status == 404
