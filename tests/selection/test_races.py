"""Everything published at the moment in which somebody else takes the last money."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets import operations as budgets
from incubator.budgets.models import Award
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.selection import operations_decisions, operations_ranking, operations_sheets, queries
from incubator.selection.models import Decision, Sheet, SheetState
from tests.selection.panels import filled, panel, prepare, resolve, score

TRIALS = 25
ON = date(2026, 3, 1)


def get(kind, number):
    return db.session.get_one(kind, number)


@pytest.mark.long
def test_publishing_together_and_a_single_award_never_exceed_the_fund(make, at_once):
    city = panel(make, 3_000_00, 3_000_00, has_panel=False, fund_cents=8_000_00)
    other = make.project("budget_approved", round=city.round)
    make.plan(other, grant=3_000_00, state="approved")
    resolution = resolve(city)
    for project in city.projects:
        prepare(city, project, "award", resolution)
    round_id, office, other_id, ids = city.round.id, city.office.id, other.id, [each.id for each in city.projects]

    def publish():
        operations_decisions.publish(get(Round, round_id), get(Person, office), notice_on=ON, without_others=True)

    def award():
        budgets.award(get(Project, other_id), get(Person, office), body="Rat", on=date(2026, 2, 24), reference="2",
                      notice_number="2026-777", notice_on=ON)

    for _trial in range(TRIALS):
        assert at_once(publish, award).count("done") == 1
        with transaction():
            awarded = db.session.scalar(sa.select(Round.awarded_cents).where(Round.id == round_id))
            assert awarded in (3_000_00, 6_000_00)
            assert db.session.scalar(sa.select(sa.func.sum(Award.amount_cents))) == awarded
            told = db.session.scalar(sa.select(sa.func.count(Decision.id)).where(Decision.published_at.is_not(None)))
            assert told == (2 if awarded == 6_000_00 else 0)
            _undo(round_id, [*ids, other_id])


def _undo(round_id, project_ids):
    db.session.execute(sa.delete(Award))
    db.session.execute(sa.update(Decision).values(published_at=None))
    db.session.execute(sa.update(Round).where(Round.id == round_id).values(awarded_cents=0))
    db.session.execute(sa.update(Project).where(Project.id.in_(project_ids)).values(
        status=Status.BUDGET_APPROVED, notice_number=None, resolution_on=None, award_final_on=None))


@pytest.mark.long
def test_a_sheet_is_in_before_the_scoring_closes_or_not_at_all(make, at_once):
    city = panel(make, 5_000_00)
    [project], (first, second) = city.projects, city.people
    score(project, first, 3)
    with transaction():
        sheet = operations_sheets.begin(project, second, no_conflict=True)
    round_id, office, person, sheet_id = city.round.id, city.office.id, second.id, sheet.id
    answers = filled(round_id, 5)

    def give():
        operations_sheets.give(get(Sheet, sheet_id), get(Person, person), answers, no_conflict=True, version=None)

    def close():
        operations_ranking.close(get(Round, round_id), get(Person, office))

    given, closed = at_once(give, close)
    assert closed == "done"
    assert queries.is_closed(round_id)
    state = db.session.scalar(sa.select(Sheet.state).where(Sheet.id == sheet_id))
    assert (state is SheetState.GIVEN) == (given == "done")
