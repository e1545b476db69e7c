"""What has happened, in plain sentences."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from incubator.foundation import clock
from incubator.projects import rules_history
from incubator.projects.lifecycle import Action

NAMES = {"a": "Amal", "b": "Benno"}


def entry(action, actor="a", /, **data):
    return SimpleNamespace(id=1, at=clock.now(), action=action, actor=actor, data=data)


def told(*entries, reasons=None):
    return [(str(line.sentence), line.who, line.times) for line in
            rules_history.lines(entries, NAMES, reasons or {})]


def test_every_step_has_a_sentence():
    assert set(rules_history.MOVED) == set(Action)


def test_a_step_is_told_with_who_took_it():
    assert told(entry("project.moved", action="start")) == [("The project started.", "Amal", 1)]


def test_the_calendar_has_no_name():
    assert told(entry("project.moved", None, action="lapse"))[0][1] is None


def test_who_joined_is_named():
    assert told(entry("project.joined", person="b", kind="member")) == [("Benno joined the team.", "Amal", 1)]


def test_somebody_who_was_erased_leaves_a_dash():
    assert told(entry("project.joined", person="gone", kind="lead"))[0][0] == "– leads the project."


def test_what_one_did_seven_times_is_told_once():
    assert told(*[entry("milestone.planned")] * 7) == [("A milestone was planned.", "Amal", 7)]


def test_what_two_did_is_told_twice():
    assert len(told(entry("milestone.planned"), entry("milestone.planned", "b"))) == 2


def test_unknown_things_are_left_out():
    assert told(entry("project.edited"), entry("weather.changed")) == []


def test_a_reason_stands_beside_its_step():
    reason = SimpleNamespace(text="Pause", language="de")
    line = rules_history.lines([entry("project.moved", action="suspend")], NAMES, {1: reason})[0]
    assert (line.reason, line.language) == ("Pause", "de")


def test_before_and_after_midnight_in_the_city_are_two_days():
    evening = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    first, second = entry("milestone.planned"), entry("milestone.planned")
    first.at, second.at = evening, evening + timedelta(hours=1)
    assert len(told(first, second)) == 2
