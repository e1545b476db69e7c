"""Plan talks, move them, and call them off."""

from datetime import datetime

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.mentoring import queries_talks as queries
from incubator.mentoring import rules_talks as rules
from incubator.mentoring.models import SessionKind, SessionMode
from incubator.mentoring.models_agreement import PlannedTalk, TalkState
from incubator.projects.models import Project

FIELDS = ("starts_at", "minutes", "mode", "kind", "place", "words")


def plan(
    project: Project, by, *, starts_at: datetime, minutes: int, mode: SessionMode, kind: SessionKind, place: str = "",
    words: str = "",
) -> PlannedTalk:
    """Plan a talk; the team and its mentors get an invitation for their calendars."""
    hold(project)
    rules.demand_planning(project.status, len(queries.planned(project.id)))
    rules.demand_moment(starts_at, minutes, clock.now())
    rules.demand_place(SessionMode(mode), place)
    talk = PlannedTalk(
        project=project, starts_at=starts_at, minutes=minutes, mode=SessionMode(mode), kind=SessionKind(kind),
        place=place, words=words, language=by.language, planned_by_id=by.id, planned_at=clock.now(),
    )
    db.session.add(talk)
    record("talk.planned", by, talk, minutes=minutes, kind=talk.kind)
    return talk


def change(
    talk: PlannedTalk, by, *, starts_at: datetime, minutes: int, mode: SessionMode, kind: SessionKind, place: str = "",
    words: str = "", version: int | None = None,
) -> None:
    """Move a talk or change what is said of it; calendars take the invitation with the higher sequence."""
    hold(talk.project)
    hold(talk)
    seen(talk, version, _shown(talk))
    rules.demand_planned(talk.state)
    rules.demand_planning(talk.project.status)
    rules.demand_moment(starts_at, minutes, clock.now())
    rules.demand_place(SessionMode(mode), place)
    new = {"starts_at": starts_at, "minutes": minutes, "mode": SessionMode(mode), "kind": SessionKind(kind),
           "place": place, "words": words}
    if all(getattr(talk, name) == new[name] for name in FIELDS):
        return
    for name in FIELDS:
        setattr(talk, name, new[name])
    talk.sequence += 1
    talk.planned_at = clock.now()
    record("talk.changed", by, talk, sequence=talk.sequence)


def _shown(talk: PlannedTalk) -> dict[str, object]:
    local = talk.starts_at.astimezone(clock.CITY)
    plain = {name: getattr(talk, name) for name in FIELDS if name != "starts_at"}
    return {"on": local.date(), "at": local.time(), **plain}


def cancel(talk: PlannedTalk, by) -> None:
    """Call a talk off, or note that it did not take place."""
    hold(talk.project)
    hold(talk)
    rules.demand_planned(talk.state)
    was_ahead = talk.starts_at > clock.now()
    talk.state = TalkState.CANCELLED
    talk.sequence += 1
    record("talk.cancelled", by, talk, was_ahead=was_ahead)
