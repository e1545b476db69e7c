"""The privacy page says what is true, because it is made from the register and from what the program does."""

import re
from pathlib import Path

import pytest

import config
from incubator.boards import routes_phone
from incubator.foundation import language
from incubator.privacy import pages
from incubator.privacy.register import PURPOSES, REGISTER

SETS = re.compile(r"\.set_cookie\(|document\.cookie = ")


def test_everything_of_the_register_stands_on_the_page(visit):
    soup = visit().get("/en/privacy").soup
    said = {heading.contents[0].strip() for heading in soup.select("details th[scope=row]")}
    assert said == {str(entry.what) for entry in REGISTER}
    assert [section["id"] for section in soup.select("section.section")] == [purpose.key for purpose in PURPOSES]


@pytest.mark.parametrize("anchor", ["follow", "questions", "barriers", "workshops", "ideas"])
def test_forms_lead_to_their_own_part(visit, anchor):
    assert visit().get("/de/privacy").soup.select_one(f"#{anchor} table")


def test_years_are_those_of_the_rounds(visit, make):
    text = visit().get("/en/privacy").text
    assert "Until 10 years after the project has ended: the law" in text
    make.round(retention_finance_years=12)
    assert "Until 12 years after the project has ended: the law" in visit().get("/en/privacy").text


def test_who_gets_something_is_named_only_where_it_is_true(app, visit):
    app.config.update(SMTP_URL="", VAPID_KEY=None, MT_URL="", CITY_IBAN="")
    assert len(visit().get("/en/privacy").soup.select("#recipients ~ ul li")) == 1
    app.config.update(SMTP_URL="smtp://localhost", MT_URL="http://localhost")
    text = visit().get("/en/privacy").text
    assert "Our mail provider" in text and "machine translation service" in text and "push service" not in text


def test_the_cookies_named_are_those_that_are_set():
    files = [*Path(config.ROOT / "incubator").rglob("*.py"), *Path(config.ROOT / "static" / "js").rglob("*.js")]
    setting = {file.name for file in files if SETS.search(file.read_text())}
    assert setting == {"routes_phone.py", "menu.js"}, "Name a new cookie in incubator/privacy/pages.py."
    assert {cookie.name for cookie in pages.COOKIES} == {"session", routes_phone.COOKIE, language.COOKIE}


def test_signing_in_sets_no_other_cookie(visit, make):
    visitor = visit(make.person())
    visitor.get("/de/desk/")
    assert {cookie.key for cookie in visitor.client._cookies.values()} == {"session"}


def test_the_operator_and_the_officer_are_named(app, visit):
    app.config["OPERATOR"] = app.config["OPERATOR"] | {"data_protection_mail": "dsb@example.org"}
    soup = visit().get("/de/privacy").soup
    assert soup.select_one("a[href='mailto:dsb@example.org']")
    assert soup.select_one(f"a[href='mailto:{app.config['MAIL_FROM']}']")


def test_the_page_asks_the_database_once(visit, queries):
    stranger = visit()
    with queries(at_most=1):
        stranger.get("/ar/privacy")
