"""Promises: written down, confirmed by the partner's own people, kept."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.partners import operations, queries
from incubator.partners.models import PledgeKind


def test_offered_money_does_not_count(scene):
    scene.promise()
    assert queries.confirmed_money(scene.project.id) == 0


def test_confirmed_money_counts(scene):
    scene.confirmed()
    scene.confirmed(value_cents=150_00)
    scene.confirmed(kind=PledgeKind.ROOM, quantity=12, unit="Abende", value_cents=900_00, valued_how="Miete")
    assert queries.confirmed_money(scene.project.id) == 550_00


def test_money_that_was_withdrawn_counts_no_more(scene):
    pledge = scene.confirmed()
    with transaction():
        operations.withdraw(pledge, scene.contact)
    assert queries.confirmed_money(scene.project.id) == 0


def test_any_database_sums_confirmed_money(any_database, make):
    project = make.project("mentoring")
    make.pledge(project, kind="money", value_cents=100_00, state="confirmed")
    make.pledge(project, kind="money", value_cents=50_00, state="offered")
    assert queries.confirmed_money(project.id) == 100_00


def test_only_partners_promise(make):
    project = make.project("mentoring")
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.pledge(project, make.organisation(), project.leads[0], kind=PledgeKind.MONEY, description="Spende",
                          value_cents=1)
    assert broken.value.field == "organisation_id"


def test_a_pledge_is_confirmed_once(scene):
    pledge = scene.confirmed()
    with pytest.raises(RuleBroken), transaction():
        operations.confirm(pledge, scene.contact)


def test_the_contact_is_asked_by_letter(scene, letters_to):
    pledge = scene.promise()
    letter, = letters_to(scene.contact)
    assert "Stiftung" in letter.subject
    assert f"/en/desk/pledges/{pledge.id}" in letter.text
    assert "400" in letter.text


def test_the_lead_hears_of_the_confirmation(scene, letters_to):
    scene.confirmed()
    letter, = letters_to(scene.lead)
    assert "Stiftung has confirmed" in letter.subject


def test_the_lead_hears_of_a_no(scene, letters_to):
    pledge = scene.promise()
    with transaction():
        operations.withdraw(pledge, scene.contact)
    letter, = letters_to(scene.lead)
    assert "withdrawn" in letter.subject
