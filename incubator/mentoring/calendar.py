"""A talk as an invitation for one person's calendar (RFC 5545, RFC 5546)."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _

from incubator.foundation.language import in_language, named
from incubator.foundation.later import later
from incubator.mentoring.models_agreement import PlannedTalk

icalendar = later("icalendar")
MAKER = "-//Incubator//Talks//EN"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")


def invitation(talk: PlannedTalk, to: Any, *, now: datetime, is_off: bool = False) -> str:
    """Write the invitation for one person in their language, or take it back.

    It names nobody but the recipient: other people's addresses are not theirs to know. The city's mail address is the
    organiser, and no answer is asked for. Times are written in UTC, so no calendar can be wrong about summer time.
    """
    config = current_app.config
    with in_language(named(to.language).code):
        event = _event(talk, config["BASE_URL"], named(to.language).code)
        event.add("dtstamp", now)
        event.add("status", "CANCELLED" if is_off else "CONFIRMED")
        event.add("organizer", _address(config["MAIL_FROM"], CN=_("City of %(name)s", name=config["CITY_NAME"])),
                  encode=False)
    who = {"CN": _plain(to.name).replace('"', ""), "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"}
    event.add("attendee", _address(to.mail, RSVP="FALSE", **who), encode=False)
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if is_off else "REQUEST")
    calendar.add_component(event)
    written: str = calendar.to_ical().decode()
    return written


def _event(talk: PlannedTalk, base_url: str, code: str) -> Any:
    page = f"{base_url}/{code}/desk/projects/{talk.project_id}/mentoring"
    event = icalendar.Event()
    event.add("uid", f"talk-{talk.id}@{urlsplit(base_url).hostname or 'localhost'}")
    event.add("sequence", talk.sequence)
    event.add("dtstart", talk.starts_at)
    event.add("dtend", talk.starts_at + timedelta(minutes=talk.minutes))
    event.add("summary", _plain(f"{talk.kind.label}: {talk.project.title}"))
    event.add("description", _plain("\n\n".join(part for part in (talk.words, page) if part)))
    event.add("location", _plain(talk.place or str(talk.mode.label)))
    event.add("url", page)
    return event


def _address(mail: str, **parameters: str) -> Any:
    address = icalendar.vCalAddress(f"mailto:{mail}")
    for name, value in parameters.items():
        address.params[name] = value
    return address


def _plain(text: str) -> str:
    """Take away the signs that would break a line of the calendar."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n"))
