"""One person's desk, gathered with the same number of queries however much there is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person, Role
from incubator.desk import queries_office, queries_team, rules
from incubator.desk.facts import Choice, Desk, Facts, MilestoneFact, OwnProject, ProjectFact, RightsFacts, RoundFact
from incubator.desk.queries_carrier import carrying
from incubator.desk.queries_mentoring import last_talks, mentoring_facts
from incubator.desk.queries_messages import barriers, erasures, messages
from incubator.desk.queries_money import money_facts
from incubator.desk.queries_partners import offers, partner_facts
from incubator.desk.queries_plans import excluded, plans
from incubator.desk.queries_project import project_columns, project_fact
from incubator.desk.queries_selection import selection_facts
from incubator.desk.queries_waiting import HEARS_IDEAS, waiting
from incubator.desk.queries_words import words
from incubator.desk.rules_office import LATE_AFTER, NOT_DONE
from incubator.dialogue.queries import unanswered
from incubator.foundation.database import db
from incubator.milestones.models import Milestone, MilestoneStatus
from incubator.milestones.rules import percent_reached
from incubator.programme.models import Round, RoundState
from incubator.projects.lifecycle import Stage, Status
from incubator.projects.models import Part, Participation, Project

MANY = 20  # of what waits in the whole city; who has done some of it sees the next
CLOSED = (MilestoneStatus.ACCEPTED, MilestoneStatus.CANCELLED)
LIVE_ROUNDS = (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED)
DONE = (Status.COMPLETED, *(status for status in Status if status.stage is Stage.ENDED))


def desk(person: Person, today: date) -> Desk:
    """Return what waits for a person, their projects, and the rounds they may open."""
    all_rounds = _rounds()
    known = facts(person, today, all_rounds)
    rounds = tuple(_choice(row) for row in all_rounds)
    sees_boards = bool(known.roles & {Role.COORDINATOR, Role.AUDITOR})
    return Desk(
        tasks=rules.tasks(known),
        projects=tuple(_own(project, known) for project in sorted(known.projects, key=_live_first)),
        open_rounds=tuple(each for each in rounds if each.is_open and (each.proposals_until or date.max) >= today),
        boards=rounds if sees_boards else (),
    )


def facts(person: Person, today: date, rounds: Sequence[Any]) -> Facts:
    roles = frozenset(str(role) for role in person.roles)
    is_coordinator, is_mentor = Role.COORDINATOR in roles, Role.MENTOR in roles
    mine = _mine(person.id)
    ids = [project.id for project in mine]
    found = waiting(person, ids, [project.id for project in mine if Part.LEAD in project.kinds], today)
    live = [row for row in reversed(rounds) if row.state in LIVE_ROUNDS] if is_coordinator else ()
    return Facts(
        person_id=person.id, today=today, roles=roles,
        projects=mine,
        plans=plans(ids, in_review=is_mentor or is_coordinator),
        milestones=_milestones(ids, today, everyones=is_coordinator),
        news=queries_team.news(found),
        assignments=queries_team.assignments(found),
        last_talks=last_talks(found),
        excluded=excluded(person.id, today),
        office=queries_office.office_projects() if is_coordinator else (),
        signatures=queries_office.signatures(found, person.id) if is_coordinator else (),
        round_changes=queries_office.round_changes(found),
        pledges=offers(found, is_own=True),
        unspoken=offers(found, is_own=False),
        partners=partner_facts(found, is_coordinator=is_coordinator),
        carrying=carrying(found),
        messages=messages(found),
        words=words(found),
        barriers=barriers(found),
        rights=RightsFacts(erasures(found), queries_team.consents(found)),
        report_signers=queries_office.report_signers(found),
        mentoring=mentoring_facts(found),
        money=money_facts(ids, today, is_coordinator=is_coordinator, is_mentor=is_mentor),
        selection=selection_facts(found, person.id, is_coordinator=is_coordinator),
        has_round=not is_coordinator or bool(live),
        unanswered_ideas=sum(row.ideas for row in rounds) if roles & HEARS_IDEAS else 0,
        workshops=queries_office.workshops_without_words(found),
        planned_rounds=tuple(RoundFact(row.id, row.name) for row in live if row.state is RoundState.DRAFT),
    )


def _mine(person_id: int) -> tuple[ProjectFact, ...]:
    rows = db.session.execute(
        project_columns(Participation.kind, Participation.since)
        .join(Participation, Participation.project_id == Project.id)
        .where(Participation.person_id == person_id, Participation.until.is_(None))
        .order_by(Project.id)
    )
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.id].append(row)
    return tuple(
        project_fact(
            each[0],
            kinds=frozenset(row.kind for row in each),
            mentor_since=next((row.since for row in each if row.kind is Part.MENTOR), None),
        )
        for each in grouped.values()
    )


def _milestones(project_ids: Sequence[int], today: date, *, everyones: bool) -> tuple[MilestoneFact, ...]:
    """Return the milestones of one's own projects, and for the coordinator those of others that are late."""
    ways = [sa.select(Milestone.id).where(Milestone.project_id.in_(project_ids))]
    if everyones:
        ways += [_late(status, today) for status in NOT_DONE]
    wanted = Milestone.id.in_(sa.union_all(*(sa.select(each.subquery().c.id) for each in ways)))
    rows = db.session.execute(
        sa.select(
            Milestone.id, Milestone.project_id, Milestone.title, Milestone.language, Milestone.status,
            Milestone.due_on, Milestone.weight, Milestone.return_reason, Milestone.is_gate, Milestone.accepted_at,
            Project.title.label("project_title"),
            Project.language.label("project_language"), Project.status.label("project_status"),
        )
        .join(Project, Project.id == Milestone.project_id)
        .where(wanted)
        .order_by(Milestone.due_on, Milestone.id)
    )
    return tuple(MilestoneFact(**row._mapping) for row in rows)


def _late(status: MilestoneStatus, today: date) -> sa.Select[int]:
    """Select the milestones of running projects that are late for longest, not more than one can look after."""
    runs = sa.exists().where(Project.id == Milestone.project_id, Project.status == Status.ACTIVE).correlate(Milestone)
    late = sa.select(Milestone.id).where(Milestone.status == status, Milestone.due_on < today - LATE_AFTER, runs)
    return late.order_by(Milestone.due_on, Milestone.id).limit(MANY)


def _rounds() -> Sequence[Any]:
    """Return all rounds, the newest first, each with the number of its ideas that wait for an answer."""
    return db.session.execute(
        sa.select(Round.id, Round.name, Round.state, Round.proposals_until, unanswered().label("ideas"))
        .order_by(Round.id.desc())
    ).all()


def _choice(row: Any) -> Choice:
    return Choice(row.id, row.name, row.state.label, row.state is RoundState.OPEN, row.proposals_until)


def _live_first(project: ProjectFact) -> tuple[bool, int]:
    return project.status in DONE, -project.id


def _own(project: ProjectFact, known: Facts) -> OwnProject:
    planned = [each for each in known.milestones if each.project_id == project.id]
    following = next((each for each in planned if each.status not in CLOSED), None)
    return OwnProject(
        id=project.id,
        title=project.title,
        language=project.language,
        round_name=project.round_name,
        status=project.status,
        is_led=Part.LEAD in project.kinds,
        parts=tuple(part.label for part in Part if part in project.kinds),
        percent_reached=percent_reached((each.status, each.weight) for each in planned),
        next_title=following.title if following else "",
        next_language=following.language if following else "",
        next_due=following.due_on if following else None,
    )
