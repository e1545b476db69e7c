"""Charts and the map in a browser: readable on the smallest phone, accessible, inside their box."""

from datetime import date

import pytest
from playwright.sync_api import Browser

from incubator.foundation.transaction import transaction
from incubator.programme import operations_shapes
from tests.browser.looks import CHANGED
from tests.browser.test_pages import looked_at
from tests.programme import land
from tests.progress.purse import Purse

PAGES = ["/", "/districts/", "/districts/?map=money", "/projects/kueche", "/projects/kueche/money",
         "/rounds/runde-eins"]
OPENED = "document.querySelectorAll('details').forEach(each => each.open = true)"
TEXTS = """[...document.querySelectorAll('svg.chart text, svg.map text')]
  .filter(text => text.getClientRects().length && getComputedStyle(text).display !== 'none')
  .map(text => {
    const box = text.getBoundingClientRect(), svg = text.ownerSVGElement, frame = svg.getBoundingClientRect()
    return {
      words: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a,
      inside: box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1
        && box.bottom <= frame.bottom + 1,
    }
  })"""


@pytest.fixture
def city(make):
    names = ["Nordhang", "Südufer", "Am Tor/Alte Mühle"]
    north, *_others = [make.district(name=name, slug=f"d-{place}") for place, name in enumerate(names)]
    round_ = make.round(name="Runde Eins", slug="runde-eins")
    project = make.project("active", round=round_, slug="kueche", district_id=north.id, starts_on=date(2026, 1, 1))
    first = make.milestone(project, status="accepted", title="Raum für alle im ganzen Viertel gefunden und bezogen",
                           due_on=date(2026, 2, 1))
    make.milestone(project, needs_id=first.id, forecast_on=date(2026, 8, 20), title="افتتاح المطبخ", language="ar")
    purse = Purse(make, project, 7_600_00)
    purse.pay(3_800_00)
    purse.receipt(1_000_00)
    with transaction():
        operations_shapes.import_shapes(land.city(names), None, source="Amt", licence="CC0")
    return make.person("coordinator"), north


def test_the_page_for_tiles_is_accessible_and_narrow(city, chromium: Browser, live, come_in):
    office, north = city
    with transaction():
        operations_shapes.drop_shapes(None)
    pages = ["/desk/districts", f"/desk/districts/{north.id}/tile"]
    assert looked_at(chromium, live, come_in, office, pages, "de", CHANGED["de"][:1]) == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_words_in_drawings_can_be_read_on_a_small_phone_and_stay_inside(city, chromium: Browser, live, language):
    with chromium.new_context(base_url=live, viewport={"width": 320, "height": 900}) as context:
        page, found = context.new_page(), []
        for address in PAGES:
            page.goto(f"/{language}{address}")
            page.evaluate(OPENED)
            found += [each | {"page": address} for each in page.evaluate(TEXTS)]
    assert len(found) > 20
    assert [each for each in found if each["size"] < 11 or not each["inside"]] == []


def test_a_district_on_the_map_is_reached_by_keyboard(city, chromium: Browser, live):
    with chromium.new_context(base_url=live) as context:
        page = context.new_page()
        page.goto("/de/districts/")
        area = page.get_by_role("link", name="Nordhang: ")
        area.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/de/districts/d-0")
