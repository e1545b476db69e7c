"""One's own account."""


import pytest

from incubator.accounts import operations, queries
from incubator.accounts.models import PublicName
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.accounts.conftest import PASSWORD
from tests.visitors import sign_in_token


def test_a_name_and_what_is_public_of_it_can_be_changed(any_database, make):
    person = make.person(name="Amal Haddad")
    with transaction():
        operations.change_account(person, person, given_name=" Amal ", family_name="Saleh",
                                  public_name_choice=PublicName.FIRST)
    assert (person.name, person.public_name) == ("Amal Saleh", "Amal")


def test_the_page_saves_and_says_so(app, make, visit):
    person = make.person()
    visitor = visit(person)
    answer = visitor.follow(visitor.fill("/de/desk/me", given_name="Anna", language="ar", public_name_choice="group"))
    assert answer.status == 200
    assert (person.given_name, person.language, person.public_name) == ("Anna", "ar", None)


def test_a_stale_form_shows_both_versions(app, make):
    person = make.person()
    with pytest.raises(Stale), transaction():
        operations.change_account(person, person, version=person.version + 1, given_name="Anna")


def test_an_unknown_language_is_refused(app, make):
    person = make.person()
    with pytest.raises(RuleBroken), transaction():
        operations.change_account(person, person, language="xx")


def test_changing_the_password_needs_the_old_one(app, resident, visit):
    answer = visit(resident()).post("/en/desk/me/password", {"old": "falsch", "new": "fünf ganz neue Worte"})
    assert answer.status == 422
    assert "not your password of today" in answer.text


def test_a_changed_password_ends_the_other_sign_ins_only(app, resident, visit):
    person = resident()
    elsewhere, here = sign_in_token(person), visit(person)
    here.fill("/de/desk/me/password", old=PASSWORD, new="fünf ganz neue Worte")
    assert here.get("/de/desk/me").status == 200
    assert queries.person_of_token(elsewhere) is None
    assert operations.sign_in(person.mail, "fünf ganz neue Worte", network="x", device="")


def test_the_first_password_needs_no_old_one(app, make, visit):
    person = make.person()
    visit(person).fill("/de/desk/me/password", new=PASSWORD)
    assert operations.sign_in(person.mail, PASSWORD, network="x", device="")


def test_the_account_page_needs_few_questions(app, make, visit, queries):
    visitor = visit(make.person())
    with queries(at_most=4):
        assert visitor.get("/de/desk/me").status == 200


def test_strangers_are_sent_to_sign_in(app, visit):
    for path in ("/de/desk/me", "/de/desk/me/password", "/de/desk/me/data", "/de/desk/people"):
        assert visit().get(path).location == "/de/sign-in"


def test_a_person_added_by_the_house_signs_in(any_database, make):
    with transaction():
        person = operations.add_person(None, given_name="Samir", family_name="", mail=" Samir@Example.org ",
                                       password=PASSWORD, roles=["lead"])
    assert person.mail == "samir@example.org"
    assert operations.sign_in("samir@example.org", PASSWORD, network="x", device="")


def test_two_people_cannot_have_one_address(app, make):
    person = make.person()
    with pytest.raises(RuleBroken), transaction():
        operations.add_person(None, given_name="A", family_name="", mail=person.mail)


def test_what_somebody_also_reads_they_read_and_nobody_else(make, visit):
    person, project = make.person(), make.project("active", title="Küche")
    with transaction():
        translate("project", project.id, "title", "tr", "Mutfak", of="Küche", origin=Origin.VOLUNTEER)
    visitor = visit(person)
    page = f"/en/projects/{project.slug}"
    before = visitor.get(page).soup.h1
    assert (before["lang"], before.get_text()) == ("de", "Küche")
    visitor.fill("/en/desk/me", also_reads=["tr"])
    assert (visitor.get(page).soup.h1["lang"], visit().get(page).soup.h1["lang"]) == ("tr", "de")
