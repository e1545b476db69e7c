"""The agreement of a partnership: asked for by the project, read by insiders and by the partner through either door."""

import flask
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may, public
from incubator.documents import operations, queries_cooperation, store
from incubator.documents.models import Document, DocumentKind, DocumentState
from incubator.foundation import folders
from incubator.foundation.addresses import asked_text
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.foundation.language import named
from incubator.partners import queries_pledges
from incubator.partners.doors import Door
from incubator.partners.models import Partnership
from incubator.partners.routes_open import door_of, gone, partnership_of, sealed
from incubator.policy import Act

bp = flask.Blueprint("cooperation", __name__)


@bp.get("/desk/partnerships/<int:partnership_id>/agreement")
@guard(Act.SEE_PARTNERSHIP, partnership=queries_pledges.partnership_of_contacts)
def show(partnership: Partnership) -> ResponseReturnValue:
    return _shown(partnership, ActForm())


@bp.post("/desk/partnerships/<int:partnership_id>/agreement/ask")
@guard(Act.MANAGE_PARTNERS, partnership=queries_pledges.partnership_of_contacts)
def ask(partnership: Partnership) -> ResponseReturnValue:
    """Have the agreement made in German and in what both sides read."""
    form = ActForm()
    if form.submitted() and form.carry_out(
        operations.ask, partnership.project, DocumentKind.COOPERATION_AGREEMENT, me(),
        about=(queries_cooperation.ABOUT, partnership.id),
        languages=queries_cooperation.readers_languages(partnership),
    ):
        flash(_("The agreement is being made. If nothing has changed since, the one that is there stays."))
        return redirect(url_for("cooperation.show", partnership_id=partnership.id), 303)
    return _shown(partnership, form)


def _shown(partnership: Partnership, form: ActForm) -> ResponseReturnValue:
    door = None if may(Act.SEE_PROJECT, partnership.project) else Door(partnership.organisation, me())
    return _page(partnership, door, form)


def _page(partnership: Partnership, door: Door | None, form: Form) -> ResponseReturnValue:
    documents = queries_cooperation.newest(partnership)
    return page(
        "documents/cooperation.html", form, partnership=partnership, project=partnership.project, door=door,
        documents=documents, named=named,
        is_waiting=any(each.state is DocumentState.WAITING for each in documents.values()),
    )


@bp.get("/desk/partnerships/<int:partnership_id>/agreement.pdf")
@guard(Act.SEE_PARTNERSHIP, partnership=queries_pledges.partnership_of_contacts)
def download(partnership: Partnership) -> ResponseReturnValue:
    return _file(partnership)


@bp.get("/partners/mine/<token>/agreements/<int:partnership_id>")
@public
def mine(token: str, partnership_id: int) -> ResponseReturnValue:
    door = door_of(token)
    if door is None:
        return _kept(gone())
    return _kept(_page(partnership_of(door, partnership_id), door, Form()))


@bp.get("/partners/mine/<token>/agreements/<int:partnership_id>.pdf")
@public
def mine_file(token: str, partnership_id: int) -> ResponseReturnValue:
    door = door_of(token)
    return _kept(gone() if door is None else _file(partnership_of(door, partnership_id)))


def _kept(answer: ResponseReturnValue) -> flask.Response:
    return sealed(flask.make_response(answer))


def _file(partnership: Partnership) -> ResponseReturnValue:
    found: Document | None = queries_cooperation.ready(partnership, asked_text("in", 20) or "de")
    if found is None or not found.key:
        flask.abort(404)
    name = f"{partnership.project.slug}-cooperation-agreement-{found.language}.pdf"
    return folders.send(store.place(found.key), mimetype="application/pdf", as_attachment=True, download_name=name)
