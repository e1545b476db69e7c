"""Every page that everybody may open, on a phone and on a desk, by day and by night, in the languages that differ.

English and the others stand as German does; easy language has the longest words. `--every-look` looks at all screens
and colours in each.
"""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from incubator.foundation.language import BY_CODE
from incubator.foundation.transaction import transaction
from incubator.programme import operations_shapes
from tests.axe import AXE
from tests.browser.looks import CHANGED, EVERY_LOOK, LANGUAGES, begin, complaints_in
from tests.browser.sites import MAPS, MISSING, NO_PAGES, SITES
from tests.browser.town import DISTRICTS, Town
from tests.house.world import address, build
from tests.programme import land

FACTS = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(each => each.id)
  return {
    headlines: document.querySelectorAll('h1').length, twice: ids.filter((id, at) => ids.indexOf(id) < at),
    lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title.trim() !== '',
  }
}"""


@pytest.fixture
def town(make):
    return Town(make)


@pytest.fixture
def looks(request, language):
    """Return the screens and colours in which a page of this language is looked at."""
    return EVERY_LOOK if request.config.getoption("--every-look") else CHANGED[language]


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["projects", "town", "maps", "ways", "partners", "house"])
def test_every_public_page_hurts_nobody(town, chromium: Browser, live, looks, part, language):
    assert looked_at(chromium, live, language, looks, town.addresses(part)) == []


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_of_true_shapes_hurts_nobody(town, chromium: Browser, live, looks, language):
    with transaction():
        operations_shapes.import_shapes(land.city(list(DISTRICTS)), None, source="Amt", licence="CC0")
    assert looked_at(chromium, live, language, looks, list(MAPS)) == []


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_demo_hurt_nobody(app, town, chromium: Browser, live, looks, language):
    app.config["DEMO"] = True
    assert looked_at(chromium, live, language, looks, town.addresses("demo")) == []


def test_every_public_page_is_looked_at(app, make):
    town, ways = Town(make), app.url_map.bind("localhost")
    met = {ways.match(f"/de{each.partition('?')[0]}")[0] for part in SITES for each in town.addresses(part)
           if each != "/nowhere"}
    without = {endpoint for group in NO_PAGES.values() for endpoint in group}
    assert met & without == set()
    assert met | without == {
        rule.endpoint for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and getattr(app.view_functions[rule.endpoint], "is_public", False)
    }


def test_what_is_not_looked_at_is_no_page(app, make, visit):
    world, stranger = build(make), visit()
    without = {endpoint for group in NO_PAGES.values() for endpoint in group}
    answers = {
        rule.endpoint: stranger.get(address(rule, world)) for rule in app.url_map.iter_rules()
        if rule.endpoint in without
    }
    assert [name for name, each in answers.items() if _is_page(each)] == []


def _is_page(answer) -> bool:
    """Say whether this is a whole page: a part of one is looked at where it is put."""
    return (answer.status, answer.response.mimetype) == (200, "text/html") and "<html" in answer.text


def looked_at(
    chromium: Browser, live: str, language: str, looks: tuple[Any, ...], addresses: list[str]
) -> list[str]:
    """Open each address once, look at it in these ways, and return what hurts somebody."""
    wrong: list[str] = []
    with chromium.new_context(base_url=live) as context:
        context.add_init_script(AXE)
        page, where = context.new_page(), [""]
        page.on("console", lambda message: wrong.append(f"{where[0]}: {message.text}") if _matters(message) else None)
        page.on("pageerror", lambda error: wrong.append(f"{where[0]}: {error}"))
        for path in addresses:
            where[0] = f"/{language}{path}"
            begin(page)
            answer = page.goto(where[0])
            found = [*_facts(page, answer, language, path), *complaints_in(page, looks)]
            wrong += [f"{where[0]}: {each}" for each in found]
    return wrong


def _matters(message) -> bool:
    return message.type in ("error", "warning") and not message.text.endswith(("(NOT FOUND)", "(GONE)"))


def _facts(page: Page, answer: Response | None, language: str, path: str) -> list[str]:
    """Return what is wrong with a page whatever its screen."""
    status, known, spoken = answer and answer.status, page.evaluate(FACTS), BY_CODE[language]
    right = {"headlines": 1, "twice": [], "lang": spoken.html, "dir": spoken.dir, "title": True}
    wrong = [f"{name} {known[name]}" for name in right if known[name] != right[name]]
    return wrong if status == MISSING.get(path, status if status == 410 else 200) else [f"status {status}", *wrong]
