"""From a workshop with ten phones to a published decision: one step leads to the next, and every letter comes once."""

import re

import pytest
from playwright.sync_api import expect

from incubator.budgets import operations_plan, operations_review
from incubator.budgets import queries as budgets
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.projects import queries as projects
from incubator.projects.rules_check import Point
from incubator.selection import operations_panel, queries
from tests.journeys.hall import GROUP, IDEA, QUESTION, SOON, hold_the_workshop
from tests.journeys.quarter import PERIOD, TAKES_PART, Quarter
from tests.selection import panels
from tests.selection.panels import act

WORKSHOP, TITLE, OTHER, VO = "Wie wollen wir wohnen?", "Nachbarschaftsküche", "Ein Chor", "VO/2026/17"
DONE = ("workshop", "idea", "proposal", "mentoring", "resolution", "budget")
PROJECT = "/projects/nachbarschaftskueche"
GUEST, GIVER = "nina@example.org", "amina@example.org"


@pytest.fixture
def quarter(make, chromium, live, come_in, mailbox):
    quarter = Quarter(chromium, live, make, come_in, mailbox)
    yield quarter
    for walker in quarter.walkers:
        walker.close()


def announce(quarter: Quarter) -> None:
    quarter.office.open("/de/desk/dialogue").follow_to("/desk/workshops/add").send(
        title=WORKSHOP, kind="future_workshop", on="2026-03-07", starts_at="14:00", ends_at="17:00",
        district_id=str(quarter.district.id), place="Stadtteiltreff", theme_ids=[str(quarter.theme.id)],
        text="Alle sind willkommen.", has_interpreters=True, takes_signups=True, places="12")


def sign_up(quarter: Quarter) -> None:
    """A neighbour leaves an address, confirms in the letter, and has a place; the office sees who comes."""
    guest = quarter.stranger.open("/de/workshops/").follow(WORKSHOP).sees("12 Plätze frei")
    guest.follow_to("/sign-up").send(mail=GUEST, people="2", interpreter="tr")
    question, = quarter.letters(GUEST)
    guest.open(quarter.link_in(question, "confirm")).send().sees("Sie haben einen Platz")
    assert len(quarter.letters(GUEST)) == 2
    quarter.office.open("/de/desk/dialogue").follow(WORKSHOP).follow_to("/sign-ups").sees("2", "Türkisch")


def write_what_came_out(quarter: Quarter) -> None:
    quarter.moderator.open("/de/desk/").follow_to("/summary").send(
        participants="10", summary="Viele wünschen sich eine Küche.")
    page = quarter.stranger.open("/de/workshops/").follow(WORKSHOP).sees("Viele wünschen sich eine Küche.", IDEA)
    page.follow_to("/minutes").sees(QUESTION, GROUP, IDEA, "10 Karten", "20 Punkte")
    page.follow_to("/ideas/1").sees(WORKSHOP)


def give_an_idea(quarter: Quarter) -> None:
    """Somebody without an account writes in Arabic; the office shows it, joins it, and answers in Arabic."""
    giver = quarter.giver.open("/ar/ideas/new").send(
        title="مطبخ للجميع", text="نطبخ معًا كل أسبوع.", mail=GIVER, may_be_public=True)
    received, = quarter.letters(GIVER)
    office = quarter.office.open("/de/desk/").follow_to("/desk/dialogue").follow("مطبخ للجميع")
    office.follow_to("/desk/ideas/2/show").send().send(
        "/desk/ideas/2", to="merged", into_id="1", reason="Zusammen kommen beide weiter.")
    received, answer = quarter.letters(GIVER)
    assert received["Content-Language"] == answer["Content-Language"] == "ar"
    giver.open(quarter.link_in(answer, "mine")).sees("Zusammen kommen beide weiter.").follow_to("/ar/ideas/2")
    giver.follow(IDEA).sees(WORKSHOP)


def begin_a_proposal(quarter: Quarter) -> None:
    """Somebody reads the idea and makes a project of it; what is typed is kept without a button."""
    lead = quarter.lead.open("/de/ideas/1").follow_to("/desk/ideas/1/propose").send(title=TITLE)
    lead.page.locator("#summary").fill("Menschen aus dem Schinkel kochen füreinander.")
    expect(lead.page.locator("[data-said]")).to_contain_text("Gespeichert", timeout=SOON)
    lead.open("/de/desk/").follow_to("/desk/projects/1").follow_to("/proposal/idea")
    assert lead.page.locator("#summary").input_value() == "Menschen aus dem Schinkel kochen füreinander."
    lead.send().send(need="Treffpunkte fehlen.", audience="Alle im Schinkel")
    lead.send(activities="Kochabende.", outcome="Vierzig Menschen kennen sich.", starts_on="2026-05-15",
              ends_on="2026-10-15", asked_cents="4.500,00")


def find_a_carrier(quarter: Quarter) -> None:
    """A group without a legal form asks an organisation; whoever speaks for it says yes."""
    lead = quarter.lead.send(group_name="Küchenteam").follow_to("/proposal/carrier#carrier_id")
    lead.follow_to("/desk/projects/1/carrier").follow("Nachbarn am Bahndamm").send(words="Wir kochen im Schinkel.")
    quarter.contact.open("/de/desk/").follow_to("/desk/carrier-requests/1").sees(TITLE, "Wir kochen").send(
        button="button[value=accept]")
    lead.open("/de/desk/").follow_to("/desk/projects/1").sees("Nachbarn am Bahndamm e.V.").follow_to("/submit").send()


def check(quarter: Quarter) -> None:
    """One point is missing: the proposal goes back, is mended where the note leads, and is looked at again."""
    carries, period = (Point(each).key for each in (TAKES_PART, PERIOD))
    office = quarter.office.open("/de/desk/").follow_to("/desk/projects/1/check").send("/check/points", **{
        f"result_{carries}": "met", f"result_{period}": "missing", f"note_{period}": "An welchem Tag wird gekocht?"})
    office.send("/return")
    lead = quarter.lead.open("/de/desk/").follow_to("/desk/projects/1").sees("An welchem Tag wird gekocht?")
    lead.follow_to("/proposal/plan").sees("An welchem Tag wird gekocht?").send(activities="Jeden Freitag kochen wir.")
    lead.send().send()
    office.open("/de/desk/").follow_to("/desk/projects/1/check").sees("Jeden Freitag kochen wir.")
    office.send("/check/points", **{f"result_{period}": "met"})


def find_a_mentor(quarter: Quarter) -> None:
    quarter.office.follow_to("/mentoring/propose").send(person_id=str(quarter.people["mentor"].id))
    quarter.mentor.open("/de/desk/").follow_to("/desk/assignments/1").send(answer="yes")
    quarter.office.open("/de/desk/").follow_to("/desk/projects/1/admit").send()


def agree_and_talk(quarter: Quarter) -> None:
    mentor = quarter.mentor.open("/de/desk/").follow_to("/desk/projects/1").follow_to("/mentoring/log").send(
        held_on="2026-03-09", minutes="60", kind="initial_consultation", mode="on_site", shared_notes="Zeitplan.")
    mentor.open("/de/desk/").follow_to("/mentoring/agreement").send().send("/sign")
    quarter.lead.open("/de/desk/").follow_to("/desk/agreements/1").send("/sign").sees("Karin Muster")


def plan_the_money(quarter: Quarter) -> None:
    """Do what other journeys walk: a budget is planned, handed in and approved; another project is that far, too."""
    project, lead, mentor = projects.project(1), quarter.people["lead"], quarter.people["mentor"]
    quarter.make.plan(project, grant=4_500_00)
    act(operations_plan.submit, project, lead)
    plan = budgets.current_plan(project.id)
    act(operations_review.sign_off, plan, mentor, plan_hash=plan.content_hash, no_conflict=True)
    other = quarter.make.project("budget_approved", round=quarter.round, title=OTHER, slug="chor")
    quarter.make.plan(other, grant=3_000_00, state="approved")


def score(quarter: Quarter) -> None:
    """Two of the panel score; a third says that they cannot be fair, and takes no part."""
    office, first, second, partial = (quarter.people[each] for each in ("office", "first", "second", "partial"))
    quarter.office.open("/de/desk/").follow_to("/panel").follow_to("/criteria/usual").send()
    for person in (first, second, partial):
        act(operations_panel.name_member, quarter.round, office, person.id)
    quarter.partial.open("/de/desk/").follow_to("/scoring").follow(TITLE).follow_to("/score/conflict").send()
    sheet = quarter.first.open("/de/desk/").follow_to("/scoring").follow(TITLE).send(no_conflict=True)
    answers = {f"{name}_{number}": value for number in queries.weights(quarter.round.id)
               for name, value in (("points", "5"), ("reason", "Das überzeugt."))}
    db.session.rollback()
    sheet.send(**answers, no_conflict=True, button="button[value=give]").sees("Ihr Bogen ist abgegeben")
    panels.score(projects.project(1), second, 4)
    for person in (first, second, partial):
        panels.score(projects.project(2), person, 2)
    db.session.rollback()


def decide(quarter: Quarter) -> None:
    """From the closed ranking to two prepared decisions, of which nobody outside hears anything."""
    office = quarter.office.open("/de/desk/").follow_to("/ranking").follow_to("/ranking/close").send()
    assert re.search(rf"{TITLE}.*{OTHER}", office.text, re.DOTALL)
    office.follow_to("/decisions").follow_to("/resolutions").send(
        kind="council", body="Rat der Stadt", on="2026-03-18", reference=VO, url="https://ris.example.org/vo/17")
    office.follow_to("/decisions").follow(TITLE).send(outcome="award")
    office.follow(OTHER).send(outcome="reject", reason="Es gibt schon einen Chor.")
    before = len(quarter.inbox.letters)
    assert quarter.letters(GIVER)[2:] == [] and len(quarter.inbox.letters) == before, "nobody hears of what is prepared"
    assert TITLE not in quarter.stranger.open("/de/ideas/1").text
    assert quarter.stranger.page.goto(f"/de{PROJECT}").status == 404


def publish(quarter: Quarter) -> None:
    """Both are told together, and each letter comes once."""
    quarter.office.open("/de/desk/").follow_to("/decisions").follow_to("/publish").send()
    lead, other = quarter.people["lead"], projects.project(2).leads[0]
    subjects = [each["Subject"] for each in quarter.letters(lead.mail)]
    assert [each for each in subjects if TITLE in each and "Geld" in each] == subjects[-1:]
    assert len(quarter.letters(GIVER)) == 3
    assert quarter.link_in(quarter.letters(GIVER)[-1], "projects").endswith(PROJECT)
    assert len(quarter.letters(other.mail)) == 1


def read_it_back(quarter: Quarter) -> None:
    """A stranger reads the award and goes back to the hall, and forth again."""
    stranger = quarter.stranger.open(f"/de{PROJECT}").sees(TITLE, "4.500,00", "Rat der Stadt", VO, "Küchenteam")
    stranger.follow_to("/history").sees(WORKSHOP, IDEA)
    steps = {each.get_attribute("id"): each.locator(".badge").inner_text()
             for each in stranger.page.locator("ol.timeline > li").all()}
    assert {steps.pop(each) for each in DONE} == {"erledigt"}
    stranger.follow_to("/ideas/1").follow(WORKSHOP).follow_to("/minutes").sees(IDEA, GROUP)
    stranger.follow_to("/ideas/1").follow_to(PROJECT).sees("4.500,00")
    quarter.giver.open("/ar/ideas/2").follow(IDEA).follow_to(PROJECT)


@pytest.mark.long
def test_from_a_workshop_with_ten_phones_to_a_published_decision(quarter):
    announce(quarter)
    sign_up(quarter)
    quarter.on(7, 15)
    hold_the_workshop(quarter, WORKSHOP)
    quarter.on(8)
    write_what_came_out(quarter)
    give_an_idea(quarter)
    begin_a_proposal(quarter)
    find_a_carrier(quarter)
    check(quarter)
    find_a_mentor(quarter)
    quarter.on(10)
    agree_and_talk(quarter)
    plan_the_money(quarter)
    score(quarter)
    quarter.on(20)
    decide(quarter)
    publish(quarter)
    read_it_back(quarter)
    assert journal.verify().holds
    assert quarter.wrong == []
