"""The operator lets somebody in who has lost everything."""

import re

import sqlalchemy as sa

from incubator.accounts import queries, queries_proofs
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from tests.accounts.proving import codes_for, with_app
from tests.visitors import sign_in_token


def _run(app, *given):
    answer = app.test_cli_runner().invoke(args=["people", "break-glass", *given])
    db.session.rollback()
    return answer


def test_proofs_and_sign_ins_are_gone_and_a_link_signs_in_once(app, make, visit):
    person = make.person("coordinator")
    app.config["SECOND_FACTOR"] = "staff"
    with_app(person)
    codes_for(person, "abcdefghjkmn")
    make.passkey(person)
    before = sign_in_token(person)
    answer = _run(app, person.mail, "--reason", "lost")
    assert answer.exit_code == 0, answer.output
    assert not queries_proofs.has_any(person.id) and not queries_proofs.codes_left(person.id)
    assert queries.person_of_token(before) is None
    path = re.search(r"http://localhost(/\S+)", answer.output)[1]
    visitor = visit()
    visitor.fill(f"/de{path}")
    assert visitor.get("/de/desk/").location == "/de/desk/me/proofs"
    assert visit().get(f"/de{path}").status == 410


def test_all_administrators_and_the_person_are_told_with_the_reason(app, make, letters):
    person, one, other = make.person("mentor", language="en"), *(make.person("administrator") for _n in range(2))
    _run(app, person.mail, "--reason", "stolen")
    deliver()
    assert "stolen" in letters(person.mail)[-1].text
    assert len(letters(one.mail)) == len(letters(other.mail)) == 1
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "account.glass_broken"))
    assert (entry.data, entry.actor) == ({"reason": "stolen"}, None)


def test_a_reason_is_needed_and_an_unknown_address_is_said(app, make):
    person = make.person()
    assert _run(app, person.mail).exit_code != 0
    assert "Nobody with this mail address" in _run(app, "niemand@example.org", "--reason", "lost").output
