"""A partnership ends in order: nothing stays open without a word, and a budget that loses money is talked about."""

import pytest

from incubator.budgets import queries_gap
from incubator.budgets.models import FinancingKind, FinancingLine
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.partners import operations, operations_answers
from incubator.partners.models import PledgeKind, PledgeState
from incubator.partners.operations import GOES, STAYS
from tests.partners import scenes

ROOM = {"kind": PledgeKind.ROOM, "quantity": 12, "unit": "Abende", "value_cents": None}


def _leave(scene, settle, reason="", **how):
    with transaction():
        operations.leave(scene.partnership, scene.lead, settle, reason, **how)


def test_each_open_promise_stays_or_is_taken_back(scene):
    stays, goes = scene.confirmed(**ROOM), scene.confirmed(**ROOM)
    _leave(scene, {stays.id: STAYS, goes.id: GOES}, "Der Saal wird verkauft.")
    assert (stays.state, goes.state) == (PledgeState.CONFIRMED, PledgeState.WITHDRAWN)
    assert scene.partnership.until is not None


def test_a_promise_nobody_spoke_of_keeps_the_partner(scene):
    spoken, _silent = scene.confirmed(**ROOM), scene.confirmed(**ROOM)
    with pytest.raises(RuleBroken):
        _leave(scene, {spoken.id: STAYS})
    assert scene.partnership.until is None


def test_an_offer_nobody_confirmed_cannot_stay(scene):
    offer = scene.promise(**ROOM)
    with pytest.raises(RuleBroken):
        _leave(scene, {offer.id: STAYS})


def test_taking_back_needs_a_reason(scene):
    pledge = scene.confirmed(**ROOM)
    with pytest.raises(RuleBroken) as broken:
        _leave(scene, {pledge.id: GOES})
    assert broken.value.field == "reason"


def test_a_partner_leaves_by_its_link_and_the_lead_is_told(scene, visit, letters_to):
    pledge, mine = scene.confirmed(**ROOM), scenes.token(scenes.link(scene.organisation))
    path = f"/de/partners/mine/{mine}/partnerships/{scene.partnership.id}/end"
    visitor = visit()
    assert "Saal" not in visitor.get(path).soup.h1.get_text()
    assert visitor.post(path, {f"pledge_{pledge.id}": "goes"}).status == 422
    answer = visitor.post(path, {f"pledge_{pledge.id}": "goes", "reason": "Wir ziehen um."})
    assert answer.location.endswith(mine)
    assert visitor.follow(answer).status == 200
    assert pledge.state is PledgeState.WITHDRAWN
    assert any("leaves" in letter.subject for letter in letters_to(scene.lead))


def test_a_project_ends_a_partnership_and_the_partner_is_told(scene, visit, mail_to):
    scenes.link(scene.organisation)
    pledge = scene.confirmed(**ROOM)
    answer = visit(scene.lead).post(f"/de/desk/partnerships/{scene.partnership.id}/leave",
                                    {f"pledge_{pledge.id}": "stays"})
    assert answer.status == 303
    assert pledge.state is PledgeState.CONFIRMED
    assert "/partners/mine/" in mail_to("partner@example.org")[-1].text


def _count_on(plan):
    with transaction():
        plan.financing.append(FinancingLine(kind=FinancingKind.THIRD_PARTY, amount_cents=400_00, position=2))


@pytest.fixture
def counted(make):
    """An awarded project whose approved budget counts on 400.00 that a foundation has confirmed."""
    lead = make.person("lead", language="en")
    project = make.project("awarded", lead=lead)
    _count_on(make.award(project).plan)
    foundation = make.organisation(name="Stiftung")
    make.partnership(project, foundation)
    return make.pledge(project, foundation, kind="money", value_cents=400_00, state="confirmed", quantity=1)


def _take_back(pledge):
    with transaction():
        operations_answers.take_back(pledge, None, "Kein Geld mehr.", from_partner=True)


def test_a_budget_that_lost_confirmed_money_is_told_to_office_and_lead(counted, make, letters_to, visit):
    office = make.person("coordinator", language="en")
    assert queries_gap.gaps() == ()
    _take_back(counted)
    for person in (office, counted.project.leads[0]):
        letter = next(each for each in letters_to(person) if "does not add up" in each.subject)
        assert "400.00" in letter.text
        assert "does not balance" in letter.text
    page = visit(office).get("/en/desk/")
    assert page.soup.select_one(f".task__title[href='/en/desk/projects/{counted.project_id}/budget']")


def test_other_money_that_is_confirmed_closes_the_gap(counted, make):
    _take_back(counted)
    make.pledge(counted.project, counted.organisation, kind="money", value_cents=400_00, state="confirmed", quantity=1)
    assert queries_gap.gaps() == ()


def test_an_offer_that_was_never_confirmed_leaves_no_gap(counted, make, letters_to):
    office = make.person("coordinator", language="en")
    offer = make.pledge(counted.project, counted.organisation, kind="money", value_cents=900_00, quantity=1)
    _take_back(offer)
    assert not [each for each in letters_to(office) if "add up" in each.subject]


def test_any_database_finds_the_gap(any_database, make):
    project = make.project("awarded")
    _count_on(make.award(project).plan)
    pledge = make.pledge(project, kind="money", value_cents=400_00, state="confirmed", quantity=1)
    _take_back(pledge)
    assert [(gap.project_id, gap.planned, gap.confirmed) for gap in queries_gap.gaps()] == [(project.id, 400_00, 0)]


@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_a_partner_leaves_an_ended_project_whatever_was_still_offered(make, status):
    partnership = make.partnership(make.project(status))
    make.pledge(partnership.project, partnership.organisation, state="offered", **ROOM)
    with transaction():
        operations.leave(partnership, None, from_partner=True)
    assert partnership.until is not None
