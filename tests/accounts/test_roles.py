"""Roles: given, taken, effective at once."""

import pytest
import sqlalchemy as sa

from incubator.accounts import operations
from incubator.accounts.models import Role, RoleGrant
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver


def _grant(person, role, by):
    with transaction():
        operations.grant_role(person, role, by)


def _withdraw(person, role, by):
    with transaction():
        operations.withdraw_role(person, role, by)


def test_a_role_is_given_and_told(any_database, make, letters):
    person = make.person()
    _grant(person, Role.MENTOR, make.person("administrator"))
    assert person.has_role("mentor")
    deliver()
    assert letters(person.mail)


def test_a_role_is_taken_away(any_database, make):
    person = make.person("mentor", "auditor")
    _withdraw(person, Role.MENTOR, make.person("administrator"))
    assert person.roles == {Role.AUDITOR}
    assert db.session.scalar(sa.select(sa.func.count(RoleGrant.id)).where(RoleGrant.person_id == person.id)) == 1


def test_a_role_is_not_given_twice(app, make):
    with pytest.raises(RuleBroken, match="already"):
        _grant(make.person("mentor"), Role.MENTOR, make.person("administrator"))


def test_the_last_administrator_stays(any_database, make):
    only = make.person("administrator")
    with pytest.raises(RuleBroken, match="must be administrator"):
        _withdraw(only, Role.ADMINISTRATOR, only)
    with pytest.raises(RuleBroken, match="must be administrator"), transaction():
        operations.close_account(only, only)


def test_one_of_two_administrators_may_go(app, make):
    first, second = make.person("administrator"), make.person("administrator")
    _withdraw(first, Role.ADMINISTRATOR, second)
    assert not first.roles


def test_a_withdrawn_role_holds_from_the_next_click_and_signs_everybody_out(app, make, visit):
    person, by = make.person("administrator"), make.person("administrator")
    visitor = visit(person)
    assert visitor.get("/de/desk/people").status == 200
    _withdraw(person, Role.ADMINISTRATOR, by)
    assert visitor.get("/de/desk/people").location == "/de/sign-in"
    assert visit(person).get("/de/desk/people").status == 403


@pytest.mark.parametrize("role", ["lead", "mentor", "coordinator", "partner", "auditor", "translator", "moderator"])
def test_only_administrators_manage_people(app, make, visit, role):
    person = make.person()
    visitor = visit(make.person(role))
    assert visitor.get("/de/desk/people").status == 403
    assert visitor.get(f"/de/desk/people/{person.id}").status == 403
    assert visitor.post(f"/de/desk/people/{person.id}/roles", {"role": "administrator"}).status == 403


def test_an_administrator_gives_and_takes_on_the_page(app, make, visit):
    person = make.person()
    visitor = visit(make.person("administrator"))
    visitor.fill(f"/de/desk/people/{person.id}", form="form.form", role="mentor")
    assert person.has_role("mentor")
    assert visitor.get(f"/de/desk/people/{person.id}").status == 200
    visitor.post(f"/de/desk/people/{person.id}/roles/withdraw", {"role": "mentor"})
    assert not person.roles


def test_a_refusal_is_said_on_the_next_page(app, make, visit):
    only = make.person("administrator")
    visitor = visit(only)
    answer = visitor.follow(visitor.post(f"/en/desk/people/{only.id}/roles/withdraw", {"role": "administrator"}))
    assert "Somebody must be administrator" in answer.text


def test_a_closed_account_is_out_at_once_and_can_come_back(app, make, visit):
    person, office = make.person("mentor"), visit(make.person("administrator"))
    visitor = visit(person)
    office.post(f"/de/desk/people/{person.id}/close")
    assert visitor.get("/de/desk/me").status == 303
    office.post(f"/de/desk/people/{person.id}/reopen")
    assert person.is_active
    assert visitor.get("/de/desk/me").status == 303


def test_people_are_found_by_a_part_of_their_name(app, make, visit):
    make.person(name="Oksana Demo")
    make.person(name="Piotr Muster")
    page = visit(make.person("administrator", name="Ines Peters")).get("/de/desk/people?q=ksan")
    assert "Oksana" in page.text and "Piotr" not in page.text


def test_the_journal_knows_roles_but_no_names(app, make):
    person = make.person(name="Oksana Demo")
    _grant(person, Role.MENTOR, make.person("administrator"))
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "account.role_granted"))
    assert entry.data == {"role": "mentor"}
    assert "Oksana" not in str(vars(entry))


def test_the_list_of_people_needs_few_questions(app, make, visit, queries):
    for _ in range(8):
        make.person("mentor")
    visitor = visit(make.person("administrator"))
    with queries(at_most=5):
        visitor.get("/de/desk/people")
