"""A neighbour with a small phone and no account reads a project from its need to its money, link by link."""

import pytest

from tests.browser.town import Town
from tests.journeys.walkers import Walker

SMALL = {"width": 320, "height": 640}
PROJECT = "/de/projects/kueche"
FACTS_BEHIND = {"need": ("51 von 84", "Umfrage der Stadt", "2025"), "proposal": ("5.000,00", "Runde Eins"),
                "resolution": ("Rat", "13.01.2026", "VO/1")}


@pytest.fixture(params=["with scripts", "without scripts"])
def neighbour(request, make, chromium, live):
    Town(make)
    walker = Walker(chromium, live, screen=SMALL, scripts=request.param == "with scripts")
    yield walker
    walker.close()


def open_step_by_step(neighbour: Walker) -> None:
    """Open what each step of the chain proves, by keyboard; nothing of it is seen before."""
    for key, words in FACTS_BEHIND.items():
        step = neighbour.page.locator(f"#{key}")
        facts = step.locator("details dl")
        assert not facts.is_visible(), key
        step.locator("summary").focus()
        neighbour.page.keyboard.press("Enter")
        assert facts.is_visible(), key
        assert [word for word in words if word not in facts.inner_text()] == [], key


def read_the_news(neighbour: Walker) -> None:
    neighbour.follow("Der Herd steht").sees("Alle kamen zum Kochen.", "Korrigiert am", "Der Name war falsch.")
    picture = neighbour.page.get_by_alt_text("Menschen am Herd")
    picture.scroll_into_view_if_needed()
    neighbour.page.wait_for_function("[...document.images].every(each => each.complete && each.naturalWidth)")
    neighbour.follow_to("/projects/kueche")


def take_it_along(neighbour: Walker) -> None:
    neighbour.follow_to("/share")
    assert neighbour.page.locator("#link").input_value().endswith("/projects/kueche")
    assert neighbour.page.locator("#code").input_value().startswith("<iframe")
    neighbour.follow_to("/poster").sees("Küche der")


def test_a_neighbour_reads_a_project_from_its_need_to_its_money(neighbour):
    neighbour.open("/de/")
    neighbour.page.keyboard.press("Tab")
    assert neighbour.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    neighbour.follow_to("/projects/kueche").sees("Wie weit", "33\u00a0%", "Was als Nächstes kommt", "Meilenstein 3")
    neighbour.follow_to("/history").sees("Bedarf", "Werkstatt", "Idee", "Antrag", "Schlussbericht und Abrechnung")
    open_step_by_step(neighbour)
    neighbour.follow("Dieser Bedarf").sees("51 von 84", "Küche für alle")
    neighbour.follow_to("/projects/kueche")
    neighbour.follow_to("/money").sees("7.600,00", "3.800,00", "1.250,00", "Wer es bezahlt", "Eigenmittel")
    neighbour.open(PROJECT)
    read_the_news(neighbour)
    take_it_along(neighbour)
    assert neighbour.page.context.cookies() == []
    assert neighbour.wrong == []


def test_from_a_part_of_the_town_to_its_project_and_back(neighbour):
    neighbour.open("/de/districts/").follow_to("/districts/d-0").sees("Nordhang", "Treffpunkte für den Alltag fehlen")
    neighbour.follow_to("/projects/kueche").follow_to("/districts/d-0")
    neighbour.open("/de/workshops/").follow_to("/workshops/wohnen").sees("Viele wünschen sich eine Küche.")
    neighbour.follow("Küche für alle").follow_to("/projects/kueche")
    assert neighbour.wrong == []
