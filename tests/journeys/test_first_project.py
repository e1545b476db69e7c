"""From an empty round to a milestone everybody can read about: four people, a stranger, and nothing but pages."""

import io
import re
from datetime import date

import pytest
from PIL import Image
from playwright.sync_api import Browser

from incubator.accounts.jobs import write_all_asked
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.queries import newest_to
from incubator.programme import operations as programme
from tests.journeys.walkers import DESK, Walker

PASSWORD = "Am Bahndamm blühen Sonnenblumen"
WALKS = [("postgresql", "with scripts"), ("sqlite", "without scripts")]


def photo() -> dict[str, object]:
    target = io.BytesIO()
    Image.new("RGB", (640, 480), "#0f766e").save(target, "JPEG")
    return {"name": "küche.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


class Company:
    """The people of the journey, each at a browser of their own."""

    def __init__(self, chromium: Browser, live: str, make, come_in, *, scripts: bool) -> None:
        self.stranger = Walker(chromium, live, scripts=scripts)
        self.lead = Walker(chromium, live, scripts=scripts)
        self.coordinator = Walker(chromium, live, screen=DESK, scripts=scripts)
        self.mentor = Walker(chromium, live, screen=DESK, scripts=scripts)
        self.second = Walker(chromium, live, screen=DESK, scripts=scripts)
        self.people = {
            "coordinator": make.person("coordinator", name="Petra Demo"),
            "mentor": make.person("mentor", name="Karin Muster"),
            "second": make.person("mentor", name="Jonas Demo"),
        }
        self._come_in = come_in
        self.sign_in()

    def sign_in(self) -> None:
        for name, person in self.people.items():
            self._come_in(getattr(self, name).page, person)

    @property
    def wrong(self) -> list[str]:
        return [each for walker in self.walkers for each in walker.wrong]

    @property
    def walkers(self) -> tuple[Walker, ...]:
        return self.stranger, self.lead, self.coordinator, self.mentor, self.second


@pytest.fixture
def company(request, any_database, make, chromium, live, come_in):
    with transaction():
        programme.set_up()
    company = Company(chromium, live, make, come_in, scripts=request.param == "with scripts")
    yield company
    for walker in company.walkers:
        walker.close()


def tell() -> None:
    """Do what the worker does: letters are written."""
    write_all_asked()
    journal.deliver()


def open_a_round(coordinator: Walker) -> None:
    coordinator.open("/de/desk/rounds/add").send(
        name="Förderrunde 2026", summary="Fünf Projekte, ein Topf.", fund_cents="40.000,00",
        proposals_until="2026-03-20", period_from="2026-05-01", period_until="2026-10-31",
    ).sees("Förderrunde 2026", "40.000,00")
    coordinator.open("/de/desk/rounds/1/open").send()
    coordinator.open("/de/desk/organisations/add").send(
        name="Nachbarn am Bahndamm e.V.", legal_form="association", will_carry=True
    ).sees("Nachbarn am Bahndamm e.V.")


def invite_the_lead(company: Company) -> None:
    company.coordinator.open("/de/desk/people/invite").send(mail="amira@example.org", language="de", roles=["lead"])
    tell()
    letter = newest_to("amira@example.org")
    link = re.search(r"/de/invitation/\S+", letter.text)
    company.lead.open(link[0]).send(
        given_name="Amira", family_name="Beispiel", public_name="first", password=PASSWORD
    )
    company.lead.open("/de/desk/").sees("Amira")


def propose(lead: Walker) -> str:
    lead.open("/de/desk/propose").send(
        title="Nachbarschaftsküche Schinkel", summary="Menschen aus dem Schinkel kochen füreinander.", theme_id="1",
    )
    project = re.search(r"/desk/projects/(\d+)", lead.page.url)[1]
    lead.send(need="Alltägliche Treffpunkte fehlen.", audience="Alle im Schinkel", district_id="10")
    lead.send(activities="Fünf Kochabende.", outcome="Vierzig Menschen kennen sich.", starts_on="2026-05-15",
              ends_on="2026-10-15", asked_cents="4.500,00")
    lead.send(carrier_id="1", group_name="Küchenteam")
    lead.open(f"/de/desk/projects/{project}/submit").send()
    return project


def admit(company: Company, project: str) -> None:
    coordinator, mentor = company.coordinator, company.mentor
    coordinator.open("/de/desk/").sees("Nachbarschaftsküche Schinkel")
    coordinator.open(f"/de/desk/projects/{project}/mentoring/propose").send(person_id=str(company.people["mentor"].id))
    mentor.open("/de/desk/")
    mentor.open("/de/desk/assignments/1").send(answer="yes")
    coordinator.open(f"/de/desk/projects/{project}/carrier-agreement").send(on="2026-03-01")
    coordinator.open(f"/de/desk/projects/{project}/admit").send()


def talk(mentor: Walker, project: str) -> None:
    mentor.open(f"/de/desk/projects/{project}/mentoring/log").send(
        held_on="2026-03-05", minutes="60", kind="initial_consultation", mode="on_site",
        shared_notes="Zeitplan besprochen.", confidential_notes="Braucht Hilfe beim Mietvertrag.",
    )


def plan(lead: Walker, project: str) -> None:
    lead.open(f"/de/desk/projects/{project}/milestones/plan").send(
        title="Die Küche ist eröffnet", due_on="2026-06-15"
    )
    budget = f"/de/desk/projects/{project}/budget"
    refused = {"costs-0-amount": "1.50", "grant": "5.500,00"}
    lead.open(f"{budget}/edit").send("/budget/edit", button=".buttons button[type=submit]", expect=422, **refused)
    assert lead.page.locator("[name=grant]").input_value() == "5.500,00"
    lead.send("/budget/edit", button=".buttons button[type=submit]", **{
        "costs-0-purpose": "Kochanleitung", "costs-0-amount": "4.000,00", "costs-1-purpose": "Lebensmittel",
        "costs-1-amount": "2.200,00", "volunteer_hours": "40", "own_funds": "700,00",
    })
    lead.open(f"{budget}/submit").send()


def approve(company: Company, project: str) -> None:
    for walker in (company.mentor, company.second):
        walker.open("/de/desk/").sees("Nachbarschaftsküche Schinkel")
        walker.open(f"/de/desk/projects/{project}/budget/review").send("/budget/review", no_conflict=True)


def award(company: Company, project: str) -> None:
    company.coordinator.open(f"/de/desk/projects/{project}/decision").send(
        body="Rat der Stadt", on="2026-04-28", reference="VO/1", notice_number="2026-001", notice_on="2026-05-04"
    )
    company.stranger.open("/de/projects/nachbarschaftskueche-schinkel").sees("Nachbarschaftsküche Schinkel", "5.500,00")
    company.coordinator.open(f"/de/desk/projects/{project}/start").send(waiver=True)


def report(company: Company) -> None:
    company.lead.open("/de/desk/milestones/1/report").send(
        actual_on="2026-06-12", text="46 Menschen waren da.", evidence="Die Liste liegt bei uns.",
        **{"photos-0-file": photo(), "photos-0-alt": "Ein langer Tisch mit Töpfen"},
    )
    company.stranger.open("/de/projects/nachbarschaftskueche-schinkel")
    assert "46 Menschen" not in company.stranger.text
    company.mentor.open("/de/desk/milestones/1/review").send("/review", button="button[value=accept]")


@pytest.mark.parametrize(("any_database", "company"), WALKS, indirect=True, ids=[" ".join(each) for each in WALKS])
def test_a_round_leads_to_a_milestone_that_everybody_reads(company):
    open_a_round(company.coordinator)
    invite_the_lead(company)
    clock.set(date(2026, 3, 4))
    company.sign_in()
    project = propose(company.lead)
    admit(company, project)
    clock.set(date(2026, 3, 6))
    company.sign_in()
    talk(company.mentor, project)
    company.lead.open(f"/de/desk/projects/{project}/mentoring").sees("Zeitplan besprochen.")
    assert "Mietvertrag" not in company.lead.page.content()
    plan(company.lead, project)
    approve(company, project)
    clock.set(date(2026, 5, 5))
    company.sign_in()
    award(company, project)
    clock.set(date(2026, 6, 13))
    company.sign_in()
    company.lead.open("/de/sign-in").send(mail="amira@example.org", password=PASSWORD)
    report(company)

    page = company.stranger.open("/de/projects/nachbarschaftskueche-schinkel")
    page.sees("46 Menschen waren da.", "Amira", "Karin Muster", "Nachbarn am Bahndamm e.V.", "Die Küche ist eröffnet")
    assert page.page.get_by_alt_text("Ein langer Tisch mit Töpfen").count() == 1
    assert "Beispiel" not in page.page.content()
    for language in ("ar", "en"):
        for address in ("/", "/projects/", "/projects/nachbarschaftskueche-schinkel", "/districts/schinkel"):
            page.open(f"/{language}{address}")
        company.lead.open(f"/{language}/desk/")
        company.lead.open(f"/{language}/desk/projects/{project}/budget")
        company.coordinator.open(f"/{language}/desk/board/1")
    tell()
    findings = journal.verify()
    assert findings.holds and findings.count > 20
    assert company.wrong == []
