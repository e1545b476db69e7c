"""Workshops and the days of a round in calendars: an icalendar reader finds them, at the right hour."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import record

SECRET = "Geheimnis"
ONE, EVERY, PROGRAMME = "/de/workshops/wohnen/calendar.ics", "/de/workshops/calendar.ics", "/de/calendar.ics"
STARTS = datetime(2026, 4, 11, 14, 30, tzinfo=clock.CITY)


@pytest.fixture
def workshop(make):
    return make.workshop(state="planned", slug="wohnen", title="Gut wohnen", starts_at=STARTS, has_interpreters=True)


def _events(visit, path, kind):
    answer = visit().get(path)
    assert answer.status == 200
    return [each for each in Calendar.from_ical(answer.data).walk("VEVENT") if each["uid"].startswith(kind)]


def _workshop(visit, path=ONE):
    (event,) = _events(visit, path, "workshop-")
    return event


@pytest.mark.parametrize("path", [ONE, EVERY, PROGRAMME])
def test_a_workshop_stands_at_its_hour(any_database, visit, workshop, path):
    event = _workshop(visit, path)
    assert event["dtstart"].dt == datetime(2026, 4, 11, 12, 30, tzinfo=UTC)  # summer time in the city
    assert event["dtend"].dt == datetime(2026, 4, 11, 15, 30, tzinfo=UTC)
    assert event["summary"].endswith(": Gut wohnen")
    assert (event["status"], event["transp"]) == ("CONFIRMED", "OPAQUE")
    assert event["url"] == "http://localhost/de/workshops/wohnen"
    assert event["uid"] == f"workshop-{workshop.id}@localhost"
    assert event["location"] == "Stadtteiltreff"


def test_a_workshop_in_winter_is_at_the_same_hour_of_the_city(visit, make):
    make.workshop(slug="wohnen", starts_at=datetime(2026, 1, 24, 14, 30, tzinfo=clock.CITY))
    assert _workshop(visit)["dtstart"].dt == datetime(2026, 1, 24, 13, 30, tzinfo=UTC)


def test_a_workshop_says_in_which_languages_and_with_whom(visit, workshop):
    told = _workshop(visit)["description"]
    assert "Deutsch, Arabisch" in told
    assert len(told.splitlines()) == 4  # languages, interpreters, an empty line, what it is about


def test_a_change_has_a_higher_number(visit, workshop):
    before = _workshop(visit)
    clock.set(date(2026, 3, 2))
    with transaction():
        workshop.place, workshop.changed_at = "Rathaus", clock.now()
    after = _workshop(visit)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt


def test_a_workshop_called_off_is_cancelled_in_calendars(visit, make):
    make.workshop(state="cancelled", slug="wohnen")
    event = _workshop(visit)
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")


@pytest.mark.parametrize("path", [EVERY, PROGRAMME])
def test_a_workshop_of_a_round_in_preparation_is_nowhere(visit, make, path):
    make.workshop(state="planned", slug="wohnen", title=SECRET, round=make.round(state="draft"))
    assert visit().get(ONE).status == 404
    assert _events(visit, path, "workshop-") == []


def test_an_unknown_workshop_has_no_calendar(visit, app):
    assert visit().get("/de/workshops/nirgends/calendar.ics").status == 404


def test_the_programme_has_the_days_of_the_round(any_database, visit, make):
    round = make.round(name="Runde Eins", slug="eins", council_on=date(2026, 4, 28), notices_on=date(2026, 5, 4))
    told = {event["uid"]: event for event in _events(visit, PROGRAMME, "round-")}
    council = told[f"round-{round.id}-council-on@localhost"]
    assert council["dtstart"].dt == date(2026, 4, 28) and council["dtstart"].params["VALUE"] == "DATE"
    assert council["summary"].startswith("Runde Eins: ")
    assert council["url"] == "http://localhost/de/rounds/eins"
    assert {uid.partition(f"round-{round.id}-")[2] for uid in told} == {
        "ideas-until@localhost", "proposals-until@localhost", "council-on@localhost", "notices-on@localhost",
        "reports-due-on@localhost",
    }


def test_a_moved_day_keeps_its_name_and_gets_a_higher_number(visit, make):
    round = make.round(council_on=date(2026, 4, 28))
    name = f"round-{round.id}-council-on@localhost"
    before = next(each for each in _events(visit, PROGRAMME, "round-") if each["uid"] == name)
    clock.set(date(2026, 3, 2))
    with transaction():
        round.council_on = date(2026, 5, 5)
        record("round.changed", None, round)
    after = next(each for each in _events(visit, PROGRAMME, "round-") if each["uid"] == name)
    assert after["dtstart"].dt == date(2026, 5, 5)
    assert after["sequence"] > before["sequence"]
    assert after["dtstamp"].dt == datetime(2026, 3, 2, 11, tzinfo=UTC)


def test_days_of_a_round_in_preparation_stay_inside(visit, make):
    make.round(state="draft", name=SECRET, council_on=date(2026, 4, 28))
    assert SECRET not in visit().get(PROGRAMME).text


def test_hostile_words_break_no_line(visit, make):
    make.workshop(slug="wohnen", title="A\r\nBEGIN:VALARM\x0b\u2028;", place="Saal\r\nX:1", text="B\r\nEND:VCALENDAR")
    event = _workshop(visit)
    assert event.subcomponents == []
    assert event["location"] == "Saal\nX:1"


def test_an_unchanged_calendar_is_not_sent_again(visit, workshop):
    mark = visit().get(ONE).headers["ETag"]
    assert visit().get(ONE, headers={"If-None-Match": mark}).status == 304
    with transaction():
        workshop.place, workshop.changed_at = "Rathaus", clock.now()
    assert visit().get(ONE, headers={"If-None-Match": mark}).status == 200


@pytest.mark.parametrize(("path", "at_most"), [(ONE, 2), (EVERY, 2)])
def test_a_calendar_of_workshops_asks_little(any_database, visit, make, queries, workshop, path, at_most):
    for _each in range(4):
        make.workshop()
    with queries(at_most=at_most):
        assert visit().get(path).status == 200
