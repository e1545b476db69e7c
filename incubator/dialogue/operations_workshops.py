"""Announce a workshop, change or cancel it, and say afterwards what came out."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue import queries, rules, rules_signup
from incubator.dialogue.models import Workshop, WorkshopKind, WorkshopState
from incubator.dialogue.operations_signup import move_up
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.slugs import slug_of
from incubator.journal import record
from incubator.programme.models import Round, Theme
from incubator.wording import operations as wording

FIELDS = ("kind", "title", "text", "language", "starts_at", "ends_at", "place", "district_id", "languages",
          "has_interpreters", "has_childcare", "is_step_free", "takes_signups", "places", "signups_until")


def announce(
    round: Round, by, *, kind: WorkshopKind, title: str, starts_at: datetime, ends_at: datetime,
    is_fictional: bool = False, **fields: Any,
) -> Workshop:
    """Say that a workshop will take place; everybody can read it. Its address stays what it is now."""
    rules.demand_open_round(round.state.value)
    workshop = Workshop(round=round, is_fictional=is_fictional, state=WorkshopState.PLANNED, changed_at=clock.now())
    with db.session.no_autoflush:
        _write(workshop, {"languages": ["de"], "kind": kind, "title": title, "starts_at": starts_at,
                          "ends_at": ends_at} | fields)
        workshop.slug = slug_of(workshop.title, queries.is_slug_taken)
        db.session.add(workshop)
    record("workshop.announced", by, workshop, round=round.id, kind=workshop.kind, starts_at=starts_at)
    return workshop


def change_workshop(workshop: Workshop, by, version: int | None = None, **fields: Any) -> Workshop:
    """Change what is given and leave the rest, while the workshop is still to come.

    Whoever signed up hears of another time or place; more places let those move up who wait.
    """
    hold(workshop)
    seen(workshop, version, rules.as_asked(workshop))
    rules.demand_planned(workshop)
    before = _when_and_where(workshop)
    with db.session.no_autoflush, wording.reworded("workshop", workshop, "title", "text", "language"):
        _write(workshop, fields)
    _touch(workshop)
    record("workshop.changed", by, workshop, starts_at=workshop.starts_at, moved=before != _when_and_where(workshop))
    move_up(workshop, by)
    return workshop


def _when_and_where(workshop: Workshop) -> tuple[datetime, datetime, str]:
    return workshop.starts_at, workshop.ends_at, workshop.place


def _write(workshop: Workshop, fields: dict[str, Any]) -> None:
    if "theme_ids" in fields:
        workshop.themes = [db.session.get_one(Theme, number) for number in fields.pop("theme_ids")]
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"workshops have no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(workshop, name, value)
    workshop.title = rules.line(workshop.title, "title", _l("Please write a title."), rules.LONGEST_WORKSHOP_TITLE)
    workshop.place = rules.line(workshop.place or "", "place")
    workshop.languages = rules.demand_languages(workshop.languages)
    rules.demand_order(workshop.starts_at, workshop.ends_at)
    rules_signup.demand_settings(workshop)


def cancel(workshop: Workshop, by, reason: str) -> None:
    """Call a workshop off; the summary then says why, for everybody."""
    hold(workshop)
    rules.demand_planned(workshop)
    workshop.summary = rules.demand_text(reason, "reason", _l("Please say why. Everybody can read it."))
    workshop.state = WorkshopState.CANCELLED
    _touch(workshop)
    record("workshop.cancelled", by, workshop)


def sum_up(
    workshop: Workshop, by, *, summary: str, participants: int | None = None, version: int | None = None
) -> None:
    """Say that the workshop took place and what came out; done again it corrects the words."""
    hold(workshop)
    seen(workshop, version, {"summary": workshop.summary, "participants": workshop.participants})
    rules.demand_held(workshop, clock.now())
    rules.demand_participants(participants)
    was_held = workshop.state is WorkshopState.HELD
    with wording.reworded("workshop", workshop, "summary"):
        workshop.summary = rules.demand_text(summary, "summary", _l("Please write in a few sentences what came out."))
    workshop.participants, workshop.state = participants, WorkshopState.HELD
    _touch(workshop)
    record("workshop.changed" if was_held else "workshop.held", by, workshop, participants=participants)


def _touch(workshop: Workshop) -> None:
    workshop.changed_at = clock.now()
