"""The office looks after the fediverse: who is followed, what was answered, with whom we have nothing to do."""

from collections.abc import Callable

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.routes_frame import flash_problems
from incubator.fediverse import operations_blocks, queries
from incubator.fediverse.forms import BlockForm
from incubator.fediverse.models import DomainBlock, RemoteReply
from incubator.fediverse.where import is_on, site
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act

bp = flask.Blueprint("neighbours", __name__)


@bp.get("/desk/fediverse")
@guard(Act.KEEP_FEDIVERSE)
def show() -> ResponseReturnValue:
    return page("fediverse/desk.html", is_on=is_on(), site=site(), actors=queries.actors() if is_on() else [],
                replies=queries.replies(), blocks=queries.blocks())


@bp.route("/desk/fediverse/block", methods=["GET", "POST"])
@guard(Act.KEEP_FEDIVERSE)
def block() -> ResponseReturnValue:
    form = BlockForm()
    if form.submitted() and form.carry_out(operations_blocks.block, me(), site().host, **form.values()):
        flask.flash(_("The server is blocked. Its people follow no project any more."))
        return flask.redirect(flask.url_for("neighbours.show"), 303)
    return page("fediverse/block.html", form)


@bp.post("/desk/fediverse/blocks/<string:host>/end")
@guard(Act.KEEP_FEDIVERSE, host=queries.block)
def unblock(host: DomainBlock) -> ResponseReturnValue:
    return _carried_out(operations_blocks.unblock, host, _("The server is not blocked any more."))


@bp.post("/desk/fediverse/replies/<int:reply_id>/read")
@guard(Act.KEEP_FEDIVERSE, reply=queries.reply)
def mark_read(reply: RemoteReply) -> ResponseReturnValue:
    return _carried_out(operations_blocks.mark_read, reply, _("The answer is put away and will be deleted."))


def _carried_out(operation: Callable[..., object], thing: object, said: str) -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operation, thing, me()):
        flask.flash(said)
    flash_problems(form)
    return flask.redirect(flask.url_for("neighbours.show"), 303)
