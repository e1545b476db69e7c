"""Invitations that calendars read: one for each person, true over the change to summer time."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters import operations as letters
from incubator.letters.models import Letter
from incubator.mentoring import jobs_talks, operations, operations_talks
from incubator.mentoring.calendar import invitation
from incubator.mentoring.models import AgreedStep
from incubator.projects import operations_team, queries
from incubator.projects.models import Part
from tests.mentoring import rows


def plan(project, starts_at=None, **fields):
    known = {"starts_at": starts_at or clock.now() + timedelta(days=7), "minutes": 90, "mode": "on_site",
             "kind": "accompaniment", "place": "Rathaus; Zimmer 7, links"}
    with transaction():
        return operations_talks.plan(project, project.mentors[0], **(known | fields))


def event_of(calendar):
    return Calendar.from_ical(calendar).walk("VEVENT")[0]


def told(template):
    db.session.rollback()
    found = sa.select(Letter).where(Letter.key.contains(f":{template}:")).order_by(Letter.person_id)
    return db.session.scalars(found).all()


def test_everybody_of_the_project_is_invited_alone(make):
    project = make.project("mentoring", members=(make.person(),))
    talk = plan(project)
    journal.deliver()
    invited = told("talk_planned")
    assert [each.person_id for each in invited] == sorted(
        person.id for person in (*project.team, *project.mentors))
    for letter in invited:
        event = event_of(letter.calendar)
        assert event["ATTENDEE"] == f"mailto:{letter.address}"
        assert letter.calendar.count("ATTENDEE") == 1
        assert event["UID"] == f"talk-{talk.id}@localhost"
        assert event["LOCATION"] == "Rathaus; Zimmer 7, links"
    others = {person.mail for person in project.team} - {invited[0].address}
    assert not any(mail in invited[0].calendar for mail in others)


@pytest.mark.parametrize(("day", "hour"), [(27, 9), (30, 8)])
def test_ten_in_the_morning_is_ten_in_winter_and_in_summer(make, day, hour):
    project = make.project("mentoring")
    talk = plan(project, datetime(2026, 3, day, 10, tzinfo=clock.CITY))
    event = event_of(invitation(talk, project.leads[0], now=clock.now()))
    assert event["DTSTART"].dt == datetime(2026, 3, day, hour, tzinfo=UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    assert event["DTSTART"].dt.astimezone(clock.CITY).hour == 10


def test_a_talk_over_the_lost_hour_lasts_as_long_as_it_lasts(make):
    talk = plan(make.project("mentoring"), datetime(2026, 3, 29, 1, 30, tzinfo=clock.CITY))
    event = event_of(invitation(talk, talk.project.leads[0], now=clock.now()))
    assert event["DTEND"].dt.astimezone(clock.CITY).hour == 4


def test_a_change_replaces_and_a_cancellation_takes_away_what_stands_in_the_calendar(make):
    project = make.project("mentoring")
    talk = plan(project)
    journal.deliver()
    with transaction():
        operations_talks.change(talk, project.leads[0], starts_at=talk.starts_at, minutes=30, mode="phone",
                                kind="crisis")
    journal.deliver()
    with transaction():
        operations_talks.cancel(talk, project.leads[0])
    journal.deliver()
    kept = [told(name)[0].calendar for name in ("talk_planned", "talk_changed", "talk_cancelled")]
    calendars = [Calendar.from_ical(each) for each in kept]
    assert [each["METHOD"] for each in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [event_of(each) for each in kept]
    assert [each["SEQUENCE"] for each in events] == [0, 1, 2]
    assert len({each["UID"] for each in events}) == 1
    assert events[2]["STATUS"] == "CANCELLED"


def test_what_did_not_take_place_is_not_announced_any_more(make):
    project = make.project("mentoring")
    talk = rows.talk(project, clock.now() - timedelta(days=1))
    with transaction():
        operations_talks.cancel(talk, project.mentors[0])
    journal.deliver()
    assert told("talk_cancelled") == []


def test_the_mail_says_outside_what_the_calendar_says_inside(make, mailbox):
    lead = make.person("lead", language="ar", mail="amal@example.org")
    plan(make.project("mentoring", lead=lead, title="مطبخ الجيران"))
    journal.deliver()
    letters.post()
    mail = mailbox.to("amal@example.org")[0]
    assert mail.get_content_type() == "multipart/mixed"
    shapes, file = mail.get_payload()
    assert [each.get_content_type() for each in shapes.get_payload()] == ["text/plain", "text/html", "text/calendar"]
    part = shapes.get_payload()[2]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert part.get_content().replace("\r\n", "\n") == file.get_content().decode().replace("\r\n", "\n")
    assert "مطبخ الجيران" in str(event_of(file.get_content())["SUMMARY"])


def test_other_letters_stay_as_they_were(make, mailbox):
    project = make.project("mentoring")
    make.session(project, project.mentors[0])
    with transaction():
        letters.write(project.leads[0], "project_started", key="1:project_started", project=project)
    letters.post()
    assert mailbox.letters[0].get_content_type() == "multipart/alternative"


def test_who_leaves_loses_the_talk_and_who_begins_gets_it(make):
    project, new = make.project("mentoring"), make.person("mentor")
    plan(project)
    old = project.mentors[0]
    with transaction():
        asked = operations.end(rows.only_assignment(project), make.person("coordinator"), "Elternzeit", successor=new)
    with transaction():
        operations.accept(asked, new)
    journal.deliver()
    assert [(each.person_id, Calendar.from_ical(each.calendar)["METHOD"]) for each in told("talk_left")] == [
        (old.id, "CANCEL")]
    assert new.id in {each.person_id for each in told("talk_planned")}


def test_the_day_before_everybody_is_reminded_once(any_database, make):
    project = make.project("mentoring")
    rows.talk(project, clock.now() + timedelta(days=5))
    for day in range(7):
        clock.set(datetime(2026, 3, 1, 12, tzinfo=clock.CITY) + timedelta(days=day))
        jobs_talks.remind_of_talks()
        jobs_talks.remind_of_talks()
        db.session.rollback()
        found = db.session.scalars(sa.select(Letter.person_id).where(Letter.key.startswith("talk:"))).all()
        assert len(found) == (2 if day >= 4 else 0), day


def test_who_planned_it_today_for_tomorrow_knows_it(make):
    rows.talk(make.project("mentoring"), clock.now() + timedelta(days=1), planned_at=clock.now())
    jobs_talks.remind_of_talks()
    assert Letter.query.count() == 0


def test_nobody_is_reminded_for_a_project_that_has_ended(make):
    talk = rows.talk(make.project("mentoring"), clock.now() + timedelta(days=1))
    session, lead = make.session(talk.project, talk.project.mentors[0]), talk.project.leads[0]
    with transaction():
        db.session.add(AgreedStep(session=session, what="Raum suchen", who=lead.name, owner_id=lead.id,
                                  due_on=clock.today()))
        talk.project.status = "withdrawn"
    jobs_talks.remind_of_talks()
    jobs_talks.remind_of_steps()
    assert Letter.query.count() == 0


def method(letter):
    return Calendar.from_ical(letter.calendar)["METHOD"]


def test_who_joins_the_team_gets_what_is_still_to_come(make):
    project, new = make.project("mentoring"), make.person()
    plan(project)
    rows.talk(project, clock.now() - timedelta(days=1))
    journal.deliver()
    with transaction():
        operations_team.add_member(project, project.leads[0], new)
    journal.deliver()
    [letter] = [each for each in told("talk_planned") if each.person_id == new.id]
    assert method(letter) == "REQUEST"


def test_who_leaves_the_team_loses_the_talk_and_gets_it_again_on_coming_back(make):
    member = make.person()
    project = make.project("mentoring", members=(member,))
    plan(project)
    with transaction():
        operations_team.remove_member(queries.place(project.id, member.id, Part.MEMBER), project.leads[0])
    journal.deliver()
    [letter] = told("talk_left_team")
    assert (letter.person_id, method(letter)) == (member.id, "CANCEL")
    with transaction():
        operations_team.add_member(project, project.leads[0], member)
    journal.deliver()
    assert [each.person_id for each in told("talk_planned")].count(member.id) == 1, "and none from the planning itself"


def test_who_hands_the_lead_over_keeps_the_talk_and_gets_no_letter(make):
    member = make.person()
    project = make.project("mentoring", members=(member,))
    plan(project)
    journal.deliver()
    before = len(told("talk_planned"))
    with transaction():
        operations_team.hand_over(queries.place(project.id, member.id, Part.MEMBER), project.leads[0])
    journal.deliver()
    assert (len(told("talk_planned")), told("talk_left_team")) == (before, [])


def test_a_deputy_is_not_asked_to_talks(make):
    project = make.project("mentoring")
    plan(project)
    with transaction():
        operations_team.enter(project, make.person("mentor"), Part.DEPUTY, make.person("coordinator"))
    journal.deliver()
    assert len(told("talk_planned")) == 2
