"""Adding organisations."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.organisations import operations, queries
from incubator.organisations.models import LegalForm


def _add(by, **fields):
    with transaction():
        return operations.add(by, **({"name": "Gärten für alle e.V.", "legal_form": LegalForm.ASSOCIATION} | fields))


def test_an_organisation_gets_an_address_from_its_name(make):
    assert _add(make.person("coordinator")).slug == "gaerten-fuer-alle-e-v"


def test_two_names_with_the_same_letters_get_different_addresses(make):
    by = make.person("coordinator")
    _add(by)
    assert _add(by, name="Gaerten fuer alle, e.V.").slug == "gaerten-fuer-alle-e-v-2"


def test_a_name_is_refused_twice_in_whatever_letters(make):
    by = make.person("coordinator")
    _add(by)
    with pytest.raises(RuleBroken) as broken:
        _add(by, name="GÄRTEN FÜR ALLE E.V.")
    assert broken.value.field == "name"


def test_the_coordinator_adds_one_and_sees_it(make, visit):
    visitor = visit(make.person("coordinator"))
    answer = visitor.fill("/de/desk/organisations/add", name="Moschee am Fluss", legal_form="parish", will_carry="y")
    assert answer.status == 303
    assert "Moschee am Fluss" in visitor.follow(answer).text


def test_a_taken_name_is_said_beside_the_field(make, visit):
    make.organisation(name="Kulturladen")
    visitor = visit(make.person("coordinator"))
    answer = visitor.fill("/en/desk/organisations/add", name="kulturladen", legal_form="company")
    assert answer.status == 422
    assert "already here" in answer.soup.select_one("#name-error").text


def test_a_lead_may_not_add_one(make, visit):
    assert visit(make.person("lead")).get("/de/desk/organisations/add").status == 403


def test_strangers_are_asked_to_sign_in(visit):
    assert visit().get("/de/desk/organisations").status == 303


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE person; --", "{{ 7*7 }}", "\u202eevil", "😀" * 40]
)
def test_hostile_names_stay_text(make, visit, text):
    visitor = visit(make.person("coordinator"))
    answer = visitor.fill("/de/desk/organisations/add", name=text, legal_form="other", description=text)
    shown = visitor.follow(answer)
    assert shown.status == 200
    assert shown.soup.find("h1").get_text(strip=True) == text
    assert not shown.soup.select("main script")


@pytest.mark.parametrize("text", ["\x00", "a" * 5000, "name\x07"])
def test_what_no_database_keeps_is_refused(make, visit, text):
    answer = visit(make.person("coordinator")).fill(
        "/de/desk/organisations/add", name=text, legal_form="other"
    )
    assert answer.status == 422
    assert not queries.organisations()
