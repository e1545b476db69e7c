"""What is news, who hears of it and when."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from incubator.follow import jobs, operations, rules
from incubator.follow.models import Follower, Rhythm, Topic
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter, LetterState
from incubator.milestones import operations as milestones
from incubator.projects.lifecycle import Action
from incubator.projects.operations_move import move
from incubator.wording.models import Origin, Translation
from tests.follow.readers import deliver, follow

SATURDAY, MONDAY = date(2026, 3, 7), date(2026, 3, 9)


@pytest.fixture
def project(make):
    return make.project(status="active")


def tell(project, title="Das Fest", text="Alle kamen."):
    with transaction():
        return milestones.write_update(project, project.leads[0], title=title, text=text)


def waiting():
    return db.session.scalars(
        sa.select(Letter).where(Letter.state == LetterState.WAITING, Letter.key.like("secret:follow%"))
        .order_by(Letter.id)).all()


@pytest.mark.parametrize("kind", list(Topic))
def test_news_reaches_who_follows_the_project_its_district_its_theme_or_all(app, project, kind):
    number = {Topic.PROJECT: project.id, Topic.DISTRICT: project.district_id, Topic.THEME: project.theme_id,
              Topic.PROGRAMME: 0}[kind]
    follow((kind, number))
    tell(project)
    journal.deliver()
    assert len(waiting()) == 1


def test_who_follows_something_else_hears_nothing(app, make, project):
    follow((Topic.PROJECT, make.project(status="active").id), (Topic.DISTRICT, project.district_id + 1))
    tell(project)
    journal.deliver()
    assert waiting() == []


def test_who_follows_a_project_in_three_ways_hears_once(any_database, project):
    follow((Topic.PROJECT, project.id), (Topic.DISTRICT, project.district_id), (Topic.PROGRAMME, 0))
    tell(project)
    journal.deliver()
    assert len(waiting()) == 1


def test_a_reached_milestone_and_its_news_are_one_letter(app, make, project):
    follow()
    milestone = make.milestone(project)
    make.milestone(project)
    with transaction():
        milestones.report(milestone, project.leads[0], actual_on=clock.today(), evidence="Foto", text="Der Raum steht.",
                          title="Der Raum")
    journal.deliver()
    assert waiting() == []
    with transaction():
        milestones.accept(milestone, project.mentors[0])
    journal.deliver()
    letter, = waiting()
    assert milestone.title in letter.text
    assert "Der Raum steht." in letter.text


def test_a_project_that_begins_is_news(app, make):
    project = make.project(status="awarded")
    follow((Topic.PROJECT, project.id), language="en")
    with transaction():
        move(project, Action.START, None)
    journal.deliver()
    letter, = waiting()
    assert letter.subject == f"{project.title}: The project begins"


def test_steps_before_the_award_are_nobodys_business(app, make):
    project = make.project(status="draft")
    follow()
    with transaction():
        move(project, Action.WITHDRAW, project.leads[0])
    journal.deliver()
    assert waiting() == []


def test_withdrawn_news_does_not_leave_any_more(app, project):
    follow()
    update = tell(project)
    journal.deliver()
    with transaction():
        milestones.withdraw_update(update, project.leads[0])
    journal.deliver()
    assert waiting() == []
    assert db.session.scalar(sa.select(Letter.text)) == ""


def test_news_withdrawn_before_it_was_told_is_told_to_nobody(app, project):
    follow()
    update = tell(project)
    with transaction():
        milestones.withdraw_update(update, project.leads[0])
    journal.deliver()
    assert waiting() == []


def test_news_comes_in_the_reader_s_language_where_there_is_one(app, project):
    follow(language="ar")
    update = tell(project)
    with transaction():
        db.session.add(Translation(owner_type="update", owner_id=update.id, field="text", language="ar",
                                   text="حضر الجميع.", origin=Origin.OFFICIAL, source_hash="0" * 64))
    journal.deliver()
    assert "حضر الجميع." in waiting()[0].text


def test_the_week_is_told_on_monday_morning(any_database, project):
    follow(rhythm=Rhythm.WEEKLY)
    tell(project)
    clock.set(SATURDAY)
    tell(project, "Noch ein Fest")
    journal.deliver()
    clock.set(datetime.combine(MONDAY, rules.DIGEST_HOUR, clock.CITY) - timedelta(minutes=1))
    jobs.tell_week()
    told = [letter.text for letter in waiting()]
    clock.set(MONDAY)
    jobs.tell_week()
    told += [letter.text for letter in waiting()][len(told):]
    assert len(told) == 2, "the first of March was a Sunday: its news belong to the week before"
    assert "Das Fest" in told[0] and "Noch ein Fest" in told[1]


def test_a_week_without_news_makes_no_letter(app, project):
    follow(rhythm=Rhythm.WEEKLY)
    clock.set(MONDAY)
    jobs.tell_week()
    assert waiting() == []


def test_withdrawn_news_is_not_in_the_letter_of_the_week(app, project):
    follow(rhythm=Rhythm.WEEKLY)
    update = tell(project)
    tell(project, "Noch ein Fest")
    with transaction():
        milestones.withdraw_update(update, project.leads[0])
    clock.set(MONDAY)
    jobs.tell_week()
    letter, = waiting()
    assert "Das Fest" not in letter.text
    assert "Noch ein Fest" in letter.text


def test_who_begins_on_a_friday_hears_nothing_of_the_days_before(app, project):
    tell(project)
    clock.set(date(2026, 3, 6))
    follow(rhythm=Rhythm.WEEKLY)
    clock.set(MONDAY)
    jobs.tell_week()
    assert waiting() == []


def test_who_hears_weekly_hears_nothing_at_once(app, project):
    follow(rhythm=Rhythm.WEEKLY)
    tell(project)
    journal.deliver()
    assert waiting() == []


def test_a_server_that_was_off_on_monday_tells_on_tuesday(app, project):
    follow(rhythm=Rhythm.WEEKLY)
    tell(project)
    clock.set(MONDAY + timedelta(days=1))
    jobs.tell_week()
    assert len(waiting()) == 1


def test_after_three_refusals_nothing_more_is_sent(app, project, mailbox, monkeypatch):
    follower = follow()
    monkeypatch.setattr(type(mailbox), "handle_RCPT", _refuse, raising=False)
    for number in range(4):
        tell(project, f"Fest {number}")
        deliver()
    db.session.refresh(follower)
    assert (follower.bounced, follower.ended_at is not None) == (3, True)
    letters = db.session.scalars(sa.select(Letter).where(Letter.key.like("secret:follow%"))).all()
    assert [(each.state, each.attempts, each.text) for each in letters] == [(LetterState.FAILED, 1, "")] * 3


async def _refuse(self, server, session, envelope, address, options):
    return "550 No such mailbox"


def test_who_was_refused_and_confirms_again_hears_again(app, project, visit):
    follower = follow()
    for _ in range(3):
        with transaction():
            operations.count_refusal(follower)
    with transaction():
        operations.confirm(1)
    tell(project)
    journal.deliver()
    assert len(waiting()) == 1


def test_a_refused_address_is_deleted_after_a_month(app):
    follower = follow()
    for _ in range(3):
        with transaction():
            operations.count_refusal(follower)
    clock.set(clock.now() + timedelta(days=31))
    with transaction():
        operations.forget_old()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Follower)) == 0


def test_letters_that_arrived_are_deleted_after_a_month(app, project, mailbox):
    follow()
    tell(project)
    deliver()
    clock.set(clock.now() + timedelta(days=31))
    with transaction():
        operations.forget_old()
    assert db.session.scalar(sa.select(sa.func.count()).where(Letter.key.like("secret:follow%"))) == 0


def test_a_title_that_runs_the_other_way_keeps_its_direction(app, make):
    project = make.project(status="active", title="Garten", language="de")
    follow(language="ar")
    tell(project, "46 Menschen")
    journal.deliver()
    letter, = waiting()
    assert letter.subject == "\u2068Garten\u2069: \u206846 Menschen\u2069"
