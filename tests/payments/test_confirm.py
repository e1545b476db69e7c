"""Two different people of the city look at a request; nobody looks at their own."""

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.payments import operations, queries_confirm
from incubator.projects.models import ConflictDeclaration
from tests.payments.stage import MASKED, OTHER_IBAN, Stage, again, set_up_bank


@pytest.fixture
def stage(make):
    return Stage(make)


def test_two_people_make_a_request_payable(stage):
    request = stage.ask()
    stage.confirm(request, stage.mentor, "factual")
    assert again(request).state == "asked"
    stage.confirm(request, stage.coordinator, "arithmetic")
    assert again(request).state == "confirmed"
    declared = db.session.scalars(sa.select(ConflictDeclaration)).all()
    assert {(each.person_id, each.act, each.has_conflict) for each in declared} == {
        (stage.mentor.id, "confirm_funds", False), (stage.coordinator.id, "confirm_funds", False)}


def test_one_person_cannot_do_both_checks(stage):
    request = stage.ask()
    stage.confirm(request, stage.mentor, "factual")
    with pytest.raises(RuleBroken, match="Somebody else"):
        stage.confirm(request, stage.mentor, "arithmetic")


def test_a_check_is_done_once(stage):
    request = stage.ask()
    stage.confirm(request, stage.mentor, "factual")
    with pytest.raises(RuleBroken, match="just done"):
        stage.confirm(request, stage.coordinator, "factual")


def test_whoever_does_not_declare_cannot_confirm(stage):
    with pytest.raises(RuleBroken) as refused:
        stage.confirm(stage.ask(), stage.mentor, "factual", no_conflict=False)
    assert refused.value.field == "no_conflict"


def test_a_coordinator_on_the_team_confirms_nothing_of_it(make, stage):
    own = make.person("coordinator")
    project = make.project("active", lead=own, mentor=stage.mentor, round=stage.round)
    make.award(project)
    stage.project, stage.lead = project, own
    with pytest.raises(RuleBroken, match="On the team"):
        stage.confirm(stage.ask(), own, "factual")


def test_ties_to_carrier_or_partner_exclude(make, stage):
    partner = make.organisation(will_carry=False)
    make.partnership(stage.project, partner)
    make.affiliation(stage.coordinator, stage.project.carrier, "board")
    make.affiliation(stage.other, partner, "employee")
    request = stage.ask()
    for person in (stage.coordinator, stage.other):
        with pytest.raises(RuleBroken, match="Conflict of interest"):
            stage.confirm(request, person, "factual")
    assert queries_confirm.checks(request, clock.today()).is_deadlocked


def test_a_plain_member_of_the_carrier_may_confirm(make, stage):
    make.affiliation(stage.mentor, stage.project.carrier, "member")
    stage.confirm(stage.ask(), stage.mentor, "factual")


def test_a_declared_conflict_is_kept_and_takes_back_what_was_confirmed(stage):
    request = stage.checked()
    with transaction():
        operations.declare_conflict(request, stage.mentor)
    found = again(request)
    assert (found.state, found.factual_by_id, found.arithmetic_by_id) == ("asked", None, stage.coordinator.id)
    with pytest.raises(RuleBroken, match="declared"):
        stage.confirm(request, stage.mentor, "factual")
    stage.confirm(request, stage.other, "factual")
    assert again(request).state == "confirmed"


def test_a_refusal_frees_the_money_and_says_why(stage):
    request = stage.checked()
    with transaction():
        operations.refuse(request, stage.mentor, "Die Rechnung liegt schon vor")
    assert (again(request).state, stage.balance.requested) == ("refused", 0)
    with pytest.raises(RuleBroken, match="Not paid"):
        stage.pay(request)


def test_a_refusal_without_a_reason_is_refused(stage):
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.refuse(stage.ask(), stage.mentor, "  ")
    assert refused.value.field == "reason"


def test_the_page_shows_everything_a_check_needs_and_each_sees_what_they_may_do(app, stage, visit):
    set_up_bank(app)
    gate = stage.gate(accepted=True, title="Eröffnung", evidence="Fünfzig waren da.")
    stage.keep_account()
    stage.paid(2_500_00)
    request = stage.ask(2_000_00)
    path = f"/en/desk/requests/{request.id}"
    text = visit(stage.mentor).get(path).text
    for part in ("€2,000.00", "€2,500.00", "Fünfzig waren da.", gate.title, MASKED, "Miete und Honorare"):
        assert part in text, part
    answer = visit(stage.mentor).fill(path, form="form[action$='/sign']", no_conflict="y")
    assert answer.status == 303
    forms = [each["action"] for each in visit(stage.mentor).get(path).soup.select("main form")]
    assert not any(action.endswith("/sign") for action in forms)
    left = visit(stage.coordinator).get(path).soup.select("form[action$='/sign'] [name=what]")
    assert [each["value"] for each in left] == ["arithmetic"]
    assert visit(stage.coordinator).fill(path, form="form[action$='/sign']", no_conflict="y").status == 303
    assert again(request).state == "confirmed"
    for person in (stage.lead, stage.make.person("auditor")):
        assert visit(person).get(path).soup.select("main form") == []


def test_an_unticked_declaration_is_asked_for_beside_its_box(stage, visit):
    request = stage.ask()
    answer = visit(stage.mentor).post(f"/en/desk/requests/{request.id}/sign", {"what": "factual"})
    assert answer.status == 422 and again(request).factual_by_id is None


def test_an_account_that_changed_after_the_request_is_pointed_out(app, stage, visit):
    set_up_bank(app)
    stage.keep_account()
    request = stage.ask()
    path = f"/en/desk/requests/{request.id}"
    assert "The account is new" not in visit(stage.coordinator).get(path).text
    clock.set(clock.today().replace(day=2))
    stage.keep_account(OTHER_IBAN)
    assert "The account is new" in visit(stage.coordinator).get(path).text
