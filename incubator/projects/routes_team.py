"""Who belongs to a project."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.projects import operations, operations_invitation, queries
from incubator.projects.forms import MemberForm
from incubator.projects.models import Part, Participation, Project, TeamInvitation
from incubator.projects.routes_frame import bp


def _back(project: Project) -> ResponseReturnValue:
    """Lead back to the team; who has left it comes to the desk."""
    if may(Act.SEE_PROJECT, project):
        return redirect(url_for("projects.team", project_id=project.id), 303)
    return redirect(url_for("desk.home"), 303)


@bp.route("/desk/projects/<int:project_id>/team")
@guard(Act.SEE_PROJECT, project=queries.project)
def team(project: Project) -> ResponseReturnValue:
    return page("projects/team.html", project=project, invitations=queries.invitations(project.id), Part=Part)


@bp.route("/desk/projects/<int:project_id>/team/add", methods=["GET", "POST"])
@guard(Act.MANAGE_TEAM, project=queries.project)
def add_member(project: Project) -> ResponseReturnValue:
    form = MemberForm()
    if form.submitted() and form.carry_out(operations_invitation.ask_in, project, me(), **form.values()):
        if isinstance(form.outcome, TeamInvitation):
            flash(_("The invitation is on its way. The person joins the team when they accept it."))
        else:
            flash(_("The person belongs to the team now and gets a letter."))
        return _back(project)
    return page("projects/add_member.html", form, project=project)


@bp.route("/desk/team/<int:participation_id>/remove", methods=["GET", "POST"])
@guard(Act.MANAGE_TEAM, participation=queries.participation)
def remove_member(participation: Participation) -> ResponseReturnValue:
    form = ActForm()
    project = participation.project
    if form.submitted() and form.carry_out(operations.remove_member, participation, me()):
        flash(_("The person no longer belongs to the team."))
        return _back(project)
    return page("projects/remove_member.html", form, project=project, person=participation.person)


@bp.route("/desk/team/<int:participation_id>/lead", methods=["GET", "POST"])
@guard(Act.MANAGE_TEAM, participation=queries.participation)
def hand_over(participation: Participation) -> ResponseReturnValue:
    form = ActForm()
    project = participation.project
    if form.submitted() and form.carry_out(operations.hand_over, participation, me()):
        flash(_("The project has a new lead."))
        return _back(project)
    return page("projects/hand_over.html", form, project=project, person=participation.person)


@bp.route("/desk/team/invitations/<int:invitation_id>/take-back", methods=["GET", "POST"])
@guard(Act.MANAGE_TEAM, invitation=queries.invitation)
def take_back(invitation: TeamInvitation) -> ResponseReturnValue:
    form = ActForm()
    project, mail = invitation.project, invitation.mail
    if form.submitted() and form.carry_out(operations_invitation.take_back, invitation, me()):
        flash(_("The invitation was taken back."))
        return _back(project)
    return page("projects/take_back.html", form, project=project, mail=mail)
