"""Milestones, workshops and the days of a round as a calendar (RFC 5545) that phones subscribe to."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from incubator.follow.calendar_days import Meeting, RoundDay, meeting_event, round_event
from incubator.foundation.directions import apart
from incubator.foundation.language import Language, current
from incubator.foundation.later import later
from incubator.foundation.rendering import day
from incubator.wording.notes import note
from incubator.wording.queries import Passage

icalendar = later("icalendar")
TYPE = "text/calendar"
MAKER = "-//Incubator//Milestones//EN"
REFRESH = timedelta(hours=6)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Step:
    """A milestone in a calendar. It stands on `on`: the day it was reached, is expected, or is due.

    `revision` counts what was changed, so that calendars take the newer one; `changed_at` is when it was last told.
    """

    id: int
    slug: str
    project: Passage
    title: Passage
    description: Passage
    on: date
    due: date
    is_reached: bool
    is_cancelled: bool
    revision: int
    changed_at: datetime


@dataclass(frozen=True)
class Plan:
    """What a calendar holds; `name` is None in the programme's own."""

    name: Passage | None
    changed_at: datetime
    steps: tuple[Step, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    days: tuple[RoundDay, ...] = ()


@dataclass(frozen=True)
class Addresses:
    """The server's name, and where a project, a workshop and a round have their pages."""

    host: str
    project: Callable[[str], str]
    workshop: Callable[[str], str]
    round: Callable[[str], str]


def write(plan: Plan, *, name: str, language: Language, at: Addresses, languages: dict[str, str]) -> bytes:
    """Write the calendar; `languages` names languages in the reader's own words."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, " ".join(plain(name).split()), parameters={"LANGUAGE": language.html})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for step in plan.steps:
        calendar.add_component(_event(step, at.host, at.project(step.slug)))
    for meeting in map(_clean, plan.meetings):
        calendar.add_component(meeting_event(meeting, at.host, at.workshop(meeting.slug), languages))
    for day_ in plan.days:
        calendar.add_component(round_event(replace(day_, round=plain(day_.round)), at.host, at.round(day_.slug)))
    written: bytes = calendar.to_ical()
    return written


def _clean(meeting: Meeting) -> Meeting:
    title, text = (replace(each, text=plain(each.text)) for each in (meeting.title, meeting.text))
    return replace(meeting, title=title, text=text, place=plain(meeting.place))


def _event(step: Step, host: str, url: str) -> Any:
    event = icalendar.Event()
    event.add("uid", f"milestone-{step.id}@{host}")
    event.add("dtstamp", step.changed_at)
    event.add("last-modified", step.changed_at)
    event.add("sequence", step.revision)
    event.add("dtstart", step.on)
    event.add("dtend", step.on + timedelta(days=1))
    event.add("summary", plain(_summary(step)), parameters={"LANGUAGE": step.title.language})
    event.add("description", plain(_told(step)))
    event.add("url", url)
    event.add("status", "CANCELLED" if step.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [plain(step.project.text)])
    return event


def _summary(step: Step) -> str:
    project, milestone = (apart(each.text, current()) for each in (step.project, step.title))
    return _("%(project)s: %(milestone)s", project=project, milestone=milestone)


def _told(step: Step) -> str:
    """Say in words what a day alone does not, then what the milestone is about."""
    said = []
    if step.is_cancelled:
        said.append(_("This milestone was cancelled."))
    elif step.is_reached:
        said.append(_("Reached. It was due on %(day)s.", day=day(step.due)))
    elif step.on != step.due:
        said.append(_("Now expected on this day. It was due on %(day)s.", day=day(step.due)))
    said += [step.description.text.strip(), note(step.description, current())]
    return "\n\n".join(each for each in said if each)


def plain(text: str) -> str:
    """Take away the signs that would break a line of the calendar."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n"))
