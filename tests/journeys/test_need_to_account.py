"""From a finding to the account: the office writes down how a project began, and everybody can follow it back."""

from datetime import date

import pytest

from incubator.closing import operations as closing
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from incubator.milestones import queries as milestones
from incubator.milestones.models import MilestoneStatus
from incubator.payments import queries as payments
from incubator.payments.models import EntryKind
from incubator.payments.operations_ledger import account_of, post
from incubator.projects import queries as projects
from incubator.projects.lifecycle import Status
from incubator.projects.models import Part, Participation
from tests.closing import ends
from tests.journeys.walkers import DESK, Walker

NEED, WORKSHOP, IDEA = "Treffpunkte für den Alltag fehlen", "Gut wohnen", "Küche für alle"
PROJECT = "/projects/nachbarschaftskueche"
BACK = {"/evidence/1": PROJECT, "/workshops/gut-wohnen": PROJECT, "/ideas/1": PROJECT, f"{PROJECT}/money": "/history"}


class Town:
    """The office and a stranger; people's rows are made, the beginning is written in the browser."""

    def __init__(self, chromium, live, make, come_in, *, scripts: bool) -> None:
        self.make, self._come_in = make, come_in
        make.theme(), make.district(name="Schinkel", slug="schinkel"), make.round(name="Runde Eins")
        self.person, self.lead = make.person("coordinator"), make.person("lead", name="Amira Beispiel")
        self.office = Walker(chromium, live, screen=DESK, scripts=scripts)
        self.stranger = Walker(chromium, live, scripts=scripts)
        self.on(3, 1)

    def on(self, *day: int) -> None:
        clock.set(date(2026, *day))
        self._come_in(self.office.page, self.person)

    def states(self) -> dict[str, str]:
        """Return the words beside each step of the chain."""
        steps = self.stranger.page.locator("ol.timeline > li").all()
        return {str(each.get_attribute("id")): each.locator(".badge").inner_text() for each in steps}


@pytest.fixture(params=[pytest.param("with scripts", marks=pytest.mark.long), "without scripts"])
def town(request, make, chromium, live, come_in):
    town = Town(chromium, live, make, come_in, scripts=request.param == "with scripts")
    yield town
    town.office.close()
    town.stranger.close()


def write_down_the_need(town: Town) -> None:
    town.office.open("/de/desk/dialogue").follow_to("/desk/evidence/add").send(
        statement=NEED, kind="survey", count="51", base="84", year="2025", theme_id="1", district_id="1",
        source="Umfrage der Stadt, S. 12", licence="dl-de/by-2-0").sees(NEED)
    town.stranger.open("/de/evidence/").follow(NEED).sees("51 von 84", "Umfrage der Stadt, S. 12", "Schinkel")


def talk_about_it(town: Town) -> None:
    town.office.open("/de/desk/dialogue").follow_to("/desk/workshops/add").send(
        title=WORKSHOP, kind="future_workshop", on="2026-03-07", starts_at="14:00", ends_at="17:00", district_id="1",
        place="Stadtteiltreff", theme_ids=["1"], text="Alle sind willkommen.", has_interpreters=True)
    town.stranger.open("/de/workshops/").follow(WORKSHOP).sees("07.03.2026", "Stadtteiltreff")
    town.on(3, 8)
    town.office.open("/de/desk/dialogue").follow(WORKSHOP).follow_to("/summary").send(
        participants="23", summary="Viele wünschen sich eine Küche.")
    town.stranger.open("/de/workshops/").follow(WORKSHOP).sees("Viele wünschen sich eine Küche.", "23")


def have_an_idea(town: Town) -> None:
    town.office.open("/de/desk/dialogue").follow_to("/desk/ideas/add").send(
        title=IDEA, text="Zusammen kochen.", theme_id="1", district_id="1", workshop_id="1", evidence_ids=["1"],
        is_public=True)
    town.stranger.open("/de/evidence/1").follow(IDEA).sees("Zusammen kochen.", WORKSHOP)
    town.stranger.follow_to("/workshops/gut-wohnen").follow(IDEA).follow_to("/evidence/1")


def make_a_project_of_it(town: Town):
    town.office.open("/de/desk/ideas/1").follow_to("/desk/ideas/1/propose").send(
        "/propose", title="Nachbarschaftsküche", lead_id=str(town.lead.id))
    assert "Nachbarschaftsküche" not in town.stranger.open("/de/ideas/1").text, "nothing is public before the award"
    db.session.rollback()
    return projects.project(1)


def bring_to_the_decision(town: Town, project) -> None:
    """Do what other journeys walk: the proposal is handed in, accompanied, and its budget approved."""
    mentor, carrier = town.make.person("mentor", name="Karin Muster"), town.make.organisation()
    with transaction():
        project.status, project.carrier_id, project.asked_cents = Status.BUDGET_APPROVED, carrier.id, 5_000_00
        project.submitted_at, project.carrier_agreed_on = clock.now(), clock.today()
        project.starts_on, project.ends_on = date(2026, 5, 1), date(2026, 12, 31)
        db.session.add(Participation(project_id=project.id, person_id=mentor.id, kind=Part.MENTOR,
                                     since=date(2026, 3, 9)))
        record("project.moved", town.person, project, **{"action": "admit", "from": "submitted", "to": "mentoring"})
    town.make.session(project, mentor)
    town.make.plan(project, state="approved")
    town.make.milestone(project, due_on=date(2026, 6, 1))


def decide(town: Town, at: str) -> None:
    town.on(5, 5)
    town.office.open(f"{at}/decision").send(
        body="Rat der Stadt", on="2026-04-28", reference="VO/2026/17", notice_number="2026-001", notice_on="2026-05-04")
    town.office.open(f"{at}/start").send(waiver=True)
    journal.deliver()


def work_and_finish(town: Town, project) -> None:
    """Do what other journeys walk: money is paid and proved, the milestone is reached, the report accepted."""
    town.on(12, 20)
    plan, milestone = payments.plan_in_force(project.id), milestones.milestones(project.id)[0]
    with transaction():
        milestone.status, milestone.actual_on = MilestoneStatus.ACCEPTED, clock.today()
        milestone.evidence, milestone.reported_at, milestone.accepted_at = "Alle waren da.", clock.now(), clock.now()
        hold(project)
        account_of(project)
        project.status = Status.REPORTING
        post(project, EntryKind.PAID, 5_000_00, None, on=clock.today())
        for line in plan.costs:
            ends.spend(project, line, line.amount_cents)
    ends.written(project, own_funds_cents=556_00)
    for act, person in ((closing.submit_report, project.leads[0]), (_sign, project.mentors[0]), (_sign, town.person)):
        with transaction():
            act(project, person)


def _sign(project, person) -> None:
    note = {"audit_note": "Alle Belege gesehen."} if person in project.mentors else {}
    closing.sign(project, person, no_conflict=True, **note)


def test_everybody_follows_a_project_from_its_need_to_its_account_and_back(town):
    write_down_the_need(town)
    talk_about_it(town)
    have_an_idea(town)
    project = make_a_project_of_it(town)
    bring_to_the_decision(town, project)
    decide(town, f"/de/desk/projects/{project.id}")

    chain = f"/de/projects/{project.slug}/history"
    town.stranger.open(chain).sees(NEED, WORKSHOP, IDEA)
    assert town.states() == dict.fromkeys(
        ("need", "workshop", "idea", "proposal", "mentoring", "resolution", "budget"), "erledigt"
    ) | {"milestones": "jetzt", "report": "kommt noch"}
    work_and_finish(town, project)
    town.stranger.open(chain).sees("1 von 1", "5.000,00")
    assert set(town.states().values()) == {"erledigt"}
    for path, back in BACK.items():
        town.stranger.open(chain).follow_to(path).follow_to(back)
    assert town.office.wrong + town.stranger.wrong == []
