"""Calendars to subscribe to: of the programme, of a project, of all workshops and of one."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue

from incubator.access import public
from incubator.follow import calendar, queries_calendar, queries_days
from incubator.follow.calendar import Addresses, Plan
from incubator.follow.calendar_days import Meeting
from incubator.follow.routes_feeds import as_file
from incubator.foundation import clock, language

bp = flask.Blueprint("calendar", __name__)


@bp.get("/calendar.ics")
@public
def programme() -> ResponseReturnValue:
    return _answer(queries_calendar.programme(language.current().code, clock.today()), "milestones")


@bp.get("/projects/<string:slug>/calendar.ics")
@public
def project(slug: str) -> ResponseReturnValue:
    return _answer(queries_calendar.project(slug, language.current().code), slug)


@bp.get("/workshops/calendar.ics")
@public
def workshops() -> ResponseReturnValue:
    meetings = queries_days.meetings(language.current().code, clock.today())
    return _answer(Plan(None, _newest(meetings), meetings=meetings), "workshops")


@bp.get("/workshops/<string:slug>/calendar.ics")
@public
def workshop(slug: str) -> ResponseReturnValue:
    meeting = queries_days.meeting(slug, language.current().code)
    return _answer(Plan(meeting.title, _newest([meeting]), meetings=(meeting,)) if meeting else None, slug)


def _newest(meetings: Sequence[Meeting]) -> datetime:
    return max((each.changed_at for each in meetings), default=queries_days.BEGINNING)


def _answer(plan: Plan | None, file_name: str) -> flask.Response:
    if plan is None:
        flask.abort(404)
    config, here = flask.current_app.config, language.current()
    base, site = config["BASE_URL"], config["SITE_NAME"]
    at = Addresses(
        urlsplit(base).hostname or site,
        project=lambda slug: base + flask.url_for("progress.project", slug=slug),
        workshop=lambda slug: base + flask.url_for("voices.workshop", slug=slug),
        round=lambda slug: base + flask.url_for("progress.round", slug=slug),
    )
    spoken = {code for each in plan.meetings for code in each.languages}
    content = calendar.write(
        plan, name=f"{plan.name} – {site}" if plan.name else site, language=here, at=at,
        languages={code: language.name_of(code, here.babel) for code in spoken},
    )
    answer = as_file(content, calendar.TYPE, plan.changed_at.replace(microsecond=0))
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return answer
