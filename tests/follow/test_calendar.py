"""Milestones in a calendar: an icalendar reader finds what the page says, and nothing more."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.milestones import operations
from incubator.wording.models import Origin
from incubator.wording.operations import translate

SECRET = "Geheimnis"
PROJECT, PROGRAMME = "/de/projects/offen/calendar.ics", "/de/calendar.ics"


@pytest.fixture
def project(make):
    return make.project("active", slug="offen", title="Offene Küche")


def _events(visit, path=PROJECT):
    answer = visit().get(path)
    assert answer.status == 200
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    return [each for each in events if each["uid"].startswith("milestone-")]


def _event(visit, path=PROJECT):
    (event,) = _events(visit, path)
    return event


def test_a_milestone_is_an_all_day_event_on_the_day_it_is_due(visit, make, project):
    milestone = make.milestone(project, title="Erstes Essen", due_on=date(2026, 5, 1))
    event = _event(visit)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 5, 1), date(2026, 5, 2))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event["summary"], event["status"]) == ("Offene Küche: Erstes Essen", "CONFIRMED")
    assert event["uid"] == f"milestone-{milestone.id}@localhost"
    assert event["url"] == "http://localhost/de/projects/offen"


def test_a_forecast_moves_the_event_and_says_what_was_promised(visit, make, project):
    make.milestone(project, due_on=date(2026, 5, 1), forecast_on=date(2026, 6, 3))
    event = _event(visit)
    assert event["dtstart"].dt == date(2026, 6, 3)
    assert "01.05.2026" in event["description"]


def test_a_reached_milestone_stands_on_its_real_day(visit, make, project):
    make.milestone(project, status="accepted", actual_on=date(2026, 2, 20), due_on=date(2026, 5, 1))
    assert _event(visit)["dtstart"].dt == date(2026, 2, 20)


@pytest.mark.parametrize("status", ["reported", "returned"])
def test_the_reported_day_stays_inside_until_the_mentor_accepted(visit, make, project, status):
    make.milestone(project, status=status, actual_on=date(2026, 2, 3), due_on=date(2026, 5, 1),
                   evidence=SECRET, **({"return_reason": SECRET} if status == "returned" else {}))
    assert _event(visit)["dtstart"].dt == date(2026, 5, 1)
    assert SECRET not in visit().get(PROJECT).text


def test_a_cancelled_milestone_is_cancelled_and_keeps_its_reason_inside(visit, make, project):
    make.milestone(project, status="cancelled", cancel_reason=SECRET)
    assert _event(visit)["status"] == "CANCELLED"
    assert SECRET not in visit().get(PROJECT).text


def test_a_change_has_the_same_name_and_a_higher_number(visit, make, project):
    lead, milestone = project.leads[0], make.milestone(project, due_on=date(2026, 5, 1))
    before = _event(visit)
    with transaction():
        operations.forecast(milestone, lead, date(2026, 5, 20))
    after = _event(visit)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstamp"].dt > before["dtstamp"].dt


def test_a_calendar_speaks_the_language_of_its_address(visit, make, project):
    milestone = make.milestone(project, title="Erstes Essen")
    with transaction():
        translate("milestone", milestone.id, "title", "ar", "الوجبة الأولى", of="Erstes Essen", origin=Origin.AUTHOR)
    event = _event(visit, "/ar/projects/offen/calendar.ics")
    assert "الوجبة الأولى" in event["summary"]
    assert event["summary"].params["LANGUAGE"] == "ar"
    assert _event(visit)["summary"].params["LANGUAGE"] == "de"


def test_a_german_title_in_an_arabic_calendar_keeps_its_number_before_its_words(visit, make, project):
    make.milestone(project, title="5.000 Stück gedruckt")
    assert "\u20685.000 Stück gedruckt\u2069" in _event(visit, "/ar/projects/offen/calendar.ics")["summary"]
    assert "\u2068" not in _event(visit)["summary"]


def test_the_programme_has_the_milestones_of_every_public_project(visit, make, project):
    make.milestone(project, title="Hier")
    make.milestone(make.project("active", title="Zweites"), title="Dort")
    make.milestone(make.project("mentoring"), title=SECRET)
    told = {str(each["summary"]) for each in _events(visit, PROGRAMME)}
    assert told == {"Offene Küche: Hier", "Zweites: Dort"}


def test_the_programme_forgets_what_is_long_past(visit, make, project):
    make.milestone(project, due_on=date(2024, 5, 1))
    assert _events(visit, PROGRAMME) == []
    assert len(_events(visit)) == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "mentoring", "budget_review"])
def test_a_project_that_is_not_public_has_no_calendar(visit, make, status):
    make.project(status, slug="geheim")
    assert visit().get("/de/projects/geheim/calendar.ics").status == 404
    assert visit().get("/de/projects/nirgends/calendar.ics").status == 404


def test_hostile_words_break_no_line(visit, make, project):
    make.milestone(project, title="A\r\nBEGIN:VALARM\x0b\u2028; , \\ \x00" + "ö" * 100,
                   description="Erste\n\nZweite\r\nX:1")
    (event,) = _events(visit)
    assert event.subcomponents == []
    assert event["summary"].startswith("Offene Küche: A\nBEGIN:VALARM; , \\ ö")
    assert event["description"] == "Erste\n\nZweite\nX:1"
    assert all(len(line) <= 75 for line in visit().get(PROJECT).data.split(b"\r\n"))


@pytest.mark.parametrize("path", [PROJECT, PROGRAMME])
def test_the_answer_says_what_it_is_and_sets_no_cookie(visit, make, project, path):
    make.milestone(project)
    headers = visit().get(path).headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Language"] == "de"
    assert headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", [PROJECT, PROGRAMME])
def test_an_unchanged_calendar_is_not_sent_again(visit, make, project, path):
    milestone = make.milestone(project)
    mark = visit().get(path).headers["ETag"]
    again = visit().get(path, headers={"If-None-Match": mark})
    assert (again.status, again.data) == (304, b"")
    clock.set(date(2026, 3, 2))
    with transaction():
        operations.cancel(milestone, project.leads[0], "Fällt aus.")
    assert visit().get(path, headers={"If-None-Match": mark}).status == 200
    assert visit().get(path).headers["Last-Modified"] == "Mon, 02 Mar 2026 11:00:00 GMT"


def test_a_new_project_is_seen_also_by_those_who_ask_by_time(visit, make, project):
    make.milestone(project)
    before = visit().get(PROGRAMME).headers["Last-Modified"]
    with transaction():
        record("award.recorded", None, make.award(project))
    assert visit().get(PROGRAMME, headers={"If-Modified-Since": before}).status == 200


def test_moments_are_in_utc(visit, make, project):
    milestone = make.milestone(project)
    with transaction():
        operations.forecast(milestone, project.leads[0], date(2026, 5, 20))
    assert _event(visit)["dtstamp"].dt == datetime(2026, 3, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(("path", "at_most"), [(PROJECT, 5), (PROGRAMME, 7)])
def test_many_milestones_cost_no_more_questions(any_database, visit, make, queries, path, at_most):
    project = make.project("active", slug="offen")
    for _each in range(5):
        make.milestone(project)
        make.workshop()
    with queries(at_most=at_most):
        assert visit().get(path).status == 200
