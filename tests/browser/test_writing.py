"""Writing a proposal in real browsers: the network goes, two people write at once, and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.projects.models import Project
from tests.browsers import _context, plug_in, unplug


@pytest.fixture
def writing(make, page: Page, come_in):
    """A lead at a step of a draft; call it with the step."""
    member = make.person()
    project = make.project(need="", audience="", members=(member,))
    come_in(page, project.leads[0])

    def open_at(step: str = "need", language: str = "en") -> Page:
        page.goto(f"/{language}/desk/projects/{project.id}/proposal/{step}")
        return page

    open_at.project_id, open_at.member = project.id, member
    return open_at


@pytest.fixture
def second(chromium, live, come_in, writing):
    """Another member of the team in another browser, at the same step."""
    with _context(chromium, live) as context:
        other = context.new_page()
        come_in(other, writing.member)
        other.goto(f"/en/desk/projects/{writing.project_id}/proposal/need")
        yield other


def stored(writing) -> Project:
    db.session.rollback()
    return db.session.get_one(Project, writing.project_id)


def hears(page: Page, sentence: str) -> None:
    """Wait for what the page says about the text; it saves by itself a while after the last key."""
    expect(page.locator("[data-said]")).to_contain_text(sentence, timeout=15_000)


def leave(page: Page) -> None:
    """Let the page think that somebody looks at another one: it sends at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage)")


def test_what_is_typed_is_saved_without_a_button(writing):
    page = writing()
    page.locator("#need").fill("There is no place to meet.")
    hears(page, "Saved")
    assert stored(writing).need == "There is no place to meet."
    assert kept(page) == []


def test_the_plug_is_pulled_in_the_middle(writing):
    page = writing()
    unplug(page)
    page.locator("#need").fill("Typed without a network.")
    leave(page)
    hears(page, "No network")
    assert stored(writing).need == ""
    plug_in(page)
    hears(page, "Saved")
    assert stored(writing).need == "Typed without a network."
    assert kept(page) == []


def test_a_page_lost_without_a_network_brings_the_text_back_and_sends_it_once(writing):
    page = writing()
    unplug(page)
    page.locator("#need").fill("Typed without a network.")
    leave(page)
    hears(page, "No network")
    page.goto("about:blank")
    plug_in(page)
    writing()
    expect(page.locator("#need")).to_have_value("Typed without a network.")
    hears(page, "Saved")
    assert stored(writing).need == "Typed without a network."
    assert [each.data for each in Entry.query.filter_by(action="project.edited")] == [{"fields": ["need"]}]


def test_an_answer_that_got_lost_on_its_way_back_is_not_carried_out_twice(writing):
    page, lost = writing(), []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/proposal/need", lose_the_first_answer)
    page.locator("#need").fill("Once is enough.")
    leave(page)
    hears(page, "Saved")
    assert lost == [200]
    assert stored(writing).need == "Once is enough."
    assert Entry.query.filter_by(action="project.edited").count() == 1


def test_two_people_write_different_answers(writing, second):
    page = writing()
    page.locator("#need").fill("From the first.")
    leave(page)
    hears(page, "Saved")
    second.locator("#audience").fill("From the second.")
    leave(second)
    expect(second.locator("#need")).to_have_value("From the first.")
    hears(second, "Somebody else wrote here")
    project = stored(writing)
    assert (project.need, project.audience) == ("From the first.", "From the second.")


@pytest.mark.parametrize(("button", "result"), [
    ("keep", "Second."), ("take", "First."), ("join", "Second.\n\nFirst."),
])
def test_two_people_write_the_same_answer_and_the_second_decides(writing, second, button, result):
    page = writing()
    page.locator("#need").fill("First.")
    leave(page)
    hears(page, "Saved")
    second.locator("#need").fill("Second.")
    leave(second)
    panel = second.locator("section.both")
    expect(panel.locator("[data-both-mine]")).to_have_text("Second.")
    expect(panel.locator("[data-both-theirs]")).to_have_text("First.")
    assert stored(writing).need == "First."
    second.locator("form[data-autosave] .kern-btn--primary").click()
    expect(panel).to_be_focused()
    panel.locator(f"[data-both-{button}]").press("Enter")
    expect(panel).to_have_count(0)
    expect(second.locator("#need")).to_have_value(result)
    expect(second.locator("#need")).to_be_focused()
    second.locator("form[data-autosave] .kern-btn--primary").click()
    second.wait_for_url("**/proposal/plan")
    assert stored(writing).need == result


def test_what_is_missing_follows_what_is_typed(writing):
    page = writing()
    line = page.locator("[data-missing-for=need]")
    before = int(page.locator("#answered").get_attribute("value"))
    expect(line).to_be_visible()
    page.locator("#need").fill("Because.")
    expect(line).to_be_hidden()
    expect(page.locator("[data-progress-text]")).to_contain_text(f"{before + 1} of 13")


def test_a_wrong_amount_is_told_beside_it_and_holds_up_no_other(writing):
    page = writing("plan")
    page.locator("#asked_cents").fill("much")
    page.locator("#outcome").fill("Neighbours know each other.")
    leave(page)
    expect(page.locator("#asked_cents-said")).to_be_visible()
    expect(page.locator("#asked_cents")).to_have_attribute("aria-invalid", "true")
    assert stored(writing).outcome == "Neighbours know each other."
    page.locator("#asked_cents").fill("700")
    expect(page.locator("#asked_cents-said")).to_have_count(0)


def test_signing_out_leaves_no_text_on_the_phone(writing):
    page = writing()
    page.route("**/proposal/need", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#need").fill("Private.")
    leave(page)
    hears(page, "No network")
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/en/")
    assert kept(page) == []
