"""What a first visit weighs, counted over the wire: a cheap phone on a slow line pays for each byte."""

from datetime import date

import pytest

FIRST = {"de": 56_000, "ar": 90_000, "fa": 90_000, "uk": 70_000}
SECOND = 15_000


@pytest.fixture
def full(app, make):
    """A project with all that its page can show."""
    project = make.project(status="active")
    make.award(project)
    for number in range(1, 8):
        make.milestone(project, title=f"Meilenstein {number}", due_on=date(2026, 3 + number, 10))
    for number in range(4):
        make.update(project, title=f"Neues {number}", text="Viele kamen, und alle haben etwas mitgebracht. " * 8)
    return project


class Scale:
    """Weighs what a page loads, headers and all, as the browser counts it."""

    def __init__(self, page):
        self.bytes, self.line = 0, page.context.new_cdp_session(page)
        self.line.on("Network.loadingFinished", self.add)
        self.line.send("Network.enable")

    def add(self, event):
        self.bytes += event["encodedDataLength"]

    def take(self):
        weight, self.bytes = self.bytes, 0
        return weight


@pytest.mark.parametrize("language", FIRST)
def test_a_first_visit_is_light_and_the_second_page_lighter(phone, full, language):
    phone.add_init_script("delete Navigator.prototype.serviceWorker")  # what it answers from its copies weighs nothing
    scale = Scale(phone)
    phone.goto(f"/{language}/projects/{full.slug}", wait_until="networkidle")
    assert 10_000 < scale.take() <= FIRST[language]
    phone.goto(f"/{language}/", wait_until="networkidle")
    assert 1_000 < scale.take() <= SECOND
