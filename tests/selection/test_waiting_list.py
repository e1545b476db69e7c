"""Money becomes free, and the next on the list moves up."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.programme import operations as programme
from incubator.projects.lifecycle import Action, Status
from incubator.projects.operations import move
from incubator.selection import operations_waiting, queries_decisions
from tests.selection.panels import act, panel, prepare, publish, resolve, score_all, statuses


@pytest.fixture
def city(make):
    """Everything is given to the first; three wait for 5,000, 4,000 and 3,000."""
    city = panel(make, 10_000_00, 5_000_00, 4_000_00, 3_000_00)
    score_all(city, 5, 4, 3, 2)
    city.resolution = resolve(city)
    prepare(city, city.projects[0], "award", city.resolution)
    for place, project in enumerate(city.projects[1:], 1):
        prepare(city, project, "waitlist", city.resolution, place=place)
    publish(city)
    return city


def next_up(city):
    db.session.rollback()
    found = queries_decisions.waiting_list(city.round).next
    return found and found.id


def move_up(city, project, number="2026-900"):
    return act(operations_waiting.move_up, city.round, city.office, project_id=project.id,
               resolution_id=city.resolution.id, notice_number=number, notice_on=date(2026, 3, 1))


def test_without_free_money_nobody_moves_up(city):
    assert next_up(city) is None
    with pytest.raises(RuleBroken):
        move_up(city, city.projects[1])


def test_a_revoked_award_lets_the_first_move_up(make, city):
    first, second = city.projects[0], make.person("coordinator")
    act(move, first, Action.REVOKE, city.office, reason="Anlass")
    act(move, first, Action.REVOKE, second)
    deliver()
    assert next_up(city) == city.projects[1].id
    move_up(city, city.projects[1])
    assert city.projects[1].status.value == "awarded"
    assert next_up(city) == city.projects[2].id


def test_a_raised_fund_lets_whoever_fits_move_up(make, city):
    change = act(programme.change_round, city.round, city.office, fund_cents=14_500_00)
    assert next_up(city) is None
    act(programme.agree, change, make.person("coordinator"))
    assert next_up(city) == city.projects[2].id, "5,000 do not fit into 4,500"


def test_only_the_next_moves_up(city):
    with transaction():
        city.round.fund_cents = 20_000_00
    with pytest.raises(RuleBroken):
        move_up(city, city.projects[2])


def test_the_lead_is_told_only_on_the_award(city):
    deliver()
    letters = sa.select(sa.func.count(Letter.id))
    before = db.session.scalar(letters)
    with transaction():
        city.round.fund_cents = 15_000_00
    next_up(city)
    deliver()
    assert db.session.scalar(letters) == before
    move_up(city, city.projects[1])
    deliver()
    assert db.session.scalar(letters) > before


def test_nobody_moves_up_their_own_project(make, city):
    with transaction():
        city.round.fund_cents = 15_000_00
    city.office = city.projects[1].mentors[0]
    with pytest.raises(RuleBroken):
        move_up(city, city.projects[1])


def test_the_page_offers_the_next_and_records_it(city, visit):
    path, visitor = f"/de/desk/rounds/{city.round.id}/waiting-list", visit(city.office)
    assert not visitor.get(path).soup.select("main form")
    with transaction():
        city.round.fund_cents = 15_000_00
    assert visitor.fill(path, resolution=str(city.resolution.id)).status == 303
    assert city.projects[1].status.value == "awarded"


def reject(city, project, **facts):
    return prepare(city, project, "reject", city.resolution, **facts)


def test_who_waits_can_be_rejected_and_the_lead_reads_why(city):
    project = city.projects[1]
    reject(city, project, reason="Es kommt kein Geld mehr.")
    assert project.status.value == "waitlisted"
    publish(city)
    deliver()
    assert (project.status.value, project.end_reason) == ("rejected", "Es kommt kein Geld mehr.")
    told = db.session.scalars(sa.select(Letter).where(Letter.key.contains("award_rejected"))).all()
    assert any("Es kommt kein Geld mehr." in letter.text for letter in told)


@pytest.mark.parametrize("outcome", ["award", "waitlist"])
def test_who_waits_gets_money_only_by_moving_up(city, outcome):
    with pytest.raises(RuleBroken, match="waiting list"):
        prepare(city, city.projects[1], outcome, city.resolution)


def test_nobody_moves_up_whose_rejection_is_prepared(city):
    reject(city, city.projects[1])
    with transaction():
        city.round.fund_cents = 15_000_00
    with pytest.raises(RuleBroken, match="rejection is prepared"):
        move_up(city, city.projects[1])


def end(city, **facts):
    usual = {"resolution_id": city.resolution.id, "reason": "Die Runde ist vorbei."}
    return act(operations_waiting.end, city.round, city.office, **(usual | facts))


def test_the_list_ends_with_a_word_to_everybody_who_waits(city):
    reject(city, city.projects[2], reason="Zu teuer.")
    end(city)
    publish(city)
    deliver()
    assert statuses(city) == ["awarded", "rejected", "rejected", "rejected"]
    assert [project.end_reason for project in city.projects[1:]] == [
        "Die Runde ist vorbei.", "Zu teuer.", "Die Runde ist vorbei."]
    assert not queries_decisions.waiting_list(city.round).order
    with pytest.raises(RuleBroken):
        end(city)


def test_the_list_ends_for_all_or_for_nobody(make, city):
    make.affiliation(city.office, city.projects[3].carrier, "board")
    with pytest.raises(RuleBroken) as refused:
        end(city)
    assert city.projects[3].title in str(refused.value.sentence)
    assert queries_decisions.prepared(city.round.id) == []


def test_the_office_ends_the_list_from_the_browser(city, visit):
    visitor, base = visit(city.office), f"/de/desk/rounds/{city.round.id}"
    page = visitor.get(f"{base}/waiting-list").soup.select_one("main")
    assert page.select_one(f"a[href$='/projects/{city.projects[1].id}/decision/prepare']")
    form = visitor.get(f"/de/desk/projects/{city.projects[1].id}/decision/prepare").soup
    assert [each["value"] for each in form.select("main [name=outcome]")] == ["reject"]
    assert visitor.fill(f"{base}/waiting-list/end", reason="Kein Geld mehr.").status == 303
    assert visitor.fill(f"{base}/decisions/publish").status == 303
    assert statuses(city) == ["awarded", "rejected", "rejected", "rejected"]


def test_who_waits_in_a_round_that_tells_one_by_one_is_rejected_alone(make, visit):
    city = panel(make, 5_000_00, publishes_together=False)
    project, visitor = city.projects[0], visit(city.office)
    with transaction():
        project.status = Status.WAITLISTED
    answer = visitor.fill(f"/de/desk/projects/{project.id}/decision/rejection", reason="Nein.", body="Rat",
                          on="2026-02-27", reference="VO/1")
    assert (answer.status, statuses(city)) == (303, ["rejected"])
