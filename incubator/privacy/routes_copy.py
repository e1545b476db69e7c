"""Everything about oneself: ask for it, fetch it, see until when it lies there."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock, folders, language
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.privacy import operations_copy, queries_copy, store
from incubator.privacy.rules_copy import Copy

bp = Blueprint("copies", __name__)


@bp.route("/desk/me/data", methods=["GET", "POST"])
@guard(Act.COPY_OWN_DATA)
def mine() -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_copy.ask, me(), me(), language=language.current().code):
        flask.flash(_("Your copy is being made. We write to you when it is there."))
        return flask.redirect(flask.url_for("copies.mine"), 303)
    newest = next(iter(queries_copy.copies(me().id)), None)
    return page("privacy/mine.html", form, copy=newest, is_there=newest is not None and newest.is_there(clock.now()))


@bp.get("/desk/me/data/<int:copy_id>.zip")
@guard(Act.COPY_OWN_DATA, hidden=True, copy=queries_copy.copy)
def download(copy: Copy) -> ResponseReturnValue:
    if not copy.is_there(clock.now()):
        flask.abort(404)
    day = clock.today().isoformat()
    answer = folders.send(store.place(copy.key), mimetype="application/zip", as_attachment=True,
                          download_name=f"my-data-{day}.zip", conditional=False, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer
