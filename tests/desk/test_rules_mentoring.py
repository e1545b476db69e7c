"""What waits between a team and its mentor, from facts alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from incubator.desk import rules
from incubator.desk.facts import Facts, Urgency
from incubator.desk.facts_mentoring import AgreementFact, MentoringFacts, StepFact, TalkFact
from incubator.mentoring.models import SessionKind
from tests.desk.test_rules import LEAD, MENTOR, TODAY, project

ME = 5


def talk(days, **fields):
    starts = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=days)
    known = {"id": 9, "project_id": 1, "kind": SessionKind.ACCOMPANIMENT, "is_over": days < 0, "project_title": "Küche",
             "language": "de"}
    return TalkFact(**(known | {"starts_at": starts} | fields))


def tasks(status, kinds, last_talk=TODAY, since=datetime(2026, 2, 20, tzinfo=UTC), **mentoring):
    known = Facts(person_id=ME, today=TODAY,
                  projects=(project(status, kinds=kinds, mentor_since=date(2026, 1, 1), status_since=since),),
                  last_talks={1: last_talk} if last_talk else {}, mentoring=MentoringFacts(**mentoring))
    mine = ("mentoring.",)
    return [task for task in rules.tasks(known) if task.endpoint.startswith(mine)]


def endpoints(*args, **known):
    return [task.endpoint for task in tasks(*args, **known)]


def agreement(*signed, mentor=ME):
    return {3: AgreementFact(3, 1, mentor, frozenset(signed))}


def test_the_mentor_writes_down_a_talk_that_took_place():
    assert endpoints("active", MENTOR, talks=(talk(-1),)) == ["mentoring.log_talk"]
    assert endpoints("active", MENTOR, talks=(talk(1),)) == []
    assert endpoints("active", LEAD, talks=(talk(-1),)) == []


def test_a_planned_talk_is_no_silence():
    long_ago = TODAY - timedelta(days=40)
    assert endpoints("active", MENTOR, last_talk=long_ago) == ["mentoring.log"]
    assert endpoints("active", MENTOR, last_talk=long_ago, talks=(talk(3),)) == []


@pytest.mark.parametrize(("kinds", "role"), [(LEAD, "lead"), (MENTOR, "mentor")])
def test_each_side_is_asked_to_sign_until_it_has(kinds, role):
    assert endpoints("active", kinds, agreements=agreement()) == ["mentoring.agreement"]
    assert endpoints("active", kinds, agreements=agreement(role)) == []


def test_nobody_signs_for_another_mentor():
    assert endpoints("active", MENTOR, agreements=agreement(mentor=77)) == []


def test_an_agreement_is_offered_after_the_first_talk_and_while_the_budget_is_made():
    assert endpoints("mentoring", MENTOR) == ["mentoring.write_agreement"]
    assert endpoints("mentoring", MENTOR, last_talk=None) == ["mentoring.log"]
    assert endpoints("active", MENTOR) == []
    assert endpoints("mentoring", MENTOR, agreements=agreement("mentor")) == []


@pytest.mark.parametrize(("days", "urgency"), [(-1, Urgency.LATE), (3, Urgency.SOON), (10, Urgency.LATER)])
def test_who_owns_a_step_sees_it_when_it_comes_near(days, urgency):
    step = StepFact(4, 1, "Raum suchen", TODAY + timedelta(days=days), "Küche", "de")
    found = tasks("active", LEAD, steps=(step,))
    assert [(task.urgency, task.about) for task in found] == [(urgency, "Raum suchen")]


def test_a_step_far_away_does_not_fill_the_desk():
    assert endpoints("active", LEAD, steps=(StepFact(4, 1, "x", TODAY + timedelta(days=15), "Küche", "de"),)) == []


@pytest.mark.parametrize(("status", "endpoint"), [("reporting", "mentoring.plan_talk"), ("completed", "mentoring.log")])
def test_a_mentoring_ends_with_a_talk(status, endpoint):
    assert endpoints(status, MENTOR) == [endpoint]
    assert endpoints(status, MENTOR, closed=frozenset({1})) == []
    assert endpoints(status, LEAD) == []


def test_what_can_be_done_without_is_not_asked_for_ever():
    assert endpoints("completed", MENTOR, since=datetime(2026, 2, 1, tzinfo=UTC)) == []
    assert endpoints("mentoring", MENTOR, last_talk=TODAY - timedelta(days=22)) == []
