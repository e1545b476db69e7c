"""A project's partners: who they are, one more, and how a partnership ends."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.models import Role
from incubator.accounts.queries import people_with_role
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.partners import operations, queries, queries_invitations, queries_pledges, rules, rules_links
from incubator.partners.forms import PartnerForm, leave_form
from incubator.partners.models import PLEDGE_STEPS, Partnership
from incubator.partners.routes_frame import bp, role_labels, to_partners
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/partners")
@guard(Act.SEE_PROJECT, project=projects.project)
def show(project: Project) -> ResponseReturnValue:
    partnerships = queries.partnerships(project.id)
    pledges = queries.pledges(project.id)
    return page(
        "partners/show.html", project=project, partnerships=partnerships, pledges=pledges, roles=role_labels(),
        money_cents=sum(pledge.value_cents or 0 for pledge in pledges if rules.counts_as_money(pledge)),
        with_contact=queries.with_contact([each.organisation_id for each in partnerships], clock.today()),
        with_link=queries_invitations.with_link(project.id, [each.organisation_id for each in partnerships]),
        is_open=rules.is_open(project), follows=[state for state, steps in PLEDGE_STEPS.items() if steps],
        offered=queries_pledges.offered_by_partners([each.id for each in pledges]),
        invitations=queries_invitations.invitations(project.id), now=clock.now(), is_waiting=rules_links.is_open,
        last_day=rules_links.last_day,
    )


@bp.route("/desk/projects/<int:project_id>/partners/add", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, project=projects.project)
def add(project: Project) -> ResponseReturnValue:
    form = PartnerForm()
    possible = {each.id: each for each in queries.possible_partners(project.id)}
    form.organisation_id.choices = [("", _("Please choose"))] + [(each.id, each.name) for each in possible.values()]
    if form.submitted():
        values = form.values()
        chosen = possible[values["organisation_id"]]
        if form.carry_out(operations.take_part, project, chosen, values["roles"], me()):
            flash(_("%(name)s is a partner of the project now.", name=chosen.name))
            return to_partners(project.id)
    return page("partners/add.html", form, project=project, ask=people_with_role(Role.COORDINATOR))


@bp.route("/desk/partnerships/<int:partnership_id>/leave", methods=["GET", "POST"])
@guard(Act.MANAGE_PARTNERS, partnership=queries.partnership)
def leave(partnership: Partnership) -> ResponseReturnValue:
    pledges = queries.to_settle(partnership)
    form = leave_form(pledges)
    if form.submitted() and form.carry_out(
        operations.leave, partnership, me(), form.settled(), form.reason.data
    ):
        flash(_("The partnership has ended."))
        return to_partners(partnership.project_id)
    return page("partners/leave.html", form, partnership=partnership, project=partnership.project, pledges=pledges)
