"""Several people write at once, on both databases."""

import threading

import sqlalchemy as sa

from incubator.foundation.database import db, hold
from incubator.foundation.transaction import transaction
from incubator.programme.models import Round

WRITERS, TIMES = 6, 8


def _together(app, work):
    """Run work in threads that begin at the same moment, and hand on what went wrong in any."""
    faults, start = [], threading.Barrier(WRITERS)

    def run(number):
        with app.app_context():
            try:
                start.wait(10)
                work(number)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []


def test_no_writer_is_turned_away_and_no_change_is_lost(any_database, make):
    number = make.round(fund_cents=1_000_00, awarded_cents=0).id

    def work(_):
        for _ in range(TIMES):
            with transaction():
                held = hold(db.session.get_one(Round, number))
                held.awarded_cents += 1

    _together(any_database, work)
    db.session.expire_all()
    db.session.rollback()
    assert db.session.get_one(Round, number).awarded_cents == WRITERS * TIMES


def test_the_last_euro_goes_to_exactly_one(any_database, make):
    number, won = make.round(fund_cents=100_00, awarded_cents=0).id, []

    def work(who):
        with transaction():
            taken = db.session.execute(
                sa.update(Round).where(Round.id == number, Round.fund_cents - Round.awarded_cents >= 60_00)
                .values(awarded_cents=Round.awarded_cents + 60_00)
            )
            if taken.rowcount:
                won.append(who)

    _together(any_database, work)
    assert len(won) == 1
