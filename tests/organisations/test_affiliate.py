"""Who belongs to an organisation."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.organisations import operations, queries
from incubator.organisations.models import AffiliationRole

TODAY = date(2026, 3, 1)


def _affiliate(make, person, organisation, role=AffiliationRole.BOARD, since=date(2024, 1, 1)):
    with transaction():
        return operations.affiliate(person, organisation, role, make.person("coordinator"), since=since)


def test_the_board_may_not_decide_about_its_own(make):
    person, organisation = make.person("mentor"), make.organisation()
    _affiliate(make, person, organisation)
    assert queries.excluding_organisations(person.id, TODAY) == {organisation.id}


@pytest.mark.parametrize("role", [AffiliationRole.MEMBER, AffiliationRole.CONTACT])
def test_plain_membership_excludes_nobody(make, role):
    person = make.person("mentor")
    _affiliate(make, person, make.organisation(), role)
    assert queries.excluding_organisations(person.id, TODAY) == set()


def test_after_the_end_nobody_is_excluded(make):
    person, organisation = make.person("mentor"), make.organisation()
    affiliation = _affiliate(make, person, organisation)
    with transaction():
        operations.end_affiliation(affiliation, make.person("coordinator"), date(2026, 2, 1))
    assert queries.excluding_organisations(person.id, TODAY) == set()


def test_the_same_is_not_written_down_twice(make):
    person, organisation = make.person(), make.organisation()
    _affiliate(make, person, organisation)
    with pytest.raises(RuleBroken) as broken:
        _affiliate(make, person, organisation)
    assert broken.value.field == "person_id"


def test_the_end_cannot_lie_before_the_beginning(make):
    affiliation = _affiliate(make, make.person(), make.organisation(), since=date(2025, 1, 1))
    with pytest.raises(RuleBroken), transaction():
        operations.end_affiliation(affiliation, make.person("coordinator"), date(2024, 12, 31))


def test_a_new_contact_gets_a_letter(make):
    person = make.person(language="en")
    _affiliate(make, person, make.organisation(name="Chor"), AffiliationRole.CONTACT)
    deliver()
    assert "Chor" in db.session.scalar(sa.select(Letter.subject).where(Letter.person_id == person.id))


def test_the_coordinator_adds_and_ends_on_pages(make, visit):
    person, organisation = make.person(name="Zora Neu"), make.organisation()
    visitor = visit(make.person("coordinator"))
    answer = visitor.fill(
        f"/de/desk/organisations/{organisation.id}/people/add", person_id=str(person.id), role="contact"
    )
    assert "Zora Neu" in visitor.follow(answer).text
    affiliation = queries.affiliations_in(organisation.id)[0]
    answer = visitor.fill(f"/de/desk/affiliations/{affiliation.id}/end", until="2026-03-01")
    assert answer.status == 303
    assert affiliation.until == TODAY


def test_a_person_who_is_not_there_is_refused(make, visit):
    organisation = make.organisation()
    answer = visit(make.person("coordinator")).fill(
        f"/de/desk/organisations/{organisation.id}/people/add", person_id="99999", role="board"
    )
    assert answer.status == 422


def test_the_journal_knows_numbers_and_no_names(make):
    person = make.person(name="Zora Neu")
    _affiliate(make, person, make.organisation())
    written = db.session.scalars(sa.text("SELECT data FROM entry")).all()
    assert "Zora" not in str(written)
