"""A partner's pages without an account, behind secret links. A link only shows a page; what changes something is sent.

Nobody but who got the letter should see these pages: no cache and no search engine keeps them, and no other page is
told their address. (`strict-origin` and not `no-referrer`: forms are held against where they come from.)
"""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import public
from incubator.accounts import queries as accounts
from incubator.accounts.rules import network_of
from incubator.foundation import clock, links
from incubator.foundation.database import db
from incubator.foundation.forms import page
from incubator.partners import (
    operations_invitations,
    operations_links,
    queries_invitations,
    routes_mine,
    rules,
    rules_links,
)
from incubator.partners.doors import Door
from incubator.partners.forms import InvitationForm, LinkForm
from incubator.partners.models import Partnership, Pledge
from incubator.partners.models_invitation import InvitationState, PartnerInvitation, PartnerLink
from incubator.partners.routes_frame import role_labels

bp = flask.Blueprint("partner_page", __name__)
GONE = 410


@bp.after_request
def keep_private(response: flask.Response) -> flask.Response:
    return sealed(response)


def sealed(response: flask.Response) -> flask.Response:
    """Say that an answer behind a secret link is for nobody else."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _secret() -> str:
    return str(flask.current_app.config["SECRET_KEY"])


def door_of(token: str) -> Door | None:
    """Return who came by a link, or None where it opens nothing (any more)."""
    link = queries_invitations.link_of(token, _secret())
    if link is None:
        return None
    return Door(link.organisation, None, link, token, queries_invitations.projects_of(link))


def gone(state: InvitationState | None = None) -> ResponseReturnValue:
    return flask.render_template("partners/gone.html", was_accepted=state is InvitationState.ACCEPTED), GONE


@bp.route("/partners/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    found = queries_invitations.invited(token, _secret())
    if found is None or not (rules_links.is_open(found, clock.now()) and rules.is_open(found.project)):
        return gone(found.state if found is not None else None)
    form = InvitationForm()
    if form.submitted() and form.answer.data == "yes" and form.carry_out(operations_invitations.accept, found):
        flask.flash(_("Thank you! You take part. This is your own page; we sent its link by mail, too."))
        return flask.redirect(flask.url_for("partner_page.mine", token=_own(form.outcome.id)), 303)
    if form.submitted() and form.answer.data == "no" and form.carry_out(
        operations_invitations.decline, found, form.reason.data
    ):
        return flask.redirect(flask.url_for("partner_page.answered"), 303)
    return _asked(form, token, found)


def _own(link_id: int) -> str:
    link = db.session.get_one(PartnerLink, link_id)
    return links.token(_secret(), rules_links.MINE, link.id, link.salt)


def _asked(form: InvitationForm, token: str, found: PartnerInvitation) -> ResponseReturnValue:
    return page("partners/invitation.html", form, token=token, invitation=found, project=found.project,
                roles=role_labels(), asker=accounts.person(found.asked_by_id), until=rules_links.last_day(found))


@bp.get("/partners/answered")
@public
def answered() -> ResponseReturnValue:
    return page("partners/answered.html")


@bp.route("/partners/link", methods=["GET", "POST"])
@public
def link() -> ResponseReturnValue:
    """Send somebody their link once more; the answer is the same whether we know them or not."""
    form = LinkForm()
    if form.submitted() and (form.website.data or form.carry_out(
        operations_links.send_again, form.mail.data, network_of(flask.request.remote_addr)
    )):
        return flask.redirect(flask.url_for("partner_page.sent"), 303)
    return page("partners/link.html", form)


@bp.get("/partners/link/sent")
@public
def sent() -> ResponseReturnValue:
    return page("partners/link_sent.html")


@bp.get("/partners/mine/<token>")
@public
def mine(token: str) -> ResponseReturnValue:
    door = door_of(token)
    return routes_mine.mine(door) if door is not None else gone()


@bp.route("/partners/mine/<token>/pledges/<int:pledge_id>", methods=["GET", "POST"])
@public
def pledge(token: str, pledge_id: int) -> ResponseReturnValue:
    door = door_of(token)
    return routes_mine.pledge(door, _pledge(door, pledge_id)) if door is not None else gone()


@bp.route("/partners/mine/<token>/pledges/<int:pledge_id>/change", methods=["GET", "POST"])
@public
def change(token: str, pledge_id: int) -> ResponseReturnValue:
    door = door_of(token)
    return routes_mine.change(door, _pledge(door, pledge_id)) if door is not None else gone()


@bp.route("/partners/mine/<token>/partnerships/<int:partnership_id>/offer", methods=["GET", "POST"])
@public
def offer(token: str, partnership_id: int) -> ResponseReturnValue:
    door = door_of(token)
    return routes_mine.offer(door, partnership_of(door, partnership_id)) if door is not None else gone()


@bp.route("/partners/mine/<token>/partnerships/<int:partnership_id>/end", methods=["GET", "POST"])
@public
def end(token: str, partnership_id: int) -> ResponseReturnValue:
    door = door_of(token)
    return routes_mine.end(door, partnership_of(door, partnership_id)) if door is not None else gone()


def _pledge(door: Door, pledge_id: int) -> Pledge:
    return routes_mine.own(door, db.session.get(Pledge, pledge_id))  # type: ignore[no-any-return]


def partnership_of(door: Door, partnership_id: int) -> Partnership:
    return routes_mine.own(door, db.session.get(Partnership, partnership_id))  # type: ignore[no-any-return]
