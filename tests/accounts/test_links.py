"""Links in letters: signing in without a password, and choosing a new one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.accounts import operations, queries
from incubator.accounts.jobs import write_all_asked
from incubator.accounts.models import Ticket
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters import operations as post
from incubator.letters.models import Letter
from tests.accounts.conftest import PASSWORD
from tests.visitors import sign_in_token


def _ask(mail, ask=operations.ask_for_link, **options):
    with transaction():
        ask(mail, **options)


def _use(token):
    with transaction():
        return operations.use_link(token, "Test")


def _reset(token, password="fünf ganz neue Worte"):
    with transaction():
        return operations.reset(token, password)


def _later(**span):
    clock.set(clock.now() + timedelta(**span))


def test_a_link_signs_in(any_database, make, token):
    person = make.person()
    _ask(person.mail)
    assert queries.person_of_token(_use(token(person.mail))) is person


def test_a_link_works_once(any_database, make, token):
    person = make.person()
    _ask(person.mail)
    link = token(person.mail)
    _use(link)
    with pytest.raises(RuleBroken, match="does not work any more"):
        _use(link)


@pytest.mark.parametrize(("seconds", "works"), [(599, True), (600, False)])
def test_a_link_works_for_ten_minutes_and_the_letter_says_so(app, make, token, letters, seconds, works):
    person = make.person(language="en")
    _ask(person.mail)
    link = token(person.mail)
    assert "for 10 minutes" in letters(person.mail)[-1].text
    _later(seconds=seconds)
    if works:
        assert _use(link)
    else:
        with pytest.raises(RuleBroken):
            _use(link)


def test_a_link_is_stored_only_as_a_hash(app, make, token):
    person = make.person()
    _ask(person.mail)
    link = token(person.mail)
    assert link not in db.session.scalar(sa.select(Ticket.token_hash))


def test_opening_the_page_signs_nobody_in(app, make, link, visit):
    person = make.person()
    _ask(person.mail)
    path, scanner = link(person.mail), visit()
    for _ in range(3):
        assert scanner.get(path).status == 200
    assert scanner.get("/de/desk/me").status == 303
    browser = visit()
    assert browser.fill(path).location.endswith("/desk/")
    assert browser.get("/de/desk/me").status == 200
    assert visit().get(path).status == 410


def test_a_link_for_one_thing_does_not_do_another(app, make, token):
    person = make.person()
    _ask(person.mail)
    with pytest.raises(RuleBroken):
        _reset(token(person.mail))


def test_known_and_unknown_addresses_get_the_same_answer_for_the_same_work(app, make, visit, queries):
    seen = []
    for mail in (make.person().mail, "niemand@example.org"):
        stranger = visit()
        stranger.get("/de/sign-in/link")
        with queries() as sent:
            answer = stranger.post("/de/sign-in/link", {"mail": mail})
        seen.append((answer.status, answer.location, answer.data, len(sent)))
    assert seen[0] == seen[1]


def test_nobody_unknown_gets_a_letter(app, letters):
    _ask("niemand@example.org")
    assert letters("niemand@example.org") == []


def test_a_closed_account_gets_no_link(app, make, letters):
    person = make.person(is_active=False)
    _ask(person.mail)
    assert letters(person.mail) == []


def test_an_open_link_dies_with_the_account(app, make, token):
    person = make.person()
    _ask(person.mail)
    link = token(person.mail)
    with transaction():
        operations.close_account(person, make.person("administrator"))
    with pytest.raises(RuleBroken):
        _use(link)


def test_one_letter_is_written_however_often_the_worker_looks(app, make, letters):
    person = make.person()
    _ask(person.mail)
    assert len(letters(person.mail)) == len(letters(person.mail)) == 1


def test_a_letterbox_cannot_be_flooded(app, make):
    person = make.person()
    for _ in range(3):
        _ask(person.mail)
    with pytest.raises(RuleBroken, match="wait 1 minute"):
        _ask(person.mail)


def test_whoever_used_their_links_may_ask_again(app, make, token):
    person = make.person()
    for _ in range(5):
        _ask(person.mail)
        _use(token(person.mail))


def test_one_network_cannot_ask_for_everybody(app):
    for number in range(30):
        _ask(f"niemand{number}@example.org", network="203.0.113.7")
    with pytest.raises(RuleBroken, match="wait"):
        _ask("niemand@example.org", network="203.0.113.7")


def test_a_new_password_ends_all_sign_ins(any_database, resident, token):
    person = resident()
    before = sign_in_token(person)
    _ask(person.mail, operations.ask_for_reset)
    after = _reset(token(person.mail))
    assert queries.person_of_token(before) is None
    assert queries.person_of_token(after) is person
    assert operations.sign_in(person.mail, "fünf ganz neue Worte", network="x", device="")
    with pytest.raises(RuleBroken):
        operations.sign_in(person.mail, PASSWORD, network="x", device="")


def test_a_weak_new_password_does_not_use_up_the_link(app, resident, token):
    person = resident()
    _ask(person.mail, operations.ask_for_reset)
    link = token(person.mail)
    with pytest.raises(RuleBroken):
        _reset(link, "kurz")
    assert _reset(link)


def test_a_reset_link_works_for_an_hour(app, resident, token):
    person = resident()
    _ask(person.mail, operations.ask_for_reset)
    link = token(person.mail)
    _later(minutes=59)
    assert queries.open_ticket("reset", link)
    _later(minutes=1)
    with pytest.raises(RuleBroken):
        _reset(link)


def test_a_new_password_ends_links_that_were_under_way(app, resident, token):
    person = resident()
    _ask(person.mail)
    old = token(person.mail)
    _ask(person.mail, operations.ask_for_reset)
    _reset(token(person.mail))
    with pytest.raises(RuleBroken):
        _use(old)


def test_a_letter_tells_of_the_new_password(app, resident, token, letters):
    person = resident()
    _ask(person.mail, operations.ask_for_reset)
    _reset(token(person.mail))
    deliver()
    deliver()
    assert [each.key.partition(":")[2] for each in letters(person.mail)][1:] == ["password"]


def test_the_reset_page_leads_to_the_desk(app, resident, link, visit):
    person = resident()
    browser = visit()
    assert browser.fill("/de/sign-in/reset", mail=person.mail).location == "/de/sign-in/sent"
    answer = browser.fill(link(person.mail), password="fünf ganz neue Worte")
    assert answer.location == "/de/desk/"


def test_a_letter_forgets_its_link_once_it_is_used(app, make, token, letters):
    person = make.person()
    _ask(person.mail)
    _use(token(person.mail))
    assert letters(person.mail)[0].text == ""


def test_a_letter_forgets_its_link_once_it_is_sent(mailbox, make):
    person = make.person()
    _ask(person.mail)
    write_all_asked()
    assert post.post() == 1
    assert db.session.scalar(sa.select(Letter.text)) == ""
    assert "/sign-in/link/" in mailbox.letters[0].get_body(("plain",)).get_content()


def test_a_letter_forgets_its_link_once_that_is_too_old(app, make, letters):
    person = make.person()
    _ask(person.mail)
    assert letters(person.mail)[0].text
    _later(minutes=16)
    with transaction():
        operations.forget_old_tickets()
    assert letters(person.mail)[0].text == ""


def test_links_do_not_follow_a_forged_host(app, make, visit, link):
    person = make.person()
    visit().post("/de/sign-in/link", {"mail": person.mail}, headers={"X-Forwarded-Host": "evil.example"})
    assert link(person.mail).startswith("/de/sign-in/link/")
