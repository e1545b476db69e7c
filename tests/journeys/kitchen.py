"""A kitchen in the neighbourhood, its people at their browsers, and a stranger who reads what became of the money."""

from datetime import date
from typing import Any

from playwright.sync_api import Browser

from incubator.documents import operations as documents
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.milestones import jobs as milestones_jobs
from incubator.projects import jobs as projects_jobs
from tests.journeys.walkers import DESK, PHONE, Walker
from tests.payments.receipts import scan
from tests.payments.stage import IBAN, MASKED

SLUG = "nachbarschaftskueche-schinkel"
INSIDE_ONLY = ("Küchenstudio", "Honorar Köchin", "Gewürzhaus", "KASSE-", "RE-", "Herdplatten", IBAN, MASKED)


def sheet(number: int, name: str = "Bon.png", data: bytes | None = None) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": scan(number) if data is None else data}


class Kitchen:
    """An approved budget of 6,000.00, of which the city shall pay 5,400.00 in three instalments, and its people."""

    def __init__(self, chromium: Browser, live: str, make: Any, come_in: Any, *, scripts: bool) -> None:
        self._come_in = come_in
        self.people = {
            "lead": make.person("lead", name="Amira Beispiel", language="de"),
            "coordinator": make.person("coordinator", name="Petra Demo"),
            "mentor": make.person("mentor", name="Karin Muster"),
            "second": make.person("mentor", name="Jonas Demo"),
        }
        self.walkers = {
            name: Walker(chromium, live, screen=PHONE if name in ("lead", "stranger") else DESK, scripts=scripts)
            for name in (*self.people, "stranger")
        }
        self.lead, self.coordinator, self.mentor, self.second, self.stranger = self.walkers.values()
        carrier = make.organisation(name="Nachbarn am Bahndamm e.V.")
        self.project = make.project(
            "budget_approved", lead=self.people["lead"], mentor=self.people["mentor"], carrier=carrier,
            round=make.round(instalments_pct=[60, 39, 1]), title="Nachbarschaftsküche Schinkel", slug=SLUG,
            starts_on=date(2026, 4, 1), ends_on=date(2026, 9, 30))
        make.plan(self.project, grant=5_400_00, own=600_00, state="approved")
        make.milestone(self.project, title="Die Küche ist eröffnet", is_gate=True, due_on=date(2026, 6, 15))
        make.milestone(self.project, title="Das Rezeptheft ist gedruckt", due_on=date(2026, 9, 20))
        self.at = f"/de/desk/projects/{self.project.id}"

    def on(self, *day: int) -> None:
        """Let days pass, and the worker and the calendar do theirs; who was signed in signs in again."""
        clock.set(date(2026, *day))
        projects_jobs.take_due_steps()
        milestones_jobs.open_final_reports()
        tell()
        for name, person in self.people.items():
            self._come_in(self.walkers[name].page, person)

    def everybody_reads(self, *words: str) -> None:
        """A stranger without cookies reads the sums to the cent, and never who was paid or for what."""
        page = self.stranger.open(f"/de/projects/{SLUG}/money").sees(*words)
        source = page.page.content()
        assert not [each for each in INSIDE_ONLY if each in source]
        assert page.page.context.cookies() == []

    @property
    def wrong(self) -> list[str]:
        return [each for walker in self.walkers.values() for each in walker.wrong]


def tell() -> None:
    """Do what the worker does: letters are written, documents are made."""
    journal.deliver()
    documents.make()
    journal.deliver()
    db.session.rollback()
