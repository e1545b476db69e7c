"""Ask an organisation by mail to be a partner, and take that back."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import language
from incubator.foundation.forms import ActForm, me, page
from incubator.partners import operations_invitations, queries, queries_invitations, rules
from incubator.partners.forms import InviteForm
from incubator.partners.models_invitation import InvitationState, PartnerInvitation
from incubator.partners.routes_frame import bp, role_labels, to_partners
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/partners/invite", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, project=projects.project)
def invite(project: Project) -> ResponseReturnValue:
    form = InviteForm(data={"language": language.current().code})
    possible = {each.id: each for each in queries.possible_partners(project.id)}
    form.organisation_id.choices = [("", _("Please choose"))] + [(each.id, each.name) for each in possible.values()]
    if form.submitted():
        values = form.values()
        organisation = possible.get(values.pop("organisation_id") or 0)
        if form.carry_out(operations_invitations.invite, project, me(), organisation=organisation, **values):
            flash(_("The letter is on its way. You will hear what they answer."))
            return to_partners(project.id)
    return page("partners/invite.html", form, project=project, is_open=rules.is_open(project))


@bp.route("/desk/partner-invitations/<int:invitation_id>/take-back", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, invitation=queries_invitations.invitation)
def take_back(invitation: PartnerInvitation) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_invitations.take_back, invitation, me()):
        flash(_("The invitation was taken back."))
        return to_partners(invitation.project_id)
    return page("partners/take_back.html", form, invitation=invitation, project=invitation.project,
                roles=role_labels(), is_asked=invitation.state is InvitationState.ASKED)
