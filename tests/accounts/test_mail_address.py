"""Another mail address: confirmed from the new mailbox, stopped from the old one, silent to all others."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.accounts import operations, operations_mail, queries
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from tests.accounts.conftest import PASSWORD
from tests.visitors import sign_in_token

NEW = "neu@example.org"


def _ask(person, mail=NEW):
    with transaction():
        operations_mail.ask_for_mail(person, mail)


@pytest.fixture
def links(letters):
    """Return the path in the newest letter to an address."""
    return lambda mail: re.search(r"http://localhost(/\S+)", letters(mail)[-1].text)[1]


def test_the_new_address_counts_once_its_letter_was_answered(any_database, make, visit, links):
    person = make.person(mail="alt@example.org")
    _ask(person)
    assert person.mail == "alt@example.org"
    visit().fill(links(NEW))
    assert person.mail == NEW


def test_opening_the_link_alone_changes_nothing(app, make, visit, links):
    person = make.person(mail="alt@example.org")
    _ask(person)
    assert NEW in visit().get(links(NEW)).text
    assert person.mail == "alt@example.org"


def test_the_link_works_once_and_for_a_day(app, make, visit, links):
    person = make.person()
    _ask(person)
    path = links(NEW)
    clock.set(clock.now() + timedelta(hours=24))
    assert visit().get(path).status == 410
    _ask(person)
    path = links(NEW)
    visit().fill(path)
    assert visit().get(path).status == 410


def test_all_other_sign_ins_end(app, make, visit, links):
    person = make.person()
    elsewhere, here = sign_in_token(person), visit(person)
    _ask(person)
    here.fill(links(NEW))
    assert here.get("/de/desk/me").status == 200
    assert queries.person_of_token(elsewhere) is None


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_the_old_mailbox_stops_it_before_and_after(app, make, visit, links, is_confirmed):
    person = make.person(mail="alt@example.org")
    thief = sign_in_token(person)
    _ask(person)
    confirm, stop = links(NEW), links("alt@example.org")
    if is_confirmed:
        visit().fill(confirm)
        thief = sign_in_token(person)
    assert visit().fill(stop).location == "/de/sign-in/reset"
    assert person.mail == "alt@example.org" and queries.person_of_token(thief) is None
    assert visit().get(confirm).status == 410 and visit().get(stop).status == 410


def test_who_took_an_account_cannot_end_the_objection(app, make, visit, links):
    person = make.person(mail="alt@example.org")
    _ask(person)
    stop = links("alt@example.org")
    visit().fill(links(NEW))
    with transaction():
        operations.change_password(person, person, new="fünf ganz andere Worte")
        operations_mail.ask_for_mail(person, "dritte@example.org")
    visit().fill(stop)
    assert person.mail == "alt@example.org"


def test_a_link_of_one_kind_does_not_serve_as_the_other(app, make, visit, links):
    person = make.person(mail="alt@example.org")
    _ask(person)
    stop, confirm = (links(mail).rsplit("/", 1)[1] for mail in ("alt@example.org", NEW))
    assert visit().post(f"/de/sign-in/mail/{stop}").status == 410
    assert visit().post(f"/de/sign-in/mail/stop/{confirm}").status == 410


def test_the_answer_is_the_same_whether_somebody_has_the_new_address(app, make, visit, letters):
    make.person(mail="da@example.org")
    answers = []
    for mail in ("da@example.org", "frei@example.org"):
        visitor = visit(make.person())
        answer = visitor.fill("/de/desk/me/mail", mail=mail)
        answers.append((answer.status, answer.location, visitor.follow(answer).soup.select_one(".flashes").get_text()))
    assert answers[0] == answers[1]
    assert not letters("da@example.org") and letters("frei@example.org")


def test_of_two_who_want_an_address_the_first_to_confirm_gets_it(app, make, visit, links):
    one, other = make.person(), make.person()
    _ask(one)
    first = links(NEW)
    _ask(other)
    second = links(NEW)
    visit().fill(second)
    assert visit().post(first).status == 410
    assert (other.mail, one.mail == NEW) == (NEW, False)


def test_the_journal_knows_no_address(app, make, visit, links):
    person = make.person(mail="alt@example.org")
    _ask(person)
    visit().fill(links(NEW))
    written = [(each.action, str(each.data)) for each in db.session.scalars(sa.select(Entry))]
    assert {"account.mail_asked", "account.mail_changed"} <= {action for action, _data in written}
    assert not any("example" in data for _action, data in written)


def test_the_password_is_asked_for_where_no_second_proof_is(app, resident, visit):
    visitor = visit(resident())
    assert visitor.fill("/de/desk/me/mail", mail=NEW, password="falsch").status == 422
    assert visitor.fill("/de/desk/me/mail", mail=NEW, password=PASSWORD).status == 303


def test_nobody_is_flooded_with_letters_about_it(app, make):
    person = make.person()
    for number in range(3):
        _ask(person, f"neu{number}@example.org")
    with pytest.raises(RuleBroken, match="too often"):
        _ask(person)
