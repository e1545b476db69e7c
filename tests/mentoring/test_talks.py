"""Planning talks: when, where, and what becomes of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.mentoring import operations, operations_talks, rules_talks
from incubator.mentoring.models import Session, SessionMode
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from tests.mentoring import rows

NEXT_WEEK = datetime(2026, 3, 9, 17, 0, tzinfo=clock.CITY)
TALK = {"starts_at": NEXT_WEEK, "minutes": 60, "mode": "on_site", "kind": "accompaniment", "place": "Rathaus"}


def plan(project, **fields):
    with transaction():
        return operations_talks.plan(project, project.mentors[0], **(TALK | fields))


def change(talk, **fields):
    with transaction():
        operations_talks.change(talk, talk.project.leads[0], **(TALK | fields))


def test_a_talk_is_planned_moved_and_called_off(any_database, make):
    talk = plan(make.project("mentoring"))
    assert (talk.sequence, talk.state) == (0, TalkState.PLANNED)
    change(talk, starts_at=NEXT_WEEK + timedelta(days=1))
    assert talk.sequence == 1
    with transaction():
        operations_talks.cancel(talk, talk.project.leads[0])
    assert (talk.sequence, talk.state) == (2, TalkState.CANCELLED)


def test_saving_without_a_change_tells_nobody(make):
    talk = plan(make.project("mentoring"))
    change(talk)
    assert talk.sequence == 0
    assert Entry.query.filter_by(action="talk.changed").count() == 0


def test_an_older_form_does_not_win(make):
    talk = plan(make.project("mentoring"))
    with pytest.raises(Stale):
        change(talk, version=talk.version - 1, place="Café")


@pytest.mark.parametrize(("moment", "field"), [
    (datetime(2026, 2, 28, 10, tzinfo=clock.CITY), "on"), (datetime(2026, 3, 1, 11, tzinfo=clock.CITY), "at"),
    (datetime(2027, 3, 3, 10, tzinfo=clock.CITY), "on"), (datetime(2026, 3, 29, 2, 30, tzinfo=clock.CITY), "at"),
])
def test_a_talk_lies_ahead_within_a_year_at_an_hour_that_exists(make, moment, field):
    with pytest.raises(RuleBroken) as broken:
        plan(make.project("mentoring"), starts_at=moment)
    assert broken.value.field == field


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_every_hour_but_one_a_year_exists(naive):
    is_lost = (naive.hour == 2 and (naive.month, naive.day) in {(3, 29)} and naive.year == 2026) \
        or (naive.hour == 2 and (naive.month, naive.day) == (3, 28) and naive.year == 2027)
    assert rules_talks.exists(naive.replace(tzinfo=clock.CITY)) == (not is_lost)


@pytest.mark.parametrize("mode", [SessionMode.ON_SITE, SessionMode.VIDEO])
def test_people_must_know_where_to_go(make, mode):
    with pytest.raises(RuleBroken) as broken:
        plan(make.project("mentoring"), mode=mode, place="")
    assert broken.value.field == "place"


def test_nobody_needs_a_place_for_the_phone(make):
    assert plan(make.project("mentoring"), mode="phone", place="").state is TalkState.PLANNED


def test_before_the_admission_nothing_is_planned(make):
    with pytest.raises(RuleBroken, match="admission"):
        plan(make.project("submitted", mentor=make.person("mentor")))


def test_a_calendar_is_not_flooded(make):
    project = make.project("mentoring")
    for day in range(rules_talks.MOST_PLANNED):
        plan(project, starts_at=NEXT_WEEK + timedelta(days=day))
    with pytest.raises(RuleBroken, match="already"):
        plan(project)


def test_the_form_of_a_talk_that_took_place_is_filled_in_and_marks_it(make, visit):
    project = make.project("mentoring")
    talk = rows.talk(project, clock.now() - timedelta(days=1), minutes=45, mode=SessionMode.VIDEO)
    browser = visit(project.mentors[0])
    page = browser.get(f"/de/desk/projects/{project.id}/mentoring")
    assert f"/de/desk/talks/{talk.id}/log" in page.text
    answer = browser.fill(f"/de/desk/talks/{talk.id}/log", shared_notes="Alles besprochen.")
    assert answer.status == 303
    session = Session.query.one()
    assert (session.held_on, session.minutes, session.mode) == (date(2026, 2, 28), 45, SessionMode.VIDEO)
    assert (talk.state, talk.session_id) == (TalkState.HELD, session.id)


def test_a_talk_is_written_down_once(make):
    project = make.project("mentoring")
    talk = rows.talk(project, clock.now() - timedelta(days=1))
    known = {"held_on": clock.today(), "minutes": 60, "mode": "phone", "kind": "accompaniment", "talk": talk}
    with transaction():
        operations.log_session(project, project.mentors[0], **known)
    with pytest.raises(RuleBroken, match="already"), transaction():
        operations.log_session(project, project.mentors[0], **known)


def test_what_is_still_to_come_is_not_written_down(make):
    project = make.project("mentoring")
    with pytest.raises(RuleBroken), transaction():
        operations.log_session(project, project.mentors[0], held_on=clock.today(), minutes=60, mode="phone",
                               kind="accompaniment", talk=rows.talk(project))


def test_the_team_plans_on_the_page_in_local_time(make, visit):
    project = make.project("mentoring")
    answer = visit(project.leads[0]).fill(
        f"/de/desk/projects/{project.id}/talks/plan", on="2026-03-30", at="17:00", place="Café am Markt")
    assert answer.status == 303
    assert PlannedTalk.query.one().starts_at == datetime(2026, 3, 30, 15, 0, tzinfo=UTC)


def test_a_talk_is_moved_and_called_off_on_its_pages(make, visit):
    project = make.project("mentoring")
    talk, browser = rows.talk(project), visit(project.leads[0])
    browser.fill(f"/de/desk/talks/{talk.id}", at="09:30")
    assert talk.starts_at.astimezone(clock.CITY).hour == 9
    browser.fill(f"/de/desk/talks/{talk.id}/cancel")
    assert talk.state is TalkState.CANCELLED
    assert browser.get(f"/de/desk/talks/{talk.id}").soup.select("main form[method=post]") == []


def test_a_link_can_be_pressed_and_nothing_else_becomes_one(make, visit):
    project = make.project("mentoring")
    rows.talk(project, place="https://video.example/raum")
    rows.talk(project, place="javascript:alert(7)")
    links = visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/mentoring").soup.select("main a[rel]")
    assert [link["href"] for link in links] == ["https://video.example/raum"]
