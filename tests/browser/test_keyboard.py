"""Four people without a mouse: each does the main thing they came for, with Tab, Space, arrows and Enter alone."""

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from incubator.budgets.models import Plan, PlanState
from incubator.follow.models import Following
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.selection.models import Decision, Outcome
from tests.selection.panels import panel, resolve, score_all

FAR = 120
IS_AT = "([selector]) => document.activeElement.matches(selector)"


class Keyboard:
    """A browser that is used by its keyboard only."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        page.goto(path)

    def to(self, selector: str) -> "Keyboard":
        """Walk on to a control, as somebody does who cannot point."""
        for _turn in range(FAR):
            if self.page.evaluate(IS_AT, [selector]):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: nobody reaches {selector} with the Tab key")

    def type(self, text: str) -> "Keyboard":
        self.page.keyboard.type(text)
        return self

    def press(self, key: str) -> "Keyboard":
        self.page.keyboard.press(key)
        return self

    def enter(self) -> "Keyboard":
        """Press Enter and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def send(self) -> "Keyboard":
        return self.to("main form[method=post] button[type=submit]:not(.menu *)").enter()


def only(kind):
    db.session.rollback()
    return db.session.scalars(select(kind)).one()


@pytest.mark.long
def test_somebody_finds_a_project_and_follows_it(make, page: Page):
    make.project("active", slug="kueche", title="Küche")
    keys = Keyboard(page, "/ar/").press("Tab").to(".skip")
    keys.to("a[href='/ar/projects/']").enter().to("a[href='/ar/projects/kueche']").enter()
    keys.to("main a[href^='/ar/follow?project=kueche']").enter().to("[name=mail]").type("nina@example.org")
    keys.to("[name=rhythm], main [type=radio]").press("ArrowDown").send()
    assert page.url.endswith("/ar/follow/sent") and only(Following).asked_at is not None


@pytest.mark.long
def test_a_lead_reports_a_milestone(make, page: Page, come_in):
    project = make.project("active")
    make.award(project)
    make.milestone(project, status="in_progress", due_on=clock.today())
    come_in(page, project.leads[0])
    keys = Keyboard(page, "/de/desk/").to("main a[href$='/report']").enter()
    keys.to("main textarea[name=text]").type("Alle haben gekocht.")
    keys.to("main textarea[name=evidence]").type("Zwanzig waren da.").send()
    assert only(Milestone).status is MilestoneStatus.REPORTED


@pytest.mark.long
def test_a_mentor_approves_a_budget(make, page: Page, come_in):
    project = make.project("budget_review")
    make.plan(project, state="submitted", grant=2_000_00)
    come_in(page, project.mentors[0])
    keys = Keyboard(page, "/de/desk/").to("main a[href$='/budget/review']").enter()
    keys.to("main [name=no_conflict]").press("Space").to("main form[action$='/budget/review'] button").enter()
    assert only(Plan).state is PlanState.APPROVED


@pytest.mark.long
def test_a_coordinator_prepares_a_decision(make, page: Page, come_in):
    city = panel(make, 5_000_00)
    score_all(city, 4)
    resolve(city)
    come_in(page, city.office)
    keys = Keyboard(page, f"/de/desk/rounds/{city.round.id}/decisions").to("main a[href$='/decision/prepare']").enter()
    keys.to("main [name=outcome]").press("Space").send()
    assert only(Decision).outcome is Outcome.AWARD
