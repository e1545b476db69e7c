"""Writing without a network, in real browsers: the plug is pulled again and again, and each thing arrives once."""

import pytest
from playwright.sync_api import Page, expect

from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.milestones.models import Update
from tests.browsers import plug_in, unplug, until
from tests.builders import picture

HELD = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name);
  const read = await caches.has("read-1");
  return [...names, ...Object.keys(localStorage), ...(read ? ["read-1"] : [])];
}"""


@pytest.fixture
def project(make):
    project = make.project(status="active", lead=make.person("lead"), title="Garten am Bahndamm")
    make.award(project)
    make.plan(project, state="approved")
    project.beet = make.milestone(project, title="Das Beet ist angelegt")
    return project


@pytest.fixture
def lead(phone, project, come_in) -> Page:
    """The lead's phone, where the desk was open once: it knows what can be written about."""
    come_in(phone, project.leads[0])
    phone.goto("/de/desk/")
    until(phone, """async () => {
      const own = await (await caches.open("own-1")).keys(), files = await (await caches.open("files-1")).keys();
      const { facts } = await import("/static/js/outbox-store.js");
      const has = (names, end) => names.some((each) => each.url.includes(end));
      return has(own, "/offline/write") && has(files, "/outbox-fields.js") && has(files, "/photo.js") && await facts();
    }""")
    return phone


def fill_report(page: Page, words: str) -> None:
    page.locator("[name=actual_on]").fill("2026-03-01")
    page.locator("[name=text]").fill(words)
    page.locator("[name=evidence]").fill("Die Liste liegt bei uns.")
    photo = {"name": "beet.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.locator("[name=photos-0-file]").set_input_files(photo)
    page.locator("[name=photos-0-alt]").fill("Ein Beet mit Salat")


def reports(project) -> list[Update]:
    db.session.rollback()
    return Update.query.filter_by(project_id=project.id).all()


def is_reported_once(project) -> bool:
    [update] = reports(project)
    return len(update.photos) == 1 and Entry.query.filter_by(action="milestone.reported").count() == 1


def waiting(page: Page):
    return page.locator("[data-outbox-list] li")


def until_sent(page: Page) -> None:
    expect(page.locator("[data-outbox-list] [role=status]")).to_contain_text("Das Beet ist angelegt", timeout=15_000)
    expect(waiting(page)).to_have_count(0)


def test_a_report_written_without_a_network_waits_and_is_sent_once(lead, project):
    lead.goto(f"/de/desk/milestones/{project.beet.id}/report")
    unplug(lead)
    fill_report(lead, "Alle haben geholfen.")
    lead.locator("form[data-outbox-kind] .kern-btn--primary").click()
    expect(lead.locator("main .notice[role=status]")).to_be_visible()
    assert reports(project) == []
    lead.goto("/de/offline/write")
    expect(waiting(lead)).to_have_count(1)
    expect(lead.locator(".outbox-count")).to_have_count(0)  # the page that stands in knows nobody
    lead.context.set_offline(False)
    until_sent(lead)
    assert is_reported_once(project)


def test_a_page_that_was_never_opened_is_no_hindrance(lead, project):
    unplug(lead)
    lead.goto("/de/desk/")
    lead.locator("[data-offline-write] a").click()
    lead.locator("#what").select_option(f"/de/desk/milestones/{project.beet.id}/report")
    fill_report(lead, "Ohne Netz im Park geschrieben.")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(1)
    lead.goto("about:blank")
    lead.context.set_offline(False)
    lead.goto("/de/desk/")
    until_sent(lead)
    assert is_reported_once(project)


def test_the_network_goes_in_the_middle_of_sending(lead, project):
    """The server has the report, its answer never arrives: the page that stands in says so, and nothing is doubled."""
    lead.goto(f"/de/desk/milestones/{project.beet.id}/report")
    fill_report(lead, "Alle haben geholfen.")
    lost = []

    def lose_the_answer(route):
        if route.request.method == "POST" and "/report" in route.request.url and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            return route.abort()
        return route.continue_()

    lead.context.route("**/report", lose_the_answer)
    try:
        lead.locator("form[data-outbox-kind] .kern-btn--primary").click()
        lead.wait_for_function("!document.querySelector('form[data-outbox-kind]')")
    finally:
        lead.context.unroute("**/report")
    assert lost == [303]
    lead.goto("/de/desk/")
    expect(waiting(lead)).to_have_count(0)
    assert is_reported_once(project)


def test_what_is_refused_stays_and_says_what_must_be_mended(lead, project):
    unplug(lead)
    lead.goto("/de/offline/write")
    lead.locator("#what").select_option(f"/de/desk/milestones/{project.beet.id}/report")
    fill_report(lead, "Alle haben geholfen.")
    lead.locator("[name=photos-0-alt]").fill("")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(1)
    lead.context.set_offline(False)
    expect(lead.locator(".outbox__problem")).to_be_visible(timeout=15_000)
    assert reports(project) == []
    waiting(lead).locator("a").click()
    expect(lead.locator("[name=text]")).to_have_value("Alle haben geholfen.")
    assert lead.evaluate("document.querySelector('[name=photos-0-file]').files.length") == 1
    lead.locator("[name=photos-0-alt]").fill("Ein Beet mit Salat")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    until_sent(lead)
    assert is_reported_once(project)


def test_two_windows_send_it_once(lead, project):
    unplug(lead)
    lead.goto("/de/offline/write")
    lead.locator("#what").select_option(f"/de/desk/milestones/{project.beet.id}/report")
    fill_report(lead, "Alle haben geholfen.")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(1)
    other = lead.context.new_page()
    other.goto("/de/offline/write")
    expect(waiting(other)).to_have_count(1)
    lead.context.set_offline(False)
    expect(waiting(lead)).to_have_count(0, timeout=15_000)
    expect(waiting(other)).to_have_count(0)
    assert is_reported_once(project)


def test_somebody_else_does_not_send_it(lead, project, make, come_in):
    unplug(lead)
    lead.goto("/de/offline/write")
    lead.locator("#what").select_option(f"/de/desk/milestones/{project.beet.id}/report")
    fill_report(lead, "Alle haben geholfen.")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(1)
    lead.context.clear_cookies()
    plug_in(lead)
    lead.goto("/de/offline/write")
    expect(lead.locator("[data-outbox-list] a[href$='/sign-in']")).to_be_visible(timeout=15_000)
    come_in(lead, make.person("lead"))
    lead.goto("/de/desk/", wait_until="networkidle")
    assert reports(project) == []
    come_in(lead, project.leads[0])
    lead.goto("/de/desk/")
    until_sent(lead)
    assert is_reported_once(project)


def test_news_and_receipts_can_be_written_too(lead, project):
    unplug(lead)
    lead.goto("/de/offline/write")
    lead.locator("#what").select_option(f"/de/desk/projects/{project.id}/updates/write")
    lead.locator("[name=title]").fill("Der Salat wächst")
    lead.locator("[name=text]").fill("Kommt vorbei.")
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(1)
    lead.locator("#what").select_option(f"/de/desk/projects/{project.id}/receipts/new")
    photo = {"name": "bon.jpg", "mimeType": "image/jpeg", "buffer": picture(1200, 1600)}
    lead.locator("[name=papers]").set_input_files(photo)
    answers = {"amount_cents": "12,50", "payee": "Gärtnerei", "reason": "Saat", "paid_on": "2026-03-01"}
    for name, words in answers.items():
        lead.locator(f"[name={name}]").fill(words)
    lead.locator("[name=line_id]").select_option(index=1)
    lead.locator("[data-write-form] .kern-btn--primary").click()
    expect(waiting(lead)).to_have_count(2)
    lead.context.set_offline(False)
    expect(waiting(lead)).to_have_count(0, timeout=15_000)
    assert [each.title for each in reports(project)] == ["Der Salat wächst"]
    assert Entry.query.filter_by(action="receipt.entered").count() == 1


def test_signing_out_clears_what_the_device_knew(lead, project):
    lead.goto(f"/de/projects/{project.slug}")
    until(lead, "() => caches.has('read-1')")
    lead.goto("/de/desk/")
    lead.evaluate("localStorage.setItem('draft:other', JSON.stringify({at: Date.now(), values: {}}))")
    lead.locator("form[action$='/sign-out'] button").click()
    lead.wait_for_url("**/de/")
    until(lead, "async () => !(await indexedDB.databases()).length && !localStorage.length")
    assert lead.evaluate(HELD) in ([], ["read-1"])  # the page that came after it may be kept: it is for everyone


def test_who_signs_out_with_something_waiting_is_asked(lead, project):
    lead.goto("/de/desk/")
    lead.evaluate("""async () => {
      const { put } = await import("/static/js/outbox-store.js");
      const person = document.querySelector("[data-outbox]").dataset.person;
      await put({ id: "x", kind: "news", title: "T", action: "/nowhere", fields: [], person, at: Date.now(),
                  state: "refused", problem: "Nein." });
    }""")
    expect(waiting(lead)).to_have_count(1)
    expect(lead.locator(".outbox-count")).to_have_text("1")
    lead.on("dialog", lambda dialog: dialog.dismiss())
    with lead.expect_event("dialog"):
        lead.locator("form[action$='/sign-out'] button").click()
    expect(waiting(lead)).to_have_count(1)
    assert lead.url.endswith("/de/desk/")
