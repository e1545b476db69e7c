"""Somebody who reads Arabic, and somebody who reads easy language, from the invitation to a milestone all can read of.

They never leave their language: letters, links, buttons and refusals are looked for in its words, amounts are typed as
its keyboard writes them. The people of the city work in it too, so that every page of theirs is drawn in it.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_babel import gettext

from incubator.accounts.jobs import write_all_asked
from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.language import in_language, named
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.queries import newest_to
from incubator.programme import operations as programme
from incubator.projects.models import Project
from tests.house.spoken import Page
from tests.journeys.test_first_project import PASSWORD, photo
from tests.journeys.walkers import Walker

WORDS = {
    "ar": {"title": "مطبخ الحيّ", "text": "نطبخ معًا كل أسبوع ونتعارف.", "asked": "٤٬٥٠٠٫٠٠", "one": "٤٬٠٠٠",
           "two": "٢٢٠٠", "own": "٧٠٠", "hours": "٤٠", "news": "جاء ستة وأربعون شخصًا."},
    "de-simple": {"title": "Küche für alle", "text": "Wir kochen zusammen. Wir lernen uns kennen.", "asked": "4.500,00",
                  "one": "4.000,00", "two": "2.200,00", "own": "700,00", "hours": "40",
                  "news": "Es waren 46 Menschen da."},
}
LOOK_INTO = os.environ.get("JOURNEY_PICTURES")  # a folder: then every page on the way is kept there as a picture


class Spoken(Walker):
    """A walker whose every page is in one language; what else could hurt somebody there, other tests look at."""

    def _examine(self) -> None:
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append(f"{self.page.url}: wider than the screen")
        page, spoken = Page(self.page.content()), named(self.page.url.split("/")[3])
        if (page.lang, page.dir, spoken.code) != (self.code, spoken.dir, self.code):
            self.wrong.append(f"{self.page.url}: is in {page.lang} {page.dir}")
        if LOOK_INTO:
            self.steps = getattr(self, "steps", 0) + 1
            self.page.screenshot(path=Path(LOOK_INTO) / f"{self.code}-{self.steps:02}.png", full_page=True)

    code = ""


class Town:
    """The lead at a phone, and the people of the city, whose pages need no script."""

    def __init__(self, code, chromium, live, make, visit):
        self.code, self.words, self.at = code, WORDS[code], f"/{code}/desk"
        self.lead, self.stranger = Spoken(chromium, live), Spoken(chromium, live)
        self.lead.code = self.stranger.code = code
        self.people = {name: make.person(role, name=full, language=code) for name, role, full in (
            ("coordinator", "coordinator", "Petra Demo"), ("mentor", "mentor", "Karin Muster"),
            ("second", "mentor", "Jonas Demo"))}
        self._visit = visit
        self.meet()
        make.organisation(name="Nachbarn am Bahndamm e.V.")
        make.round(fund_cents=40_000_00)

    def meet(self, *day):
        """Let days pass; who was signed in signs in again."""
        if day:
            clock.set(date(2026, *day))
        for name, person in self.people.items():
            setattr(self, name, self._visit(person))

    def said(self, sentence, **values):
        with in_language(self.code):
            return gettext(sentence, **values)

    def does(self, who, path, form="main form[method=post]", **answers):
        answer = getattr(self, who).fill(f"{self.at}{path}", form=form, **answers)
        assert answer.status == 303, (path, answer, answer.problems)

    @property
    def project(self):
        db.session.rollback()
        return db.session.scalars(sa.select(Project)).one()


@pytest.fixture(params=WORDS)
def town(request, app, make, chromium, live, visit):
    with transaction():
        programme.set_up()
    town = Town(request.param, chromium, live, make, visit)
    yield town
    town.lead.close()
    town.stranger.close()


def _come_in(town):
    """The invitation is in her language, and so is all that follows."""
    town.does("coordinator", "/people/invite", mail="amira@example.org", language=town.code, roles=["lead"])
    write_all_asked()
    journal.deliver()
    letter = newest_to("amira@example.org")
    link = re.search(rf"/{town.code}/invitation/\S+", letter.text)
    town.lead.open(link[0]).send(given_name="Amira", family_name="Beispiel", public_name="first", password=PASSWORD)
    town.lead.open(f"{town.at}/").sees("Amira")
    db.session.rollback()
    person = db.session.scalars(sa.select(Person).where(Person.mail == "amira@example.org")).one()
    assert person.language == town.code


def _propose(town):
    lead, words = town.lead, town.words
    lead.open(f"{town.at}/propose").send(title=words["title"], summary=words["text"], theme_id="1")
    lead.send(need=words["text"], audience=words["text"], district_id="10")
    lead.send(activities=words["text"], outcome=words["text"], starts_on="2026-05-15", ends_on="2026-10-15",
              asked_cents=words["asked"])
    assert town.project.asked_cents == 4_500_00
    lead.send(carrier_id="1", group_name=words["title"])
    lead.open(f"{town.at}/projects/{town.project.id}/submit").send()


def _admit(town):
    at = f"/projects/{town.project.id}"
    town.does("coordinator", f"{at}/mentoring/propose", person_id=str(town.people["mentor"].id))
    town.does("mentor", "/assignments/1", answer="yes")
    town.does("coordinator", f"{at}/carrier-agreement", on="2026-03-01")
    town.does("coordinator", f"{at}/admit")
    town.meet(3, 6)
    town.does("mentor", f"{at}/mentoring/log", held_on="2026-03-05", minutes="60", kind="initial_consultation",
              mode="on_site", shared_notes=town.words["text"])


def _plan(town):
    lead, words, at = town.lead, town.words, f"{town.at}/projects/{town.project.id}"
    lead.open(f"{at}/milestones/plan").send(title=words["title"], due_on="2026-06-15")
    rows = {"costs-0-purpose": words["text"], "costs-0-amount": words["one"], "costs-1-purpose": words["text"],
            "costs-1-amount": words["two"], "volunteer_hours": words["hours"], "own_funds": words["own"]}
    save = ".buttons button[type=submit]"
    lead.open(f"{at}/budget/edit").send("/budget/edit", button=save, expect=422, grant="1;5")
    lead.sees(town.said("Please write the amount like this: %(example)s",
                        example="1,234.56" if town.code == "ar" else "1.234,56"))
    lead.send("/budget/edit", button=save, grant="٥٬٥٠٠" if town.code == "ar" else "5.500,00", **rows)
    lead.open(f"{at}/budget/submit").send()


def _decide(town):
    at = f"/projects/{town.project.id}"
    for who in ("mentor", "second"):
        town.does(who, f"{at}/budget/review", form="main form[action$='/budget/review']", no_conflict=True)
    town.meet(5, 5)
    town.does("coordinator", f"{at}/decision", body="Rat der Stadt", on="2026-04-28", reference="VO/1",
              notice_number="2026-001", notice_on="2026-05-04")
    town.does("coordinator", f"{at}/start", waiver=True)


def _report(town):
    town.meet(6, 13)
    town.lead.open(f"/{town.code}/sign-in").send(mail="amira@example.org", password=PASSWORD)
    town.lead.open(f"{town.at}/").follow_to("/milestones/1/report")
    town.lead.send(actual_on="2026-06-12", text=town.words["news"], evidence=town.words["text"],
                   **{"photos-0-file": photo(), "photos-0-alt": town.words["title"]})
    review = town.mentor.get(f"{town.at}/milestones/1/review")
    town.does("mentor", "/milestones/1/review", form="main form[action$='/review']", answer="accept")
    assert town.words["news"] in review.text


def test_nobody_has_to_leave_their_language_between_the_invitation_and_the_news(town):
    _come_in(town)
    town.meet(3, 4)
    _propose(town)
    _admit(town)
    _plan(town)
    _decide(town)
    _report(town)
    page = town.stranger.open(f"/{town.code}/projects/{town.project.slug}")
    page.sees(town.words["title"], town.words["news"], "Amira", town.said("Reached"))
    letter = newest_to("amira@example.org")
    assert (letter.language, letter.text.count("%(")) == (town.code, 0)
    assert town.lead.wrong + town.stranger.wrong == []
