"""Ask people into a team who may not have an account yet."""

from flask_babel import lazy_gettext as _l

from incubator.accounts import operations as accounts
from incubator.accounts import queries as people
from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.projects import queries, rules
from incubator.projects.models import Part, Participation, Project, TeamInvitation
from incubator.projects.operations_team import enter

MOST_WAITING = 20


def ask_in(project: Project, by, *, mail: str) -> Participation | TeamInvitation:
    """Add somebody with an account at once; keep a place for somebody without one and invite them."""
    hold(project)
    mail = mail.strip().lower()
    person = people.person_with_mail(mail)
    if person is not None and person.is_active:
        return enter(project, person, Part.MEMBER, by)
    if project.status in rules.FINISHED:
        raise RuleBroken(_l("This project has ended."))
    waiting = queries.invitations(project.id)
    if any(each.mail == mail for each in waiting):
        raise RuleBroken(_l("This person has been invited already."), "mail")
    if len(waiting) >= MOST_WAITING:
        raise RuleBroken(_l("There are too many open invitations. Take some back first."), "mail")
    invitation = TeamInvitation(project=project, mail=mail, invited_by_id=by.id, invited_at=clock.now())
    db.session.add(invitation)
    record("project.invited", by, invitation)
    accounts.invite(mail, by, language=by.language)
    return invitation


def take_back(invitation: TeamInvitation, by) -> None:
    record("project.invitation_taken_back", by, invitation)
    db.session.delete(invitation)


def take_places(person: Person) -> None:
    """Give somebody who has just opened an account the places that were kept for their mail address."""
    for invitation in queries.invitations_to(person.mail or ""):
        project = hold(invitation.project)
        if project.status not in rules.FINISHED and not project.part_of(person.id):
            enter(project, person, Part.MEMBER, person)
        db.session.delete(invitation)
