"""Ask for a translation into the official language, write it, and hand it in."""

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.projects import queries_translation as queries
from incubator.projects import rules_translation as rules
from incubator.projects.models import Project
from incubator.wording.models import Origin, Translation
from incubator.wording.operations import translate


def ask_translation(project: Project, by, due_on: date | None = None) -> Project:
    """Ask for a translation until a day (default: the round's number of days); again once the last has arrived."""
    hold(project)
    today = clock.today()
    due_on = due_on or today + timedelta(days=project.round.translation_due_days)
    rules.demand_may_ask(project, due_on, today)
    project.received_on = rules.first_receipt(project)
    project.translation_asked_on, project.translation_due_on, project.translation_received_on = today, due_on, None
    record("translation.asked", by, project, due_on=due_on, language=project.round.official_language)
    return project


def take_back_translation(project: Project, by) -> Project:
    """Need no translation any more; one that had arrived before stands again as it came."""
    hold(project)
    rules.demand_awaited(project)
    asked_on, due_on, arrived_on = queries.last_arrived(project.id) or (None, None, None)
    project.translation_asked_on, project.translation_due_on = asked_on, due_on
    project.translation_received_on = arrived_on
    record("translation.taken_back", by, project, language=project.round.official_language)
    return project


def save_translation(project: Project, by, version: int | None, texts: Mapping[str, str]) -> Project:
    """Keep what is translated so far; nothing must be complete."""
    hold(project)
    seen(project, version, {each.field: each.text for each in queries.pieces(project)})
    rules.demand_may_write(project)
    _keep(project, texts)
    record("translation.saved", by, project, language=project.round.official_language)
    return project


def hand_in_translation(project: Project, by, version: int | None, texts: Mapping[str, str]) -> Project:
    """Hand the whole translation in; whether it comes in time decides which day counts as the day of receipt."""
    save_translation(project, by, version, texts)
    rules.demand_complete(queries.pieces(project))
    if project.translation_received_on is None:
        arrive(project, by)
    return project


def arrive(project: Project, by) -> None:
    """Note that the official words are there today, as a translation or because the proposal itself now has them."""
    first, due_on, today = rules.first_receipt(project), project.translation_due_on, clock.today()
    assert first is not None and due_on is not None, "a translation is asked for after the first receipt, with a day"
    project.translation_received_on = today
    project.received_on = rules.day_of_receipt(first, due_on, today)
    record("translation.received", by, project, received_on=project.received_on, in_time=today <= due_on)


def _keep(project: Project, texts: Mapping[str, str]) -> None:
    """Store texts beside their originals; one that was emptied goes. The version of the project tells of both."""
    language = project.round.official_language
    for piece in queries.pieces(project):
        text = (texts.get(piece.field) or "").strip()
        if text and (text != piece.text or piece.is_stale):
            translate(queries.OWNER, project.id, piece.field, language, text, of=piece.original, origin=Origin.AUTHOR)
        elif piece.text and not text:
            db.session.execute(sa.delete(Translation).where(
                Translation.owner_type == queries.OWNER, Translation.owner_id == project.id,
                Translation.field == piece.field, Translation.language == language))
    flag_modified(project, "title")
    db.session.flush()
