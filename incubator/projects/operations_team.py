"""Who takes part in a project."""

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import queries as journal
from incubator.journal import record
from incubator.projects import queries, rules
from incubator.projects.models import Part, Participation, Project


def enter(project: Project, person: Person, kind: Part, by) -> Participation:
    """Give somebody a part from today on; refused where it does not go with the part they have or had (C2)."""
    hold(project)
    if project.status in rules.FINISHED:
        raise RuleBroken(_l("This project has ended."))
    rules.demand_place(project.part_of(person.id), kind)
    if kind is not Part.MENTOR and journal.has_acted(project.id, person.seal, rules.DECIDED_FOR_THE_CITY):
        raise RuleBroken(
            _l("This person has decided about the project for the city and cannot belong to its team."), "mail")
    part = Participation(person=person, kind=kind, since=clock.today())
    project.participations.append(part)
    db.session.flush()
    record("project.joined", by, part, kind=kind, person=person.seal)
    return part


def leave(project: Project, person: Person, kind: Part, by) -> None:
    """End somebody's part; their name stays in what they did."""
    part = queries.place(project.id, person.id, kind)
    if part is None:
        raise RuleBroken(_l("This person does not take part any more."))
    part.until = clock.today()
    record("project.left", by, part, kind=kind, person=person.seal)


def add_member(project: Project, by, person: Person, kind: Part = Part.MEMBER) -> Participation:
    return enter(project, person, kind, by)


def remove_member(participation: Participation, by) -> None:
    """End a member's part. A lead hands the project over first: a project is never without one."""
    hold(participation.project)
    hold(participation)
    if participation.until is not None:
        raise RuleBroken(_l("This person does not take part any more."))
    if participation.kind is Part.LEAD:
        raise RuleBroken(_l("A project needs a lead. Hand the lead over to somebody else first."))
    if participation.kind is Part.MENTOR:
        raise RuleBroken(_l("A mentor is changed by the coordination, on the page about mentoring."))
    leave(participation.project, participation.person, participation.kind, by)


def hand_over(participation: Participation, by) -> None:
    """Make a member the lead; who led before stays as a member."""
    project = hold(participation.project)
    hold(participation)
    if participation.kind is not Part.MEMBER or participation.until is not None:
        raise RuleBroken(_l("Only somebody of the team can take over the lead."))
    heir = participation.person
    for lead in project.leads:
        leave(project, lead, Part.LEAD, by)
        enter(project, lead, Part.MEMBER, by)
    leave(project, heir, Part.MEMBER, by)
    enter(project, heir, Part.LEAD, by)
