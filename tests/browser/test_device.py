"""What lies on a device: nothing of a sensitive class, and the rest for two weeks at most."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_outbox import fill_report, lead, project
from tests.browsers import until

__all__ = ["lead", "project"]
KEPT = "JSON.stringify(Object.entries(localStorage))"
WEEKS = 14 * 24 * 3600 * 1000
PUT = """async ([id, at]) => {
  const { put } = await import("/static/js/outbox-store.js");
  await put({ id, kind: "news", title: "Alt", fields: [], state: "refused", problem: "", at,
              person: document.querySelector("[data-outbox]").dataset.person });
}"""
HELD = """async () => {
  const asked = indexedDB.open("outbox");
  const database = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const got = database.transaction("entries").objectStore("entries").getAll();
  const all = await new Promise((done) => { got.onsuccess = () => done(got.result); });
  database.close();
  return all.map((each) => each.id);
}"""


def _typed(page: Page, names: dict[str, str]) -> str:
    for name, text in names.items():
        page.locator(f"form[data-draft] [name={name}]").fill(text)
    page.wait_for_timeout(600)  # a draft is kept once somebody pauses
    return str(page.evaluate(KEPT))


def test_the_address_of_somebody_who_is_invited_is_not_kept(lead, project):
    lead.goto(f"/de/desk/projects/{project.id}/partners/invite")
    kept = _typed(lead, {"name": "Gartenfreunde", "mail": "nele@example.org", "words": "Macht ihr mit?"})
    assert "Gartenfreunde" in kept and "nele@example.org" not in kept
    lead.reload()
    expect(lead.locator("[name=words]")).to_have_value("Macht ihr mit?")
    expect(lead.locator("[name=mail]")).to_have_value("")


def test_what_a_mentor_notes_in_confidence_is_not_kept(make, page: Page, come_in):
    mentor = make.person("mentor")
    project = make.project("mentoring", lead=make.person("lead"), mentor=mentor)
    come_in(page, mentor)
    page.goto(f"/de/desk/projects/{project.id}/mentoring/log")
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    kept = _typed(page, {"shared_notes": "Der Plan", "confidential_notes": "Vertraulich", "spoken_language": "Deutsch"})
    assert "Der Plan" in kept and "Deutsch" in kept and "Vertraulich" not in kept


def test_a_draft_goes_after_two_weeks(page: Page, live):
    page.goto(f"{live}/de/sign-in")
    for name, age in (("draft::young", WEEKS - 60_000), ("draft::old", WEEKS + 60_000)):
        draft = "JSON.stringify({ at: Date.now() - age, values: {} })"
        page.evaluate(f"([name, age]) => localStorage.setItem(name, {draft})", [name, age])
    page.reload()
    until(page, "() => Object.keys(localStorage).length === 1")
    assert page.evaluate("Object.keys(localStorage)") == ["draft::young"]


def test_what_waits_for_a_network_goes_after_two_weeks(lead):
    now = lead.evaluate("Date.now()")
    lead.evaluate(PUT, ["young", now - WEEKS + 60_000])
    lead.evaluate(PUT, ["old", now - WEEKS - 60_000])
    lead.goto("/de/desk/")
    until(lead, f"async () => (await ({HELD})()).join() === 'young'")


def test_no_form_that_may_wait_asks_anything_sensitive(lead, project):
    beet = project.beet.id
    for path in (f"/de/desk/milestones/{beet}/report", f"/de/desk/projects/{project.id}/updates/write",
                 f"/de/desk/projects/{project.id}/receipts/new", "/de/offline/write"):
        lead.goto(path)
        found = lead.evaluate("""() => {
          const forms = [document, ...[...document.querySelectorAll("template")].map((each) => each.content)]
            .flatMap((each) => [...each.querySelectorAll("form[data-outbox-kind], form:has([data-write-title])")]);
          return [forms.length, forms.flatMap((each) =>
            [...each.querySelectorAll("[data-private], [type=password], [type=email]")].map((one) => one.name))];
        }""")
        assert found[0] >= 1 and found[1] == [], path


def test_a_form_that_asks_it_all_the_same_never_waits(lead, project):
    lead.goto(f"/de/desk/milestones/{project.beet.id}/report")
    lead.evaluate("document.querySelector('form[data-outbox-kind] [name=text]').dataset.private = ''")
    fill_report(lead, "Fertig.")
    lead.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    lead.locator("form[data-outbox-kind] button.kern-btn--primary").click()
    assert lead.evaluate(HELD) == []
    assert "Fertig." not in lead.evaluate(KEPT)


@pytest.mark.parametrize("path", ["/de/sign-in", "/de/accessibility/report"])
def test_forms_at_the_door_keep_no_draft(page: Page, live, path):
    page.goto(f"{live}{path}")
    assert page.locator("form[data-draft]").count() == 0
