"""One question for everything that waits for a person; each file here knows what it adds, and for whom."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person, Role
from incubator.desk import (
    queries_carrier,
    queries_mentoring,
    queries_messages,
    queries_office,
    queries_partners,
    queries_selection,
    queries_team,
    queries_words,
)
from incubator.desk.waiting import Rows, by_kind, together
from incubator.dialogue.rules_signup import end_of
from incubator.foundation.standing import standing
from incubator.privacy.queries_photos import WARNED

OFFICE = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
HEARS_IDEAS = frozenset({Role.COORDINATOR, Role.MODERATOR})
TRANSLATES = frozenset({Role.COORDINATOR, Role.TRANSLATOR})
SIGNS_REPORTS = frozenset({Role.COORDINATOR, Role.MENTOR})


def waiting(person: Person, ids: Sequence[int], led: Sequence[int], today: date) -> Rows:
    """Return what waits for a person and in their projects, `led` those they lead, by kind."""
    roles, tonight = person.roles, end_of(today)
    assert tonight is not None
    return by_kind(_waiting(
        person.id, person.public_id, ids, led, today, today + WARNED, tonight,
        is_coordinator=Role.COORDINATOR in roles, is_office=bool(roles & OFFICE), hears_ideas=bool(roles & HEARS_IDEAS),
        translates=bool(roles & TRANSLATES), signs_reports=bool(roles & SIGNS_REPORTS)))


@standing
def _waiting(
    person_id: int, author: str, ids: Sequence[int], led: Sequence[int], today: date, warned: date, tonight: datetime,
    is_coordinator: bool, is_office: bool, hears_ideas: bool, translates: bool, signs_reports: bool,
) -> sa.Select[*tuple[Any, ...]]:
    asked = [
        *queries_team.asked(person_id, ids, led, today, warned, everyones=is_coordinator),
        *queries_mentoring.asked(person_id, ids),
        queries_carrier.asked(person_id, today, everyones=is_coordinator),
        *queries_partners.asked(person_id, led, today, everyones=is_coordinator),
        *queries_messages.asked(person_id, ids, is_coordinator=is_coordinator, is_office=is_office),
        queries_selection.asked(person_id),
    ]
    if translates:
        asked.append(queries_words.asked(author, is_coordinator=is_coordinator))
    if signs_reports:
        asked.append(queries_office.asked_signatures())
    if is_office:
        asked.append(queries_office.asked_round_changes(person_id))
    if hears_ideas:
        asked.append(queries_office.asked_workshops(tonight))
    return together(asked)
