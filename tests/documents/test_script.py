"""The page in a browser: what is ready appears by itself, and everybody can read it."""

import pytest
from playwright.sync_api import Page, expect

from incubator.documents import operations
from tests.axe import complaints


@pytest.fixture
def waiting(awarded, office, page: Page, come_in) -> Page:
    office.ask(awarded, "award_notice", languages=["ar"])
    come_in(page, awarded.leads[0])
    page.goto(f"/en/desk/projects/{awarded.id}/documents")
    return page


def test_a_finished_document_appears_without_a_reload(waiting):
    expect(waiting.locator("[data-making]")).to_be_visible()
    expect(waiting.locator("[data-documents-said]")).to_have_text("")
    operations.make()
    expect(waiting.locator("a[download]")).to_have_count(2, timeout=15_000)
    expect(waiting.locator("[data-making]")).to_have_count(0)
    expect(waiting.locator("[data-documents-said]")).to_have_text("All documents are ready.")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_page_is_accessible_while_waiting_and_afterwards(waiting, awarded, language):
    wrong = []
    for turn in range(2):
        waiting.goto(f"/{language}/desk/projects/{awarded.id}/documents")
        wrong += [f"{turn}: {each}" for each in complaints(waiting, "best-practice")]
        operations.make()
    assert wrong == []
