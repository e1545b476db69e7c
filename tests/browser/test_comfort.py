"""Large letters, the colours of the device, no movement, a finger, a keyboard: what pages share serves everybody."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import _context

BIG = "document.documentElement.style.fontSize = '200%'"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
SMALL = f"""() => [...document.querySelectorAll("{CONTROLS}")].filter((each) => {{
  const box = each.getBoundingClientRect()
  if (!box.width || each.closest("[hidden], .skip") || getComputedStyle(each).visibility === "hidden") return false
  const isMain = each.matches(".kern-btn, .nav__link, .menu__button, .find__button, select, summary, .foot a")
  const inWords = each.matches(":is(p, li, dd, td, th, legend, label) a")  // WCAG 2.5.8 leaves lines of text out
  return isMain ? box.height < 43.5 : !inWords && Math.min(box.width, box.height) < 23.5
}}).map((each) => `${{each.tagName}} ${{each.textContent.trim().slice(0, 30)}}`)"""
MOVING = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const style = getComputedStyle(each)
  const longest = (times) => Math.max(...times.split(",").map((each) => parseFloat(each)))
  return longest(style.animationDuration) > 0.01 || longest(style.transitionDuration) > 0.01
}).map((each) => `${each.tagName}.${each.className}`)"""
BORDERLESS = """() => [...document.querySelectorAll("main .kern-btn, main input:not([type=hidden]), main textarea")]
  .filter((each) => each.getBoundingClientRect().width && (
    getComputedStyle(each).borderTopStyle === "none" || parseFloat(getComputedStyle(each).borderTopWidth) < 1))
  .map((each) => each.outerHTML.slice(0, 80))"""
SEEN = """() => {
  const each = document.activeElement, box = each.getBoundingClientRect(), style = getComputedStyle(each)
  if (each === document.body || !box.width) return ""
  const around = each.closest(".card, .task, .map__area, .role") || each  // some are outlined by what they stand in
  const hit = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1))
  const isLined = [each, around, each.nextElementSibling].some((one) => one && (
    getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none"))
  const name = `${each.tagName} ${(each.textContent || each.name || "").trim().slice(0, 30)}`
  if (box.bottom <= 0 || box.top >= innerHeight) return `${name} is off the screen`
  if (!isLined) return `${name} has no outline`
  const isFree = hit && (each.contains(hit) || hit.contains(each) || around.contains(hit))
  return isFree ? "" : `${name} lies under ${hit && hit.className}`
}"""
PUBLIC = ("/", "/projects/kueche", "/accessibility/report", "/follow", "/sign-in")
WORK = ("/desk/", "/desk/projects/{project}/budget/edit", "/desk/projects/{project}/milestones/plan")


@pytest.fixture
def kitchen(make):
    make.project("active", slug="kueche", title="Küche der Donaudampfschifffahrtsgesellschaft")
    return make.project("mentoring", title="Garten")


@pytest.fixture
def open_each(kitchen, chromium: Browser, live, come_in):
    """Return a function that opens pages as strangers and as a lead, and asks each of them something."""

    def ask(question: str, before: str = "", language: str = "de", pages=PUBLIC + WORK, **options) -> list[str]:
        wrong = []
        with _context(chromium, live, **options) as context:
            page = context.new_page()
            for path in pages:
                if path == WORK[0]:
                    come_in(page, kitchen.leads[0])
                page.goto(f"/{language}{path.format(project=kitchen.id)}")
                if before:
                    page.evaluate(before)
                found = page.evaluate(question)
                wrong += [f"{path}: {each}" for each in (found if isinstance(found, list) else [found]) if each]
        return wrong

    return ask


PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_letters_of_twice_the_size_fit_on_a_phone(open_each, language):
    assert open_each(WIDER, before=BIG, language=language, **PHONE) == []


def test_a_finger_meets_what_it_aims_at(open_each):
    assert open_each(SMALL, language="ar", **PHONE) == []


def test_nothing_moves_for_those_who_want_it_still(open_each):
    assert open_each(MOVING, reduced_motion="reduce") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_buttons_have_an_edge_in_the_colours_of_the_device(open_each, scheme):
    assert open_each(BORDERLESS, forced_colors="active", color_scheme=scheme) == []


def test_what_was_chosen_is_told_apart_in_the_colours_of_the_device(kitchen, chromium: Browser, live):
    with _context(chromium, live, forced_colors="active") as context:
        page = context.new_page()
        page.goto("/de/follow")
        radio = page.locator("[type=radio]").first
        radio.check()
        other = page.locator("[type=radio]").nth(1)
        colour = "each => getComputedStyle(each).backgroundColor"
        assert radio.evaluate(colour) != other.evaluate(colour)


@pytest.mark.parametrize("path", ["/projects/kueche", "/accessibility/report", WORK[1]])
def test_whatever_has_the_focus_is_seen_and_nothing_lies_over_it(kitchen, page: Page, come_in, path):
    if path == WORK[1]:
        come_in(page, kitchen.leads[0])
    page.emulate_media(reduced_motion="reduce")  # the page jumps, else it would still be on its way
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"/de{path.format(project=kitchen.id)}")
    wrong = []
    for _turn in range(60):
        page.keyboard.press("Tab")
        wrong += [found] if (found := page.evaluate(SEEN)) else []
    assert wrong == []
