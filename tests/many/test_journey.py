"""A journey across several machines, of which one of each kind is killed in the middle: nothing told is lost."""

import time
from collections import Counter

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.journal.models import Delivery, Entry
from incubator.letters.models import Letter, LetterState
from incubator.media.models import Photo
from incubator.milestones.models import Milestone, MilestoneStatus, Update
from tests.builders import picture
from tests.many.fleet import MILESTONES, PASSWORD, WEBS, Browser, Meanwhile, kill

LONGEST = 180
TO_BE_SENT = (LetterState.WAITING, LetterState.SENDING)


def numbers(model, *conditions):
    db.session.rollback()
    return list(db.session.scalars(sa.select(model.id).where(*conditions).order_by(model.id)))


def report(lead, number, told):
    """Report a milestone; it counts as told once a server has said so."""
    answer = lead.fill(f"/en/desk/milestones/{number}/report", text="Alle kamen.", evidence="Die Liste liegt bei uns.",
                       files={"photos-0-file": ("bild.png", picture(), "image/png")}, **{"photos-0-alt": "Ein Beet"})
    assert answer.status_code == 303, answer.text
    told.append(number)


def accept(mentor, number):
    answer = mentor.fill(f"/en/desk/milestones/{number}/review", answer="accept")
    assert answer.status_code == 303, answer.text


def still_under_way():
    db.session.rollback()
    work = db.session.scalar(sa.select(sa.func.count(Delivery.id)).where(Delivery.done_at.is_(None)))
    return work + db.session.scalar(sa.select(sa.func.count(Letter.id)).where(Letter.state.in_(TO_BE_SENT)))


def five_minutes_pass():
    """Let the leases end that killed workers hold on letters, and return these letters' Message-IDs."""
    db.session.rollback()
    held = list(db.session.scalars(sa.select(Letter.message_id).where(Letter.state == LetterState.SENDING)))
    if held:
        db.session.execute(sa.update(Letter).where(Letter.message_id.in_(held)).values(due_at=clock.now()))
        db.session.commit()
    return held


def killed_one_by_one(fleet, told):
    """Kill one of each kind while people write, and start it again; return what letters the killed workers held."""
    held = []
    for wanted, name in enumerate(("web1", "worker1", "valkey", "web2", "worker2"), 1):
        while len(told) < wanted:
            time.sleep(0.01)
        kill(fleet, name)
        if name.startswith("worker"):
            held += five_minutes_pass()
        fleet.start(name)
        if name.startswith("web"):
            fleet.wait_until_ready(name)
    return held


@pytest.mark.long
def test_one_of_each_kind_is_killed_and_nothing_told_is_lost(fleet, project):
    for name in ("valkey", "web1", "web2", "worker1", "worker2"):
        fleet.start(name)
    for name in WEBS:
        fleet.wait_until_ready(name)
        assert fleet.ready(name)[0] == 200
    begun = time.monotonic()
    lead, mentor, stranger, told = Browser(fleet), Browser(fleet), Browser(fleet), []
    lead.sign_in("lead@example.org", PASSWORD, on=["web1"])
    mentor.sign_in("mentor@example.org", PASSWORD, on=["web2"])
    steps = numbers(Milestone, Milestone.title.like("Schritt%"))

    def work():
        for number in steps:
            report(lead, number, told)
            accept(mentor, number)

    writing = Meanwhile(work)
    held = killed_one_by_one(fleet, told)
    writing.join(LONGEST)

    assert told == steps == numbers(Milestone, Milestone.status == MilestoneStatus.ACCEPTED)
    assert len(numbers(Update)) == len(numbers(Photo)) == MILESTONES, "each was reported once"
    for action in ("milestone.reported", "milestone.accepted"):
        assert len(numbers(Entry, Entry.action == action)) == MILESTONES
    assert journal.verify().found == ()
    for name in WEBS:
        assert fleet.ready(name)[1] | {"queue": True} == {
            "database": True, "migrations": True, "queue": True, "stopping": False}
        shown = stranger.ask("GET", "/de/projects/garten", on=[name]).text
        assert all(f"Schritt {number}" in shown for number in range(MILESTONES))
        for key in db.session.scalars(sa.select(Photo.key)):
            seen = stranger.ask("GET", f"/media/{key}-small.jpg", on=[name])
            assert (seen.status_code, seen.content[:2]) == (200, b"\xff\xd8")
    letters_came_once(fleet, held)
    print(f"{time.monotonic() - begun:.1f} seconds, {len(fleet.mail.letters)} letters, {len(held)} were held")


def letters_came_once(fleet, held):
    """Each letter came once; only one that a killed worker was just speaking about could have come a second time."""
    until = time.monotonic() + LONGEST
    while still_under_way() and time.monotonic() < until:
        time.sleep(0.1)
    db.session.rollback()
    rows = db.session.execute(sa.select(Letter.message_id, Letter.state, Letter.key)).all()
    came = Counter(str(letter["Message-ID"]) for letter in fleet.mail.letters)
    assert len(rows) >= 2 * MILESTONES and len({row.key for row in rows}) == len(rows)
    for row in rows:
        assert row.state is LetterState.SENT, row.key
        assert came[row.message_id] == 1 or (row.message_id in held and came[row.message_id] == 2), row.key
    assert set(came) == {row.message_id for row in rows}
