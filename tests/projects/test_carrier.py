"""A group finds an organisation that carries its project, and may lose it again before the award."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.organisations.models import LegalForm
from incubator.projects import operations, rules
from incubator.projects import operations_carrier as carrying
from incubator.projects import queries_carrier as queries
from incubator.projects.models_proposal import CarrierAnswer
from incubator.projects.rules_carrier import BEFORE_AWARD
from tests.projects import papers


def act(operation, *given, **more):
    with transaction():
        return operation(*given, **more)


def ask(project, organisation):
    return act(carrying.ask_carrier, project, project.leads[0], organisation, words="Wir kochen.", language="de")


def to(person):
    deliver()
    return "\n".join(letter.text for letter in Letter.query if letter.person_id == person.id)


@pytest.fixture
def contact(make):
    return make.person("partner", language="en")


@pytest.fixture
def carrier(make, contact):
    return make.organisation(contact=contact)


def test_yes_makes_the_organisation_the_carrier_from_today_on(any_database, make, carrier, contact):
    project = make.project(carrier=None)
    act(carrying.accept_carrying, ask(project, carrier), contact)
    assert (project.carrier_id, project.carrier_agreed_on) == (carrier.id, clock.today())


def test_the_contact_reads_the_question_and_the_lead_the_answer(make, carrier, contact):
    project = make.project(carrier=None, lead=make.person("lead", language="en"))
    asked = ask(project, carrier)
    assert f"/en/desk/carrier-requests/{asked.id}" in to(contact) and "Wir kochen." in to(contact)
    act(carrying.decline_carrying, asked, contact, "Uns fehlt die Zeit.")
    assert "Uns fehlt die Zeit." in to(project.leads[0])


def test_where_nobody_speaks_for_the_organisation_the_coordination_is_written_to(make):
    project, coordinator = make.project(carrier=None), make.person("coordinator")
    asked = ask(project, make.organisation())
    assert f"/desk/carrier-requests/{asked.id}" in to(coordinator)


def test_no_needs_a_reason_and_frees_the_lead_to_ask_another(make, carrier, contact):
    project = make.project(carrier=carrier)
    asked = ask(project, carrier)
    with pytest.raises(RuleBroken, match="why"):
        act(carrying.decline_carrying, asked, contact, "  ")
    act(carrying.decline_carrying, asked, contact, "Keine Zeit.")
    assert project.carrier_id is None
    assert ask(project, make.organisation()).state is CarrierAnswer.ASKED


def test_only_one_organisation_is_asked_at_a_time(make, carrier):
    project = make.project(carrier=None)
    ask(project, carrier)
    with pytest.raises(RuleBroken, match="not answered yet"):
        ask(project, make.organisation())


def test_a_question_that_was_taken_back_is_not_answered(make, carrier, contact):
    asked = ask(make.project(carrier=None), carrier)
    act(carrying.take_back_question, asked, asked.project.leads[0])
    with pytest.raises(RuleBroken, match="nothing left to answer"):
        act(carrying.accept_carrying, asked, contact)
    assert "no longer asks" in to(contact)


@pytest.mark.parametrize("fields", [{"legal_form": LegalForm.COMPANY}, {"will_carry": False}])
def test_who_may_not_receive_money_is_not_asked(make, fields):
    with pytest.raises(RuleBroken, match="cannot receive money"):
        ask(make.project(carrier=None), make.organisation(**fields))


@pytest.mark.parametrize("role", ["contact", "board"])
def test_ones_own_organisation_is_chosen_and_not_asked(make, role):
    lead, own = make.person("lead"), make.organisation()
    make.affiliation(lead, own, role)
    project = make.project(lead=lead, carrier=own)
    with pytest.raises(RuleBroken, match="nothing to ask"):
        ask(project, own)
    assert queries.standing(project).is_own


def test_a_paper_answers_the_question_that_waits(make, carrier):
    project = make.project("submitted", carrier=carrier, carrier_agreed_on=None)
    coordinator = make.person("coordinator")
    asked = ask(project, carrier)
    act(operations.record_carrier_agreement, project, coordinator, date(2026, 2, 20))
    assert (asked.state, project.carrier_agreed_on) == (CarrierAnswer.ACCEPTED, date(2026, 2, 20))


def test_a_paper_of_another_organisation_takes_the_question_back(make, carrier):
    project = make.project("submitted", carrier_agreed_on=None)
    asked = ask(project, carrier)
    act(operations.record_carrier_agreement, project, make.person("coordinator"), clock.today())
    assert asked.state is CarrierAnswer.TAKEN_BACK
    assert queries.open_request(project.id).organisation_id == project.carrier_id


def test_another_carrier_is_chosen_only_after_the_question_was_taken_back(make, carrier):
    project, other = make.project(carrier=None), make.organisation()
    asked = ask(project, carrier)
    with pytest.raises(RuleBroken, match="Take the question back"):
        act(operations.edit, project, project.leads[0], carrier_id=other.id)
    act(carrying.take_back_question, asked, project.leads[0])
    act(operations.edit, project, project.leads[0], carrier_id=other.id)
    assert project.carrier_id == other.id


def test_an_agreement_does_not_go_over_to_another_carrier(make):
    project = make.project("returned")
    act(operations.edit, project, project.leads[0], carrier_id=make.organisation().id)
    assert project.carrier_agreed_on is None


@pytest.mark.parametrize("status", sorted(BEFORE_AWARD - {"draft"}))
def test_a_carrier_may_withdraw_before_the_award(make, carrier, contact, status):
    project = make.project(status, carrier=carrier)
    asked = papers.asked(project, carrier, "accepted", reason="")
    act(carrying.end_carrying, asked, contact, "Unser Vorstand ist zurückgetreten.")
    assert (project.carrier_id, project.carrier_agreed_on) == (None, None)
    assert rules.missing_for_submission(project)[0][0] == "carrier_id"


def test_team_and_coordination_hear_what_to_do_and_until_when(make, carrier, contact):
    member, coordinator = make.person(language="en"), make.person("coordinator", language="en")
    round = make.round(budgets_until=date(2026, 5, 20))
    project = make.project("mentoring", carrier=carrier, members=(member,), round=round,
                           lead=make.person("lead", language="en"))
    asked = papers.asked(project, carrier, "accepted", reason="")
    act(carrying.end_carrying, asked, contact, "Keine Kraft mehr.")
    assert "Please ask another organisation. It should have agreed by May 20, 2026." in to(project.leads[0])
    for person in (member, coordinator):
        assert "Keine Kraft mehr." in to(person) and "May 20, 2026" in to(person)
    assert "Keine Kraft" not in to(contact)


@pytest.mark.parametrize("status", ["awarded", "active", "suspended", "reporting"])
def test_after_the_award_a_carrier_is_led_to_the_coordination(make, carrier, contact, status):
    project = make.project(status, carrier=carrier)
    asked = papers.asked(project, carrier, "accepted", reason="")
    with pytest.raises(RuleBroken, match="talk to the coordination"):
        act(carrying.end_carrying, asked, contact, "Keine Kraft mehr.")
    assert project.carrier_id == carrier.id


def test_after_handing_in_ones_own_organisation_is_asked_like_any_other(make):
    lead, coordinator = make.person("lead"), make.person("coordinator")
    project = make.project("budget_approved", lead=lead, carrier=None, carrier_agreed_on=None)
    own = make.organisation(contact=lead)
    asked = ask(project, own)
    assert f"/desk/carrier-requests/{asked.id}" in to(coordinator)
    act(carrying.accept_carrying, asked, coordinator)
    assert project.carrier_id == own.id


def test_where_only_a_member_of_the_team_speaks_for_the_organisation_the_coordination_is_asked(make):
    member, coordinator = make.person(), make.person("coordinator")
    project = make.project(carrier=None, members=(member,))
    asked = ask(project, make.organisation(contact=member))
    assert f"/desk/carrier-requests/{asked.id}" in to(coordinator)
    assert "carrier-requests" not in to(member)
