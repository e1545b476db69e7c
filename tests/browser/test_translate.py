"""Whoever translates much keeps their hands on the keys."""

import re

from playwright.sync_api import Page, expect


def test_ctrl_and_enter_hand_in_and_open_the_next_text(make, page: Page, come_in):
    first, second = (make.project("active", title=title, summary="") for title in ("Chor", "Küche"))
    come_in(page, make.person("translator"))
    page.goto(f"/de/desk/translations/ar/texts/project-{second.id}")
    field = page.locator("[name=title]")
    field.fill("مطبخ")
    field.press("Control+Enter")
    expect(page).to_have_url(re.compile(f"/ar/texts/project-{first.id}$"))
    expect(page.locator(".flash--success")).to_be_visible()
