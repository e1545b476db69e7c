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
from incubator.projects.lifecycle import Action
from incubator.projects.operations import move
from incubator.selection import operations_decisions, queries_decisions
from tests.selection.panels import act, panel, prepare, publish, resolve, score_all


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
    return act(operations_decisions.move_up, city.round, city.office, project_id=project.id,
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
