"""The page about partners' systems: who is told, with what success."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.routes_frame import flash_problems
from incubator.dispatch.models import Post, PostKind
from incubator.dispatch.queries import last_of
from incubator.foundation.forms import Form, me, page
from incubator.hooks import operations, queries, rules
from incubator.hooks.forms import HookForm
from incubator.hooks.models import Hook
from incubator.policy import Act

bp = flask.Blueprint("hooks", __name__)
blueprints = (bp,)
ONE = "/desk/hooks/<int:hook_id>"


@bp.get("/desk/hooks")
@guard(Act.MANAGE_HOOKS)
def index() -> ResponseReturnValue:
    return page("hooks/index.html", None, hooks=queries.hooks(), names=queries.organisation_names())


@bp.route("/desk/hooks/add", methods=["GET", "POST"])
@guard(Act.MANAGE_HOOKS)
def add() -> ResponseReturnValue:
    """Add an address. Its secret stands in the answer to the button and nowhere else."""
    form, secret = HookForm().offer(queries.organisation_names()), rules.new_secret()
    if form.submitted():
        said: dict[str, Any] = form.values()
        said["organisation_id"] = said["organisation_id"] or None
        said.pop("form_key", None)
        if form.carry_out(operations.add, me(), secret, **said):
            if not isinstance(form.outcome, Hook):  # the same form once more
                return flask.redirect(flask.url_for("hooks.index"), 303)
            return page("hooks/made.html", None, hook=form.outcome, secret=secret)
    return page("hooks/add.html", form)


@bp.get(ONE)
@guard(Act.MANAGE_HOOKS, hook=queries.hook)
def show(hook: Hook) -> ResponseReturnValue:
    return page("hooks/show.html", None, hook=hook, messages=last_of(PostKind.HOOK, hook.id),
                names=queries.organisation_names(), labels={each.value: each.label for each in rules.Topic})


@bp.post(f"{ONE}/test")
@guard(Act.MANAGE_HOOKS, hook=queries.hook)
def test(hook: Hook) -> ResponseReturnValue:
    return _carried_out(hook, _("A test message is on its way. Load this page again in some seconds."),
                        operations.test, hook, flask.current_app.config["BASE_URL"])


@bp.post(f"{ONE}/end")
@guard(Act.MANAGE_HOOKS, hook=queries.hook)
def end(hook: Hook) -> ResponseReturnValue:
    return _carried_out(hook, _("This address hears nothing any more."), operations.end, hook, me())


@bp.post("/desk/hooks/messages/<int:post_id>/again")
@guard(Act.MANAGE_HOOKS, post=queries.message)
def again(post: Post) -> ResponseReturnValue:
    hook = queries.hook(post.sender_id) or flask.abort(404)
    return _carried_out(hook, _("The message is tried again."), operations.try_again, post, hook)


def _carried_out(hook: Hook, said: str, operation: Callable[..., object], *given: Any) -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operation, *given):
        flask.flash(said)
    flash_problems(form)
    return flask.redirect(flask.url_for("hooks.show", hook_id=hook.id), 303)
