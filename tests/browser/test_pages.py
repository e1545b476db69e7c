"""Every kind of page for people at work: accessible by the letter (WCAG 2.2 AA), and no wider than a small phone."""

import pytest
from playwright.sync_api import Browser

from tests.axe import AXE
from tests.browser.books import PAGES, Books
from tests.browser.looks import CHANGED, EVERY_LOOK, LANGUAGES, begin, complaints_in
from tests.letters.unsent import refused

TWICE = "(names => names.filter((name, at) => names.indexOf(name) < at))" \
        "([...document.querySelectorAll('[id]')].map(element => element.id))"
LEADS = ["/desk/", "/desk/me", "/desk/propose", "/desk/projects/1", "/desk/projects/1/team",
         "/desk/projects/1/partners", "/desk/projects/1/mentoring", "/desk/projects/1/budget",
         "/desk/projects/1/milestones", "/desk/projects/1/milestones/plan", "/desk/milestones/2/report",
         "/desk/projects/1/documents", "/desk/projects/2/budget/edit"]
COORDINATORS = ["/desk/", "/desk/rounds", "/desk/rounds/1", "/desk/rounds/1/edit", "/desk/organisations",
                "/desk/board/1", "/desk/machine"]


@pytest.fixture
def city(make):
    """One project under way and one that plans its budget, with all that belongs to them."""
    lead, coordinator = make.person("lead"), make.person("coordinator")
    project = make.project("active", lead=lead, title="Küchentische", slug="projekt-1")
    make.award(project, by=coordinator)
    make.milestone(project, status="accepted")
    make.milestone(project, status="in_progress", title="مطبخ مشترك", language="ar")
    make.update(project)
    make.partnership(project)
    make.pledge(project)
    make.plan(make.project("mentoring", lead=lead, title="Donaudampfschifffahrtsgesellschaftserzählungen"))
    make._keep(refused(person_id=lead.id, topic="money"))
    return {"lead": lead, "coordinator": coordinator}


@pytest.fixture
def looks(request, language):
    return EVERY_LOOK if request.config.getoption("--every-look") else CHANGED[language]


@pytest.mark.parametrize(("who", "pages"), [("lead", LEADS), ("coordinator", COORDINATORS)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible_and_narrow(city, chromium: Browser, live, come_in, who, pages, language, looks):
    assert looked_at(chromium, live, come_in, city[who], pages, language, looks) == []


@pytest.fixture
def books(make):
    return Books(make)


@pytest.mark.long
@pytest.mark.parametrize("who", list(PAGES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_about_money_are_accessible_and_narrow(books, chromium: Browser, live, come_in, who, language, looks):
    assert looked_at(chromium, live, come_in, getattr(books, who), books.pages(who), language, looks) == []


def looked_at(chromium: Browser, live, come_in, person, pages, language, looks) -> list[str]:
    """Open the pages in a browser of their own and return what hurts somebody on them."""
    wrong = []
    with chromium.new_context(base_url=live) as context:
        context.add_init_script(AXE)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if person is not None:
            come_in(page, person)
        for address in pages:
            begin(page)
            answer = page.goto(f"/{language}{address}")
            if answer.status != 200:
                wrong.append(f"{address}: {answer.status}")
            wrong += [f"{address}: {name} stands twice" for name in page.evaluate(TWICE)]
            wrong += [f"{address}: {each}" for each in complaints_in(page, looks)]
    return wrong
