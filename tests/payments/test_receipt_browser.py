"""The check list under the fingers: keys do what the buttons do, and nothing while somebody writes."""

import pytest
from playwright.sync_api import Page, expect

from incubator.foundation.database import db
from incubator.payments import operations_receipts as operations
from incubator.payments.models_receipts import Receipt, ReceiptState
from tests.axe import complaints
from tests.payments.receipts import act, enter, spending


@pytest.fixture
def project(make):
    return spending(make)


@pytest.fixture
def checking(project, page: Page, come_in):
    """Three receipts, and a mentor who has begun to check them."""
    made = [enter(project, payee=name) for name in ("Erste", "Zweite", "Dritte")]
    act(operations.begin_check, project, project.mentors[0], True)
    come_in(page, project.mentors[0])
    page.goto(f"/de/desk/projects/{project.id}/receipts/check")
    expect(page.locator("[data-keys]")).to_be_visible()
    return made


def _payee(page: Page):
    return page.locator(".check__now .facts")


def _state(receipt: Receipt) -> ReceiptState:
    db.session.rollback()
    return db.session.get_one(Receipt, receipt.id).state


def test_keys_go_on_and_back_and_accept(checking, page):
    page.keyboard.press("j")
    expect(_payee(page)).to_contain_text("Zweite")
    page.keyboard.press("k")
    expect(_payee(page)).to_contain_text("Erste")
    page.keyboard.press("a")
    expect(_payee(page)).to_contain_text("Zweite")
    assert [_state(each) for each in checking] == [ReceiptState.ACCEPTED, ReceiptState.ENTERED, ReceiptState.ENTERED]


def test_a_key_opens_the_cut_and_writing_is_only_writing(checking, page):
    page.keyboard.press("c")
    expect(page.locator("[name=accepted_cents]")).to_be_focused()
    page.keyboard.type("50")
    page.locator("[name=note]").fill("")
    page.locator("[name=note]").press_sequentially("jakob aquo")
    assert page.locator("[name=note]").input_value() == "jakob aquo"
    expect(_payee(page)).to_contain_text("Erste")
    assert _state(checking[0]) is ReceiptState.ENTERED


def test_a_key_opens_the_question_and_another_the_paper(checking, page):
    page.keyboard.press("q")
    expect(page.locator("[name=question]")).to_be_focused()
    page.locator("[name=question]").blur()
    page.keyboard.press("o")
    page.wait_for_url("**/desk/receipts/papers/*")


def test_whoever_turns_the_keys_off_is_left_alone(checking, page):
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("[data-keys-switch]")).to_have_attribute("aria-pressed", "false")
    expect(_payee(page)).to_contain_text("Erste")
    assert _state(checking[0]) is ReceiptState.ENTERED


def test_the_pages_of_receipts_hurt_nobody(checking, project, page, come_in):
    assert complaints(page) == []
    for tail in (f"projects/{project.id}/receipts", f"receipts/{checking[0].id}"):
        page.goto(f"/ar/desk/{tail}")
        assert complaints(page) == []
    come_in(page, project.leads[0])
    for tail in (f"projects/{project.id}/receipts/new", f"receipts/{checking[0].id}/correct"):
        page.goto(f"/de/desk/{tail}")
        assert complaints(page) == []
