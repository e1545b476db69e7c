"""Planned talks and agreements, complete and stored."""

from datetime import date, datetime, timedelta
from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.mentoring import queries, queries_agreements, rules_agreement
from incubator.mentoring.models import SessionKind, SessionMode
from incubator.mentoring.models_agreement import Agreement, PlannedTalk

WORDS = {
    "aim": "Das Team lernt, seinen Plan zu rechnen.", "rhythm": "Alle zwei Wochen", "starts_on": date(2026, 3, 1),
    "ends_on": date(2026, 12, 31), "spoken_language": "Deutsch", "confidentiality": "Alles bleibt unter uns.",
    "limits": "Keine Rechtsberatung.", "how_it_ends": "Mit einem Abschlussgespräch.",
}


def talk(project: Any, starts_at: datetime | None = None, **fields: Any) -> PlannedTalk:
    """A talk that was planned ten days ago for a week from now; `starts_at` may lie in the past."""
    now = clock.now()
    known = {"starts_at": starts_at or now + timedelta(days=7), "minutes": 60, "mode": SessionMode.ON_SITE,
             "kind": SessionKind.ACCOMPANIMENT, "place": "Rathaus, Zimmer 7", "words": "Der Plan", "language": "de",
             "planned_by_id": project.leads[0].id, "planned_at": now - timedelta(days=10)}
    made = PlannedTalk(project_id=project.id, **(known | fields))
    with transaction():
        db.session.add(made)
    return made


def agreement(project: Any, **fields: Any) -> Agreement:
    """An agreement written by the project's mentor, whatever its status; nobody has signed yet."""
    assignment = next(each for each in queries.assignments(project.id) if each.person in project.mentors)
    known = {"number": queries_agreements.last_number(project.id) + 1, "language": "de", "written_at": clock.now(),
             "written_by_id": assignment.person_id}
    made = Agreement(project_id=project.id, assignment_id=assignment.id, **(known | WORDS | fields))
    made.content_hash = rules_agreement.content_hash(made)
    with transaction():
        db.session.add(made)
    return made


def only_assignment(project: Any) -> Any:
    return queries.assignments(project.id)[0]


def add_to(world: Any, make: Any) -> None:
    """Give the world of all addresses a talk of each kind and an agreement."""
    world.session = make.session(world.project, world.people["mentor"])
    world.agreement, world.talk = agreement(world.project), talk(world.project)
    world.past_talk = talk(world.project, clock.now() - timedelta(days=1))


def own_parts(endpoint: str, world: Any) -> dict[str, Any]:
    """Return the parts of this room's addresses; a mentor logs what is over, and hands over what is theirs."""
    is_log, is_handover = endpoint == "mentoring.log_talk", endpoint == "mentoring.hand_over"
    return {"agreement_id": world.agreement.id, "talk_id": (world.past_talk if is_log else world.talk).id,
            "assignment_id": world.agreement.assignment_id if is_handover else world.assignment.id}
