"""Where a device keeps nothing, has no room or changes hands, nothing is lost, doubled or shown to the next person."""

import pytest
from playwright.sync_api import Page, expect

from incubator.foundation.database import db
from incubator.milestones.models import Update
from tests.browser.test_outbox import fill_report, is_reported_once, lead, project, reports, until_sent, waiting
from tests.browsers import plug_in, unplug, until

__all__ = ["lead", "project"]
NOTHING_IS_KEPT = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'InvalidStateError'); }; }"
PUT = """async (entry) => {
  const { put } = await import("/static/js/outbox-store.js");
  const { person } = document.querySelector("[data-outbox]").dataset;
  const at = Date.now(), from = "/elsewhere";
  await put({ kind: "news", title: "T", fields: [], person, at, from, state: "waiting", ...entry });
}"""


@pytest.fixture
def at_work(lead: Page) -> Page:
    """A page of somebody signed in, with another form; nothing is sent until the test says so."""
    lead.goto("/de/desk/me")
    return lead


def send(page: Page) -> list[str]:
    """Send what waits and say what became of each."""
    return page.evaluate("""async () => {
      const { flush } = await import("/static/js/outbox-send.js");
      return (await flush()).map(([result]) => result);
    }""")


def kept(page: Page) -> list[str]:
    return page.evaluate("""async () => {
      const { entries } = await import("/static/js/outbox-store.js");
      return (await entries(document.querySelector("[data-outbox]").dataset.person)).map((each) => each.state);
    }""")


def test_where_nothing_can_be_kept_the_form_stays_and_is_sent_with_a_network(lead, project):
    lead.goto(f"/de/desk/milestones/{project.beet.id}/report")
    lead.evaluate(NOTHING_IS_KEPT)
    unplug(lead)
    fill_report(lead, "Alle haben geholfen.")
    lead.locator("form[data-outbox-kind] .kern-btn--primary").click()
    expect(lead.locator("form[data-outbox-kind] [data-cannot-keep]")).to_be_visible()
    expect(lead.locator("[name=text]")).to_have_value("Alle haben geholfen.")
    plug_in(lead)
    until(lead, "() => navigator.onLine")
    lead.locator("form[data-outbox-kind] .kern-btn--primary").click()
    expect(lead.locator(".flash--success")).to_be_visible(timeout=15_000)
    assert is_reported_once(project)


def test_what_somebody_wrote_needs_the_room_more_than_copies_do(at_work):
    at_work.evaluate("""async () => {
      await caches.open("read-1");
      const real = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function put(...given) {
        IDBObjectStore.prototype.put = real;
        throw new DOMException("", "QuotaExceededError");
      };
    }""")
    at_work.evaluate(PUT, {"id": "x", "action": "/nowhere", "state": "refused"})
    assert kept(at_work) == ["refused"]
    assert not at_work.evaluate("caches.has('read-1')")


def test_a_page_that_asks_for_something_else_has_not_taken_it(at_work):
    """Where somebody must first prove who they are, the post leads to another page that says nothing of success."""
    elsewhere = {"Location": "/de/projects/"}
    at_work.context.route("**/asks-first", lambda route: route.fulfill(status=303, headers=elsewhere))
    at_work.evaluate(PUT, {"id": "x", "action": "/asks-first"})
    assert send(at_work) == ["later"]
    assert send(at_work) == [], "not again at once"
    assert kept(at_work) == ["unknown"]


def test_the_success_of_another_form_is_not_that_of_what_waits(at_work):
    at_work.evaluate(PUT, {"id": "x", "action": "/nowhere", "state": "sending"})
    at_work.evaluate("sessionStorage.setItem('outbox-sent', 'x')")
    at_work.locator("main form:has([name=given_name]) .kern-btn--primary").click()
    expect(at_work.locator(".flash--success")).to_be_visible()
    until(at_work, """async () => {
      const { entry } = await import("/static/js/outbox-store.js");
      return (await entry("x")).state === "refused";
    }""")


def test_what_is_open_to_be_changed_is_sent_only_as_it_was_changed(lead, project):
    unplug(lead)
    lead.goto("/de/offline/write")
    lead.locator("#what").select_option(f"/de/desk/milestones/{project.beet.id}/report")
    fill_report(lead, "Noch nicht fertig.")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(1)
    waiting(lead).locator("a").click()
    expect(lead.locator("[name=text]")).to_have_value("Noch nicht fertig.")
    lead.context.set_offline(False)
    assert send(lead) == []
    assert reports(project) == []
    lead.locator("[name=text]").fill("Jetzt ist es fertig.")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    until_sent(lead)
    db.session.rollback()
    assert [each.text for each in Update.query.filter_by(project_id=project.id)] == ["Jetzt ist es fertig."]


def test_where_nothing_can_be_kept_one_press_signs_out(page: Page, make, come_in):
    page.add_init_script("""{
      const refuse = () => { throw new DOMException("", "SecurityError"); };
      IDBFactory.prototype.open = IDBFactory.prototype.deleteDatabase = CacheStorage.prototype.keys = refuse;
    }""")
    come_in(page, make.person())
    page.goto("/de/desk/", wait_until="networkidle")
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/de/")
