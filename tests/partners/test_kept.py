"""Promises that were kept: a proof says so, the round says what they are worth, the partner is thanked."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.partners import jobs_reminders, operations, operations_proofs, rules_proofs, rules_value
from incubator.partners.models import Pledge, PledgeKind, PledgeState
from incubator.programme.models import Round
from tests.partners import scenes
from tests.payments.receipts import scan

ROOM = {"kind": PledgeKind.ROOM, "quantity": 12, "unit": "Abende", "value_cents": None}


def _prove(pledge, by, quantity, text="Die ersten Abende im Mai."):
    with transaction():
        return operations_proofs.prove(pledge, by, text=text, quantity=quantity)


def test_what_came_in_parts_is_summed_until_all_of_it_is_there(scene):
    pledge = scene.confirmed(**ROOM)
    for quantity, done, state in ((5, 5, "partly_fulfilled"), (4, 9, "partly_fulfilled"), (3, 12, "fulfilled")):
        _prove(pledge, scene.lead, quantity)
        assert (pledge.done_quantity, pledge.state.value) == (done, state)


def test_of_money_the_cents_are_counted(scene):
    pledge = scene.confirmed(value_cents=400_00)
    _prove(pledge, scene.lead, 150_00)
    assert pledge.state is PledgeState.PARTLY_FULFILLED
    _prove(pledge, scene.lead, 250_00)
    assert pledge.state is PledgeState.FULFILLED


@pytest.mark.parametrize(("text", "quantity", "field"), [("", 1, "text"), ("Saal", 0, "quantity"),
                                                       ("Saal", None, "quantity"), ("x" * 2001, 1, "text")])
def test_a_proof_needs_words_and_an_amount(scene, text, quantity, field):
    pledge = scene.confirmed(**ROOM)
    with pytest.raises(RuleBroken) as broken:
        _prove(pledge, scene.lead, quantity, text)
    assert broken.value.field == field


@pytest.mark.parametrize("state", [PledgeState.OFFERED, PledgeState.WITHDRAWN, PledgeState.FULFILLED])
def test_only_what_was_confirmed_and_is_not_whole_can_be_proved(state):
    with pytest.raises(RuleBroken):
        rules_proofs.demand_proof(Pledge(state=state, kind=PledgeKind.ROOM, quantity=3), "Saal", 1)


@given(st.integers(1, 1000), st.lists(st.integers(1, 400), max_size=4))
def test_a_promise_is_kept_exactly_when_as_much_came_as_was_promised(quantity, came):
    pledge = Pledge(state=PledgeState.CONFIRMED, kind=PledgeKind.ROOM, quantity=quantity)
    done = sum(came)
    assert (rules_proofs.state_after(pledge, done) is PledgeState.FULFILLED) == (done >= quantity)


def test_the_partner_is_thanked_once_it_is_whole(scene, mail_to, letters_to):
    scenes.link(scene.organisation)
    pledge = scene.confirmed(**ROOM)
    _prove(pledge, scene.lead, 11)
    assert not [each for each in letters_to(scene.contact) if "Thank you from" in each.subject]
    _prove(pledge, scene.lead, 1)
    assert "12 Abende" in letters_to(scene.contact)[-1].text
    assert f"/pledges/{pledge.id}" in mail_to("partner@example.org")[-1].text


def test_the_lead_proves_it_on_a_page_with_a_photo(scene, visit):
    pledge, visitor = scene.confirmed(**ROOM), visit(scene.lead)
    path = f"/de/desk/pledges/{pledge.id}/outcome"
    answer = visitor.post(path, {"text": "Zwölf Abende.", "quantity": "12", "papers": _file()})
    assert answer.status == 303
    shown = visitor.get(path)
    assert "Zwölf Abende." in shown.text
    paper = shown.soup.select_one("main a[href*='/pledges/papers/']")["href"]
    assert visitor.get(paper).status == 200
    assert visit(scene.contact).get(paper).status == 404
    assert pledge.state is PledgeState.FULFILLED


def _file():
    return (io.BytesIO(scan(3)), "saal.png")


def test_the_partner_reads_what_came_but_sees_no_paper(scene, visit):
    pledge = scene.confirmed(**ROOM)
    visit(scene.lead).post(f"/de/desk/pledges/{pledge.id}/outcome",
                           {"text": "Zwölf Abende.", "quantity": "12", "papers": _file()})
    own = visit().get(f"/de/partners/mine/{scenes.token(scenes.link(scene.organisation))}/pledges/{pledge.id}")
    assert "Zwölf Abende." in own.text
    assert "saal.png" not in own.text


def test_the_round_says_what_a_unit_is_worth(scene):
    with transaction():
        scene.project.round.pledge_values = {"room": 40_00}
    pledge = scene.promise(**(ROOM | {"value_cents": 5_00, "valued_how": "geschätzt"}))
    assert pledge.value_cents == 480_00
    assert "40,00" in pledge.valued_how


def test_hours_are_worth_those_of_volunteers_where_nothing_else_is_said(scene):
    pledge = scene.promise(kind=PledgeKind.HOURS, quantity=10, unit="Stunden", value_cents=None)
    assert pledge.value_cents == 150_00
    with transaction():
        scene.project.round.pledge_values = {"hours": 20_00}
    pledge = scene.promise(kind=PledgeKind.HOURS, quantity=10, unit="Stunden", value_cents=None)
    assert pledge.value_cents == 200_00


def test_where_the_round_says_nothing_the_projects_own_value_stands(scene):
    pledge = scene.promise(**(ROOM | {"value_cents": 90_00, "valued_how": "übliche Miete"}))
    assert (pledge.value_cents, pledge.valued_how) == (90_00, "übliche Miete")


@given(st.sampled_from(PledgeKind), st.integers(1, 10**6), st.dictionaries(
    st.sampled_from([kind.value for kind in PledgeKind]), st.integers(0, 1_000_00)))
def test_money_is_its_own_value_and_all_else_is_a_product_or_refused(kind, quantity, values):
    round_ = Round(pledge_values=values, volunteer_rate_cents=15_00)
    try:
        found = rules_value.value_of(round_, kind, quantity)
    except RuleBroken as broken:
        assert broken.field == "quantity"
        return
    rate = rules_value.rate_of(round_, kind)
    assert found == (None if rate is None else quantity * rate)
    assert kind is not PledgeKind.MONEY or found is None


def test_the_office_says_on_a_page_what_a_unit_is_worth(make, visit):
    round_ = make.round(state="draft")  # in an open one two people change it
    visitor = visit(make.person("coordinator"))
    path = f"/de/desk/rounds/{round_.id}/edit"
    assert visitor.fill(path, pledge_value_room="40,00").status == 303
    assert round_.pledge_values == {"room": 40_00}
    assert visitor.get(path).soup.select_one("#pledge_value_room")["value"] == "40,00"
    assert visitor.fill(path, pledge_value_room="").status == 303
    assert round_.pledge_values == {}


def _after(days, template, letters):
    clock.set(clock.today() + timedelta(days=days))
    jobs_reminders.remind()
    return [each.subject for each in letters() if template in each.subject]


def test_an_unanswered_promise_is_reminded_of_once(scene, letters_to, mail_to):
    scenes.link(scene.organisation)
    scene.promise()
    for days, number in ((13, 0), (1, 1), (1, 1), (20, 1)):
        assert len(_after(days, "Still open", lambda: letters_to(scene.contact))) == number
    assert len([each for each in mail_to("partner@example.org") if "offen" in each.subject
                or "Still open" in each.subject]) == 1


def test_an_offer_of_the_partner_reminds_the_lead(scene, letters_to):
    with transaction():
        operations.pledge(scene.project, scene.organisation, scene.contact, from_partner=True,
                          description="Saal", **ROOM)
    assert len(_after(14, "Still open", lambda: letters_to(scene.lead))) == 1
    assert _after(0, "Still open", lambda: letters_to(scene.contact)) == []


def test_both_sides_hear_a_week_before_it_begins(scene, letters_to):
    scene.confirmed(**(ROOM | {"starts_on": clock.today() + timedelta(days=10)}))
    for days, number in ((2, 0), (1, 1), (1, 1)):
        assert len(_after(days, "Soon:", lambda: letters_to(scene.contact))) == number
    assert len(_after(0, "Soon:", lambda: letters_to(scene.lead))) == 1


def test_the_lead_is_asked_what_came_two_weeks_after_the_end(scene, letters_to):
    pledge = scene.confirmed(**(ROOM | {"ends_on": date(2026, 3, 10)}))
    for days, number in ((22, 0), (1, 1), (1, 1)):
        assert len(_after(days, "Did it come?", lambda: letters_to(scene.lead))) == number
    assert pledge.state is PledgeState.CONFIRMED


def test_whoever_has_a_proof_is_not_asked_for_one(scene, letters_to):
    pledge = scene.confirmed(**(ROOM | {"ends_on": date(2026, 3, 10)}))
    _prove(pledge, scene.lead, 1)
    assert _after(40, "Did it come?", lambda: letters_to(scene.lead)) == []
