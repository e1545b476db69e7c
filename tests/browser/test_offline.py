"""Real browsers without a network: public pages that were read can be read, what is private is nowhere kept."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import plug_in, unplug, until

EVERYTHING = """async () => {
  const found = {};
  for (const place of await caches.keys()) {
    const cache = await caches.open(place);
    for (const key of await cache.keys()) found[key.url] = await (await cache.match(key, { ignoreVary: true })).text();
  }
  return found;
}"""


def kept(page: Page) -> dict[str, str]:
    return page.evaluate(EVERYTHING)


def waits_for_copy(page: Page, *endings: str) -> None:
    """Wait until the device holds these addresses."""
    until(page, """async (endings) => {
      const urls = [];
      for (const place of await caches.keys()) {
        for (const key of await (await caches.open(place)).keys()) urls.push(key.url);
      }
      return endings.every((each) => urls.some((url) => url.endsWith(each)));
    }""", list(endings))


@pytest.fixture
def project(make):
    lead = make.person("lead", name="Amira Beispiel")
    project = make.project(status="active", lead=lead, title="Garten am Bahndamm")
    make.award(project)
    make.plan(project, state="approved")
    make.milestone(project, title="Das Beet ist angelegt")
    return project


def test_a_page_that_was_read_can_be_read_without_a_network_and_says_how_old_it_is(phone, project):
    path = f"/de/projects/{project.slug}"
    phone.goto(path)
    waits_for_copy(phone, path, "/de/offline")
    unplug(phone)
    phone.goto(path)
    expect(phone.locator("h1")).to_have_text("Garten am Bahndamm")
    expect(phone.locator("[data-copy-of]")).to_be_visible()
    assert phone.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Noto Sans')
    plug_in(phone)
    phone.reload()
    expect(phone.locator("[data-copy-of]")).to_be_hidden()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_what_was_never_read_shows_what_is_there(phone, project, language):
    path = f"/{language}/projects/{project.slug}"
    phone.goto(path)
    waits_for_copy(phone, path, f"/{language}/offline")
    unplug(phone)
    phone.goto(f"/{language}/districts/")
    expect(phone.locator("[data-copies] a")).to_contain_text(["Garten am Bahndamm"])
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.locator("[data-copies] a").first.click()
    expect(phone.locator("h1")).to_have_text("Garten am Bahndamm")


def test_after_a_walk_over_the_desk_no_private_byte_is_kept(phone, project, come_in):
    come_in(phone, project.leads[0])
    phone.goto("/de/desk/")
    waits_for_copy(phone, "/de/offline", "/de/offline/write")
    for path in ("/de/desk/", f"/de/desk/projects/{project.id}", f"/de/desk/projects/{project.id}/receipts/new",
                 "/de/account", "/de/follow", "/de/sign-in", f"/de/projects/{project.slug}"):
        phone.goto(path, wait_until="networkidle")
    waits_for_copy(phone, f"/de/projects/{project.slug}")
    copies = kept(phone)
    assert not [url for url in copies if re.search(r"/(desk|account|sign-in|mine)(/|\?|$)", url)]
    told = json.dumps(copies, ensure_ascii=False)
    assert project.leads[0].public_id not in told
    assert project.leads[0].mail not in told
    assert 'name="csrf_token"' not in told.replace('\\"', '"')


def test_the_bounds_hold(phone, live):
    phone.goto("/de/")
    waits_for_copy(phone, "/de/offline")
    left = phone.evaluate("""async () => {
      const cache = await caches.open("read-1");
      const at = new Date().toISOString();
      for (let number = 0; number < 70; number += 1) {
        const headers = { "Kept-At": at, "Kept-Bytes": "10", "Kept-Title": "x", "Content-Type": "text/html" };
        await cache.put(`/de/old-${number}`, new Response("x", { headers }));
      }
      navigator.serviceWorker.controller?.postMessage({ keep: ["/de/districts/"] });
      (await navigator.serviceWorker.ready).active.postMessage({ keep: ["/de/projects/"] });
      for (;;) {
        const urls = (await cache.keys()).map((each) => each.url);
        if (urls.some((each) => each.endsWith("/de/projects/")) && urls.length <= 60) return urls;
        await new Promise((done) => setTimeout(done, 30));
      }
    }""")
    assert not [url for url in left if url.endswith("/de/old-0")]
