"""Two phones and a moderator in real browsers."""

import pytest
from playwright.sync_api import Page, expect

from incubator.boards import operations_table, queries
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from tests.axe import complaints
from tests.boards import tables
from tests.browsers import unplug

WITHIN = 2_000


@pytest.fixture
def board(make):
    return tables.board(make, make.workshop(starts_at=clock.now()))


def write(phone: Page, text: str) -> None:
    phone.locator("[name=text]").fill(text)
    phone.locator("[data-send] button").click()


@pytest.mark.long
def test_a_card_is_on_the_table_within_two_seconds_and_survives_a_lost_network(
    board, make, page, phone, chromium, live, come_in
):
    come_in(page, make.person("moderator"))
    page.goto(f"/de/desk/boards/{board.id}")
    phone.goto(f"/ar/b/{board.code}")
    write(phone, "مقاعد أكثر")
    expect(phone.locator("#mine")).to_contain_text("مقاعد أكثر")
    expect(page.locator("[data-card]")).to_have_count(1, timeout=WITHIN)
    unplug(phone)
    write(phone, "Ohne Netz")
    expect(phone.locator("[data-waiting]")).to_contain_text("Ohne Netz")
    phone.context.set_offline(False)
    expect(phone.locator("#mine")).to_contain_text("Ohne Netz")
    expect(phone.locator("[data-waiting] li")).to_have_count(0)
    phone.reload()
    expect(phone.locator("#mine .slip")).to_have_count(2)
    expect(page.locator("[data-card]")).to_have_count(2)
    db.session.rollback()
    assert len(queries.cards(board.id)) == 2
    with chromium.new_context(base_url=live) as context:
        other = context.new_page()
        other.goto(f"/de/b/{board.code}")
        expect(other.locator("#mine .slip")).to_have_count(0)
        page.locator("button[value=marking]").click()
        other.get_by_role("button").filter(has_text="Ohne Netz").click()
        expect(other.locator(".slip--marked")).to_have_count(1)
    expect(page.locator("[data-card] .dots")).to_have_count(1)
    assert complaints(phone) + complaints(page) == []


@pytest.mark.long
def test_a_card_is_grouped_with_the_keyboard_and_with_the_mouse(board, make, page, come_in):
    with transaction():
        operations_table.add_group(board, None, title="Plätze", language="de")
    for text in ("Bänke", "Bäume"):
        tables.write(board, text)
    come_in(page, make.person("moderator"))
    page.goto(f"/de/desk/boards/{board.id}")
    group = page.locator("[data-column]").nth(1).locator("[data-card]")
    page.locator("[data-card]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(group).to_have_count(1)
    expect(page.locator("[data-card]:focus")).to_contain_text("Bänke")
    heading = page.locator("[data-column] h2").nth(1)
    page.locator("[data-card]").first.drag_to(heading, source_position={"x": 60, "y": 22})
    expect(group).to_have_count(2)
    page.reload()
    expect(group).to_have_count(2)


@pytest.mark.long
def test_a_dot_is_tried_again_and_what_is_refused_is_seen(board, phone):
    cards, lost = [tables.write(board, text).id for text in ("Bänke", "Bäume")], []
    tables.to(board, "marking")
    phone.goto(f"/de/b/{board.code}")
    phone.route("**/state.json*", lambda route: route.abort())
    phone.route("**/mark", lambda route: route.continue_() if lost else (lost.append(1), route.abort()))
    phone.locator(f"#card-{cards[0]} button").click()
    expect(phone.locator(".slip--marked")).to_have_count(1)
    assert lost
    tables.to(board, "closed")
    phone.locator(f"#card-{cards[1]} button").click()
    expect(phone.locator(".phone__said")).to_have_text("Diese Tafel ist geschlossen. Danke fürs Mitmachen.")
