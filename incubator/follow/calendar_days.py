"""Workshops and the days of a round as calendar events; moments are in UTC, which every calendar understands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from incubator.foundation.directions import apart
from incubator.foundation.language import current
from incubator.foundation.later import later
from incubator.wording.notes import note
from incubator.wording.queries import Passage

icalendar = later("icalendar")
ROUND_DAYS = (
    ("ideas_until", _l("Last day for ideas")),
    ("proposals_until", _l("Last day for proposals")),
    ("panel_on", _l("The panel meets")),
    ("committee_on", _l("The committee deliberates")),
    ("council_on", _l("The council decides")),
    ("notices_on", _l("Notices to the projects")),
    ("reports_due_on", _l("Last day for final reports")),
)


@dataclass(frozen=True)
class Meeting:
    """A workshop in a calendar; `revision` counts what was changed."""

    slug: str
    id: int
    title: Passage
    text: Passage
    place: str
    starts_at: datetime
    ends_at: datetime
    languages: tuple[str, ...]
    has_interpreters: bool
    has_childcare: bool
    is_step_free: bool
    is_cancelled: bool
    revision: int
    changed_at: datetime


@dataclass(frozen=True)
class RoundDay:
    """A public date of a round; `key` names which."""

    round_id: int
    slug: str
    round: str
    key: str
    label: str
    on: date
    revision: int
    changed_at: datetime


def meeting_event(meeting: Meeting, host: str, url: str, names: dict[str, str]) -> Any:
    """Make an event of a workshop; `names` are languages in the reader's own words."""
    event = _event(f"workshop-{meeting.id}@{host}", meeting, url)
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", _workshop(meeting), parameters={"LANGUAGE": meeting.title.language})
    told = (_told(meeting, names), meeting.text.text.strip(), note(meeting.text, current()))
    event.add("description", "\n\n".join(part for part in told if part))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.is_cancelled else "OPAQUE")
    event.add("categories", [_("Workshops")])
    return event


def round_event(day: RoundDay, host: str, url: str) -> Any:
    event = _event(f"round-{day.round_id}-{day.key.replace('_', '-')}@{host}", day, url)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", f"{apart(day.round, current())}: {day.label}")
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [day.round])
    return event


def _event(uid: str, told: Meeting | RoundDay, url: str) -> Any:
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", told.changed_at.astimezone(UTC))
    event.add("last-modified", told.changed_at.astimezone(UTC))
    event.add("sequence", told.revision)
    event.add("url", url)
    return event


def _workshop(meeting: Meeting) -> str:
    return _("Workshop: %(title)s", title=apart(meeting.title.text, current()))


def _told(meeting: Meeting, names: dict[str, str]) -> str:
    """Say in words what helps people to come."""
    said = [_("This workshop does not take place.")] if meeting.is_cancelled else []
    if meeting.languages:
        spoken = current().comma.join(names.get(code, code) for code in meeting.languages)
        said.append(_("Languages: %(languages)s.", languages=spoken))
    if meeting.has_interpreters:
        said.append(_("Interpreters translate for you."))
    if meeting.has_childcare:
        said.append(_("There is childcare."))
    if meeting.is_step_free:
        said.append(_("The way in has no steps."))
    return "\n".join(said)
