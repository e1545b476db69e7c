"""The pages of being forgotten: for whoever asks, and for the office."""

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.follow.models import Follower
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter
from incubator.privacy import operations_erasure
from incubator.privacy.models import ErasureRequest, ErasureState

OWN, DESK, ADDRESS = "/en/desk/me/forget", "/en/desk/erasures", "/en/desk/erasures/address"


@pytest.fixture
def chief(make):
    return make.person("coordinator", "administrator")


@pytest.fixture
def asked(make, chief):
    amal = make.person(name="Amal Haddad", mail="amal@example.org")
    with transaction():
        return operations_erasure.ask(amal, amal)


def test_the_account_page_leads_to_it(make, visit):
    assert OWN in visit(make.person()).get("/en/desk/me").text


def test_what_goes_and_what_stays_is_said_before_anything_is_asked(make, visit):
    person = make.person("lead")
    make.project("active", members=(person,))
    said = visit(person).get(OWN).text
    for sentence in ("What is deleted", "Your roles", "What must stay, and why", "In which projects you take part"):
        assert sentence in said


def test_somebody_asks_and_takes_it_back(make, visit):
    person = make.person()
    browser = visit(person)
    assert browser.post(OWN, {}).status == 422
    assert browser.fill(OWN, sure=True).status == 303
    assert "You asked for it on" in browser.get(OWN).text
    assert browser.post(f"{OWN}/take-back").status == 303
    assert db.session.scalar(sa.select(ErasureRequest.state)) is ErasureState.WITHDRAWN


def test_whoever_leads_alone_is_told_what_to_do_and_sees_no_button(make, visit):
    lead = make.person("lead")
    make.project("active", lead=lead, title="Kochen im Hof")
    page = visit(lead).get(OWN)
    assert "Kochen im Hof" in page.text and page.soup.select_one("main [name=sure]") is None


def test_the_office_sees_it_with_its_last_day_and_carries_it_out(visit, chief, asked):
    browser = visit(chief)
    assert "Delete somebody who asks for it" in browser.get("/en/desk/").text
    assert "Amal Haddad" in browser.get(DESK).text
    assert browser.fill(f"{DESK}/{asked.id}", sure=True).status == 303
    assert db.session.get(Person, asked.person_id).mail is None
    assert "Amal" not in browser.get(DESK).text


def test_the_office_is_told_by_a_letter_that_names_nobody(chief, asked):
    journal.deliver()
    letter = db.session.scalar(sa.select(Letter).where(Letter.person_id == chief.id))
    assert "Amal" not in letter.text and f"/desk/erasures/{asked.id}" in letter.text


def test_whoever_was_forgotten_is_signed_out_at_once(make, visit, chief, asked):
    browser = visit(asked.person)
    assert browser.get("/en/desk/me").status == 200
    with transaction():
        operations_erasure.carry_out(asked, chief)
    assert browser.get("/en/desk/me").status == 303


def test_an_address_is_shown_before_it_is_deleted(make, visit, chief):
    now = clock.now()
    with transaction():
        db.session.add(Follower(mail="bea@example.org", language="de", salt="0" * 32, asked_at=now, told_until=now))
    browser = visit(chief)
    shown = browser.fill(ADDRESS, mail="bea@example.org")
    assert "how often you want to hear" in shown.text
    assert db.session.scalar(sa.select(sa.func.count(Follower.id))) == 1
    assert browser.fill(ADDRESS, mail="bea@example.org", sure=True).status == 303
    assert db.session.scalar(sa.select(sa.func.count(Follower.id))) == 0


def test_a_request_that_came_by_mail_is_written_down_for_the_account(make, visit, chief):
    amal = make.person(mail="amal@example.org")
    assert "There is an account" in visit(chief).fill(ADDRESS, mail=amal.mail).text
    assert visit(chief).fill(ADDRESS, mail=amal.mail, sure=True).status == 303
    assert db.session.scalar(sa.select(ErasureRequest.person_id)) == amal.id and amal.mail


def test_what_goes_by_itself_is_shown_with_numbers(make, visit, chief):
    make.project("rejected")
    clock.set(clock.today().replace(year=2029))
    assert "Projects that got no money" in visit(chief).get("/en/desk/retention").text
