"""The partner's own page for people with an account, and the links that the office can end."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import ActForm, me, page
from incubator.organisations import queries as organisations
from incubator.organisations.models import Organisation
from incubator.partners import operations_links, queries, queries_invitations, queries_pledges, routes_mine
from incubator.partners.doors import Door
from incubator.partners.models import Partnership, Pledge
from incubator.partners.models_invitation import PartnerLink
from incubator.partners.routes_frame import bp
from incubator.policy import Act


def _door(organisation: Organisation) -> Door:
    return Door(organisation, me())


@bp.route("/desk/partner/<int:organisation_id>")
@guard(Act.SEE_PARTNER_PAGE, organisation=queries_pledges.organisation_of_contacts)
def mine(organisation: Organisation) -> ResponseReturnValue:
    return routes_mine.mine(_door(organisation))


@bp.route("/desk/pledges/<int:pledge_id>", methods=["GET", "POST"])
@guard(Act.CONFIRM_PLEDGE, pledge=queries.pledge)
def answer_pledge(pledge: Pledge) -> ResponseReturnValue:
    return routes_mine.pledge(_door(pledge.organisation), pledge)


@bp.route("/desk/pledges/<int:pledge_id>/change", methods=["GET", "POST"])
@guard(Act.CONFIRM_PLEDGE, pledge=queries.pledge)
def change_pledge(pledge: Pledge) -> ResponseReturnValue:
    return routes_mine.change(_door(pledge.organisation), pledge)


@bp.route("/desk/partnerships/<int:partnership_id>/offer", methods=["GET", "POST"])
@guard(Act.SPEAK_FOR_PARTNER, partnership=queries_pledges.partnership_of_contacts)
def offer(partnership: Partnership) -> ResponseReturnValue:
    return routes_mine.offer(_door(partnership.organisation), partnership)


@bp.route("/desk/partnerships/<int:partnership_id>/end", methods=["GET", "POST"])
@guard(Act.SPEAK_FOR_PARTNER, partnership=queries_pledges.partnership_of_contacts)
def end_mine(partnership: Partnership) -> ResponseReturnValue:
    return routes_mine.end(_door(partnership.organisation), partnership)


@bp.route("/desk/organisations/<int:organisation_id>/links")
@guard(Act.MANAGE_ORGANISATIONS, organisation=organisations.organisation)
def links(organisation: Organisation) -> ResponseReturnValue:
    return page("partners/links.html", organisation=organisation,
                links=queries_invitations.links_for(organisation.id))


@bp.route("/desk/partner-links/<int:link_id>/end", methods=["GET", "POST"])
@guard(Act.MANAGE_ORGANISATIONS, link=queries_invitations.link)
def end_link(link: PartnerLink) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_links.end, link, me()):
        flash(_("The link opens nothing any more."))
        return redirect(url_for("partners.links", organisation_id=link.organisation_id), 303)
    return page("partners/end_link.html", form, link=link)
