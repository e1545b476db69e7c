"""Pages of one project, seen by those who work on it."""

from datetime import date

import pytest

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.projects import operations
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project


def at(project, page=""):
    return f"/de/desk/projects/{project.id}{page}"


def test_a_proposal_is_written_in_four_steps_and_handed_in(make, visit):
    make.round()
    theme, district, carrier, person = make.theme(), make.district(), make.organisation(), make.person()
    browser = visit(person)
    answer = browser.fill("/de/desk/propose", title="Küche", summary="Wir kochen.", theme_id=theme.id, language="de")
    project = db.session.query(Project).one()
    assert answer.location == at(project, "/proposal/need")
    answer = browser.fill(answer.location, need="Fehlt", audience="Alle", district_id=district.id)
    answer = browser.fill(answer.location, activities="Kochen", outcome="Satt", starts_on="2026-06-01",
                          ends_on="2026-10-31", asked_cents="1.500,50")
    answer = browser.fill(answer.location, carrier_id=carrier.id, group_name="Kochgruppe")
    assert answer.location == at(project, "/submit")
    assert not browser.get(answer.location).soup.select("main .notice")
    answer = browser.fill(answer.location)
    assert answer.location == at(project)
    assert project.status is Status.SUBMITTED
    assert project.asked_cents == 1_500_50


def test_a_step_saves_what_is_typed_even_if_incomplete(make, visit):
    project = make.project()
    answer = visit(project.leads[0]).fill(at(project, "/proposal/need"), need="", audience="Alle", district_id="")
    assert answer.status == 303
    assert (project.need, project.audience, project.district_id) == ("", "Alle", None)


def test_the_whole_city_is_a_choice_among_the_districts(make, visit):
    project = make.project()
    browser = visit(project.leads[0])
    browser.fill(at(project, "/proposal/need"), district_id="0")
    assert project.is_citywide
    chosen = browser.get(at(project, "/proposal/need")).soup.select_one("select[name=district_id] option[selected]")
    assert chosen["value"] == "0"


def test_stopping_leads_back_to_the_project(make, visit):
    project = make.project()
    answer = visit(project.leads[0]).fill(at(project, "/proposal/idea"), stop="1")
    assert answer.location == at(project)


def test_a_member_writes_and_the_lead_hands_in(make, visit):
    member = make.person()
    project = make.project(members=(member,))
    assert visit(member).fill(at(project, "/proposal/carrier")).location == at(project)
    assert visit(member).get(at(project, "/submit")).status == 403


def test_the_check_lists_what_is_missing_with_links_to_the_questions(make, visit):
    project = make.project(need="", carrier=None)
    links = [a["href"] for a in visit(project.leads[0]).get(at(project, "/submit")).soup.select("main .notice a")]
    assert links == [at(project, "/proposal/need") + "#need", at(project, "/proposal/carrier") + "#carrier_id"]


def test_an_amount_that_cannot_be_read_is_shown_again(make, visit):
    project = make.project()
    answer = visit(project.leads[0]).fill(at(project, "/proposal/plan"), asked_cents="viel")
    assert answer.status == 422
    assert answer.soup.select_one("[name=asked_cents]")["value"] == "viel"


def test_two_people_writing_at_once_lose_nothing(make, visit):
    project = make.project()
    before = project.version
    visit(project.leads[0]).fill(at(project, "/proposal/need"), need="Meins")
    answer = visit(project.leads[0]).post(at(project, "/proposal/need"), {
        "version": before, "need": "Deins", "audience": "Alle", "district_id": project.district_id,
    })
    assert answer.status == 422
    assert "Meins" in answer.text and "Deins" in answer.text


def test_without_an_open_round_nothing_can_be_proposed(make, visit):
    make.round(proposals_until=date(2026, 2, 1))
    answer = visit(make.person()).get("/de/desk/propose")
    assert answer.status == 200
    assert not answer.soup.select("main form")


@pytest.mark.parametrize("status", list(Status))
def test_every_status_says_what_happens_next(make, visit, status):
    project = make.project(status.value)
    people = [project.leads[0], make.person("coordinator"), make.person("auditor"), *project.mentors]
    for person in people:
        answer = visit(person).get(at(project))
        assert answer.status == 200
        assert answer.soup.select_one("main .lead").get_text(strip=True)
        assert len(answer.soup.select("main .kern-btn--primary")) <= 1


@pytest.mark.parametrize(("status", "who", "page"), [
    ("draft", "lead", "/submit"), ("returned", "lead", "/proposal/idea"), ("submitted", "coordinator", "/check"),
    ("awarded", "coordinator", "/start"), ("suspended", "coordinator", "/resume"),
    ("mentoring", "mentor", "/mentoring/log"),
])
def test_who_must_act_sees_one_button(make, visit, status, who, page):
    project = make.project(status)
    person = {"lead": project.leads, "mentor": project.mentors, "coordinator": [make.person("coordinator")]}[who][0]
    assert visit(person).get(at(project)).soup.select_one("main .kern-btn--primary")["href"] == at(project, page)


def test_the_coordination_is_led_to_the_paper_that_is_missing(make, visit):
    project = make.project("mentoring", carrier_agreed_on=None)
    button = visit(make.person("coordinator")).get(at(project)).soup.select_one("main .kern-btn--primary")
    assert button["href"] == at(project, "/carrier-agreement")


def test_an_incomplete_proposal_leads_to_its_first_open_question(make, visit):
    member = make.person()
    project = make.project(activities="", members=(member,))
    for person in (*project.leads, member):
        link = visit(person).get(at(project)).soup.select_one("main .kern-btn--primary")["href"]
        assert link == at(project, "/proposal/plan")


def test_who_need_not_act_sees_no_button(make, visit):
    project = make.project("submitted")
    assert not visit(project.leads[0]).get(at(project)).soup.select("main .kern-btn--primary")


def test_strangers_see_nothing(make, visit):
    project = make.project()
    assert visit(make.person()).get(at(project)).status == 403
    assert visit().get(at(project)).status == 303


def test_a_coordinator_on_the_team_does_not_check(make, visit):
    person = make.person("coordinator")
    project = make.project("submitted", lead=person)
    assert visit(person).get(at(project, "/check")).status == 403


def test_the_overview_asks_the_database_little(make, visit, queries):
    project = make.project("submitted", members=(make.person(), make.person()))
    coordinator = make.person("coordinator")
    with transaction():
        operations.return_for_changes(project, coordinator, "Bitte den Zeitraum nennen.")
    browser = visit(coordinator)
    browser.get(at(project))
    with queries(at_most=15):
        answer = browser.get(at(project))
    assert "Bitte den Zeitraum nennen." in answer.text


def test_the_coordination_returns_a_proposal(make, visit):
    project = make.project("submitted")
    browser = visit(make.person("coordinator"))
    form = f"form[action='{at(project, '/return')}']"
    answer = browser.fill(at(project, "/check"), form=form, reason="Der Zeitraum fehlt.")
    assert answer.location == at(project)
    assert (project.status, project.return_due_on) == (Status.RETURNED, date(2026, 3, 15))


def test_returning_without_saying_why_is_refused_beside_the_question(make, visit):
    project = make.project("submitted")
    browser = visit(make.person("coordinator"))
    answer = browser.fill(at(project, "/check"), form=f"form[action='{at(project, '/return')}']", reason=" ")
    assert answer.status == 422
    assert project.status is Status.SUBMITTED


def test_the_coordination_ends_a_proposal_that_does_not_fit(make, visit):
    project = make.project("submitted")
    browser = visit(make.person("coordinator"))
    browser.fill(at(project, "/check"), form=f"form[action='{at(project, '/not-eligible')}']", reason="Kein Thema.")
    assert (project.status, project.end_reason) == (Status.INELIGIBLE, "Kein Thema.")


def test_no_id_stands_twice_on_the_check(make, visit):
    ids = [tag["id"] for tag in visit(make.person("coordinator")).get(
        at(make.project("submitted"), "/check")).soup.select("[id]")]
    assert len(ids) == len(set(ids))


def test_two_people_revoke_an_award_over_their_pages(make, visit):
    project = make.project("active")
    first, second = visit(make.person("coordinator")), visit(make.person("coordinator"))
    first.fill(at(project, "/revoke"), reason="Verein aufgelöst.")
    assert project.status is Status.ACTIVE
    assert not first.get(at(project, "/revoke")).soup.select("main form")
    assert "Verein aufgelöst." in second.get(at(project, "/revoke")).text
    second.fill(at(project, "/revoke"))
    assert (project.status, project.end_reason) == (Status.REVOKED, "Verein aufgelöst.")


def test_a_proposed_revocation_is_dropped(make, visit):
    project = make.project("active")
    browser = visit(make.person("coordinator"))
    browser.fill(at(project, "/revoke"), reason="Versehen")
    link = browser.get(at(project, "/revoke")).soup.select_one("a[href*='/signatures/']")["href"]
    browser.fill(link)
    assert "Versehen" not in browser.get(at(project, "/revoke")).text


@pytest.mark.parametrize(("status", "page", "values", "then"), [
    ("awarded", "/start", {}, "active"), ("active", "/suspend", {"reason": "Pause"}, "suspended"),
    ("suspended", "/resume", {"reason": "Weiter"}, "active"),
])
def test_the_coordination_starts_pauses_and_lets_go_on(make, visit, status, page, values, then):
    project = make.project(status)
    visit(make.person("coordinator")).fill(at(project, page), **values)
    assert project.status.value == then


def test_the_lead_withdraws(make, visit):
    project = make.project("mentoring")
    visit(project.leads[0]).fill(at(project, "/withdraw"))
    assert project.status is Status.WITHDRAWN


def test_the_carriers_agreement_is_noted(make, visit):
    project = make.project("mentoring", carrier_agreed_on=None)
    visit(make.person("coordinator")).fill(at(project, "/carrier-agreement"), on="2026-02-20")
    assert project.carrier_agreed_on == date(2026, 2, 20)


def test_what_somebody_wrote_cannot_become_markup(make, visit):
    project = make.project(title="<script>x</script>", summary="<img src=x onerror=y>", need="\"'><b>")
    for page in ("", "/submit", "/proposal/idea", "/team"):
        text = visit(project.leads[0]).get(at(project, page)).text
        assert "<script>x" not in text and "<img src=x" not in text


@pytest.mark.parametrize("code", ["de", "en", "ar"])
def test_every_page_opens_in_every_language(make, visit, code):
    project = make.project("draft")
    for page in ("", "/submit", "/team", "/team/add", "/withdraw", *(f"/proposal/{each}" for each in
                 ("idea", "need", "plan", "carrier"))):
        assert visit(project.leads[0]).get(f"/{code}/desk/projects/{project.id}{page}").status == 200
