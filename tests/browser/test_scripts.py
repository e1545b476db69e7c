"""The small scripts: what they add for people whose browsers run them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import until


@pytest.fixture
def planning(make, page: Page, come_in):
    """A lead who plans a budget in a browser; call it with a language."""
    lead = make.person("lead")
    project = make.project("mentoring", lead=lead)
    come_in(page, lead)

    def open_in(language: str = "de") -> Page:
        page.goto(f"/{language}/desk/projects/{project.id}/budget/edit")
        return page

    return open_in


def _amounts(page: Page):
    return page.locator("[data-cost]")


def _sum(page: Page, which: str):
    return page.locator(f"[data-sum={which}]")


@pytest.mark.parametrize(
    ("language", "typed"), [("de", "1.234,50"), ("de", "1234,5 €"), ("en", "1,234.50"), ("ar", "١٬٢٣٤٫٥٠")]
)
def test_sums_read_amounts_as_the_language_writes_them(planning, language, typed):
    page = planning(language)
    _amounts(page).first.fill(typed)
    expect(_sum(page, "costs")).to_contain_text({"de": "1.234,50"}.get(language, "1,234.50"))


def test_sums_never_show_what_is_no_amount(planning):
    page = planning()
    _amounts(page).first.fill("viel")
    expect(_sum(page, "costs")).to_have_text("0,00\u00a0€")


def test_the_difference_says_when_both_sides_are_equal(planning):
    page = planning()
    _amounts(page).first.fill("100")
    expect(_sum(page, "difference")).to_have_attribute("data-state", "off")
    page.locator("[data-grant]").fill("100")
    expect(_sum(page, "difference")).to_have_attribute("data-state", "even")


def test_one_more_row_is_numbered_on_and_takes_the_focus(planning):
    page = planning()
    before = page.locator("[data-row]").count()
    page.locator("[data-add=costs]").click()
    expect(page.locator("[data-row]")).to_have_count(before + 1)
    focused = page.evaluate("document.activeElement.name")
    assert focused.startswith(f"costs-{before}-")


def test_a_removed_row_leaves_no_gap_in_the_numbers(planning):
    page = planning()
    page.locator("[data-add=costs]").click()
    page.locator("[data-row]").first.locator("[data-remove]").click()
    names = [field.get_attribute("name") for field in _amounts(page).all()]
    assert [int(name.split("-")[1]) for name in names] == list(range(len(names)))


def test_what_was_typed_comes_back_after_the_page_was_lost(planning):
    page = planning()
    _amounts(page).first.fill("250,00")
    planning()
    expect(_amounts(page).first).to_have_value("250,00")
    expect(page.locator(".draft-note")).to_be_visible()


def test_what_comes_back_can_be_thrown_away(planning):
    page = planning()
    _amounts(page).first.fill("250,00")
    planning()
    page.locator(".draft-note button").click()
    expect(page.locator(".draft-note")).to_have_count(0)
    expect(_amounts(page).first).not_to_have_value("250,00")


def test_what_arrived_does_not_come_back(planning):
    page = planning()
    page.locator("[data-row]").first.locator("select").select_option("material")
    _amounts(page).first.fill("250,00")
    page.locator("form[data-draft] button.kern-btn--primary").click()
    expect(page.locator(".flash--success")).to_be_visible()
    until(page, "() => Object.keys(localStorage).length === 0")  # the sentence is seen before a script reads it


def test_the_next_person_on_the_device_does_not_get_what_somebody_else_typed(make, page: Page, come_in):
    make.round(state="open")
    one, other = make.person("moderator"), make.person("moderator")
    seen = []
    for each in (one, other, one):
        come_in(page, each)
        page.goto("/de/desk/ideas/add")
        seen.append(page.locator("[name=title]").input_value())
        page.locator("[name=title]").fill(f"Bänke von {each.id}")
        page.goto("/de/desk/")
    assert seen == ["", "", f"Bänke von {one.id}"]


def test_whoever_is_asked_and_stays_keeps_their_drafts(planning):
    page = planning()
    page.evaluate("localStorage.setItem('draft:other', JSON.stringify({at: Date.now(), values: {}}))")
    page.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    page.locator("form[action$='/sign-out'] button").click()
    assert page.evaluate("Object.keys(localStorage)") == ["draft:other"]


def test_signing_out_throws_every_draft_away(planning):
    page = planning()
    page.evaluate("localStorage.setItem('draft:other', JSON.stringify({at: Date.now(), values: {}}))")
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/de/")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_form_is_sent_once_however_often_its_button_is_pressed(planning):
    page, sent = planning(), []

    def answer(route):
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.request.url)
        return route.fulfill(status=204)

    page.context.route("**/budget/edit", answer)  # the service worker's requests too
    page.evaluate("""() => {
      const button = document.querySelector("form[data-draft] button.kern-btn--primary");
      button.click(); button.click(); button.click();
    }""")
    expect(page.locator("form[data-sending]")).to_have_count(1)
    assert len(sent) == 1


def test_the_language_menu_closes_with_escape_and_gives_the_focus_back(page: Page):
    page.goto("/de/")
    page.locator(".menu__button").click()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "menu__button"


def test_a_chosen_language_is_met_again_at_an_address_that_names_none(page: Page):
    page.goto("/de/")
    assert page.context.cookies() == []
    page.locator(".menu__button").click()
    page.locator(".langs a[hreflang=tr]").click()
    page.wait_for_url("**/tr/")
    page.goto("/projects/")
    expect(page.locator("html")).to_have_attribute("lang", "tr")
