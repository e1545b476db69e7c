"""Invitations: who may write them, and what becomes of them."""

from datetime import timedelta

import pytest

from incubator.accounts import operations, queries
from incubator.accounts.models import PublicName, Role
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.accounts.conftest import PASSWORD

MAIL = "neu@example.org"
ANSWERS = {"given_name": "Nesrin", "family_name": "Aydın", "password": None, "language": "de",
           "public_name": PublicName.FIRST}


def _accept(token, **answers):
    with transaction():
        return operations.accept_invitation(token, **(ANSWERS | answers))


def test_an_invitation_makes_an_account_with_its_roles(any_database, invited):
    person = _accept(invited(roles=[Role.MENTOR, Role.AUDITOR]))
    assert (person.name, person.mail, person.public_name) == ("Nesrin Aydın", MAIL, "Nesrin")
    assert person.roles == {Role.MENTOR, Role.AUDITOR}


def test_an_invitation_works_once(any_database, invited):
    token = invited()
    _accept(token)
    with pytest.raises(RuleBroken, match="does not work any more"):
        _accept(token)


def test_an_invitation_works_for_fourteen_days(app, invited):
    token = invited()
    clock.set(clock.now() + timedelta(days=14))
    with pytest.raises(RuleBroken):
        _accept(token)


def test_a_new_invitation_ends_the_one_before(app, invited, make):
    by = make.person("coordinator")
    old, new = invited(by=by), invited(by=by)
    with pytest.raises(RuleBroken):
        _accept(old)
    assert _accept(new)


def test_a_withdrawn_invitation_opens_nothing(app, invited, make):
    token = invited()
    with transaction():
        operations.withdraw_invitation(queries.open_invitations(MAIL)[0], make.person("coordinator"))
    with pytest.raises(RuleBroken):
        _accept(token)


def test_whoever_has_an_account_is_not_invited(app, make):
    person = make.person()
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.invite(person.mail.upper(), make.person("administrator"))
    assert broken.value.field == "mail"


def test_a_coordinator_cannot_make_administrators(app, make):
    with pytest.raises(RuleBroken, match="Only administrators"), transaction():
        operations.invite(MAIL, make.person("coordinator"), roles=[Role.ADMINISTRATOR])


def test_the_command_line_can_make_the_first_administrator(app, token):
    with transaction():
        operations.invite(MAIL, None, roles=[Role.ADMINISTRATOR])
    assert _accept(token(MAIL)).has_role(Role.ADMINISTRATOR)


def test_the_letter_speaks_the_language_of_the_invitation(app, invited, letters):
    invited(language="ar")
    assert "/ar/invitation/" in letters(MAIL)[0].text


def test_a_coordinator_is_offered_no_administrator(app, make, visit):
    offered = visit(make.person("coordinator")).get("/de/desk/people/invite").soup.select("[name=roles]")
    assert "administrator" not in [each["value"] for each in offered]
    assert "mentor" in [each["value"] for each in offered]


def test_a_forged_role_is_refused(app, make, visit):
    answer = visit(make.person("coordinator")).post(
        "/de/desk/people/invite", {"mail": MAIL, "roles": ["administrator"], "language": "de"})
    assert answer.status == 422
    assert queries.open_invitations(MAIL) == []


@pytest.mark.parametrize("role", ["lead", "mentor", "partner", "auditor"])
def test_only_the_office_invites(app, make, visit, role):
    assert visit(make.person(role)).get("/de/desk/people/invite").status == 403


def test_from_the_page_to_the_desk(app, make, visit, link):
    office = visit(make.person("coordinator"))
    office.fill("/de/desk/people/invite", mail=MAIL, roles=["lead"])
    assert MAIL in office.get("/de/desk/people/invite").text
    path, guest = link(MAIL), visit()
    assert guest.fill(path, given_name="Nesrin", public_name="group").location == "/de/desk/"
    assert guest.get("/de/desk/me").status == 200
    person = queries.person_with_mail(MAIL)
    assert (person.name, person.public_name, person.password_hash) == ("Nesrin", None, None)
    assert visit().get(path).status == 410


def test_a_weak_password_is_refused_beside_its_field(app, invited, visit):
    answer = visit().post(f"/de/invitation/{invited()}", ANSWERS | {"password": "kurz", "public_name": "full"})
    assert answer.status == 422
    assert answer.soup.select_one("#password-error")
    assert queries.person_with_mail(MAIL) is None


def test_a_password_chosen_at_once_signs_in_later(app, invited):
    _accept(invited(), password=PASSWORD)
    assert operations.sign_in(MAIL, PASSWORD, network="x", device="")


def test_an_office_withdraws_on_the_page(app, invited, make, visit):
    invited()
    ticket = queries.open_invitations(MAIL)[0]
    visit(make.person("coordinator")).post(f"/de/desk/people/invitations/{ticket.id}/withdraw")
    assert queries.open_invitations(MAIL) == []


def test_whoever_invites_hears_that_no_mail_can_be_sent(visit, make, app):
    app.config["SMTP_URL"] = ""
    visitor = visit(make.person("administrator"))
    assert "flask people invite" in visitor.get("/en/desk/people/invite").text
    app.config["SMTP_URL"] = "smtp://127.0.0.1:25"
    assert "flask people invite" not in visitor.get("/en/desk/people/invite").text
