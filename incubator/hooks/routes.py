"""The page about partners' systems: who is told, with what success."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.accounts.routes_frame import flash_problems
from incubator.dispatch.models import Post, PostKind
from incubator.dispatch.queries import last_of
from incubator.foundation.forms import Form, me, page
from incubator.hooks import operations, queries, rules
from incubator.hooks.forms import HookForm, OwnHookForm
from incubator.hooks.models import Hook
from incubator.organisations.models import Organisation
from incubator.partners.queries_pledges import organisation_of_contacts
from incubator.policy import Act

bp = flask.Blueprint("hooks", __name__)
blueprints = (bp,)
ONE, OWN = "/desk/hooks/<int:hook_id>", "/desk/partner/<int:organisation_id>/hooks"


@bp.get("/desk/hooks")
@guard(Act.MANAGE_HOOKS)
def index() -> ResponseReturnValue:
    return page("hooks/index.html", None, hooks=queries.hooks(), names=queries.organisation_names())


@bp.route("/desk/hooks/add", methods=["GET", "POST"])
@guard(Act.MANAGE_HOOKS)
def add() -> ResponseReturnValue:
    form = HookForm().offer(queries.organisation_names())
    said: dict[str, Any] = form.values() if form.submitted() else {}
    return _added(form, None, said.get("organisation_id") or None)


@bp.get(OWN)
@guard(Act.KEEP_OWN_HOOKS, organisation=organisation_of_contacts)
def own(organisation: Organisation) -> ResponseReturnValue:
    """Show a partner the addresses that it has told us."""
    return page("hooks/index.html", None, hooks=queries.hooks(organisation.id), organisation=organisation)


@bp.route(f"{OWN}/add", methods=["GET", "POST"])
@guard(Act.KEEP_OWN_HOOKS, organisation=organisation_of_contacts)
def add_own(organisation: Organisation) -> ResponseReturnValue:
    return _added(OwnHookForm(), organisation, organisation.id)


def _added(form: OwnHookForm, organisation: Organisation | None, organisation_id: int | None) -> ResponseReturnValue:
    """Add an address. Its secret stands in the answer to the button and nowhere else."""
    secret = rules.new_secret()
    said = {name: getattr(form, name).data for name in ("name", "url", "events")}
    if form.submitted() and form.carry_out(operations.add, me(), secret, organisation_id=organisation_id, **said):
        if isinstance(form.outcome, Hook):
            return page("hooks/made.html", None, hook=form.outcome, secret=secret, organisation=organisation)
        return flask.redirect(_list_of(organisation), 303)  # the same form once more
    return page("hooks/add.html", form, organisation=organisation)


def _list_of(organisation: Organisation | None) -> str:
    if organisation is None:
        return flask.url_for("hooks.index")
    return flask.url_for("hooks.own", organisation_id=organisation.id)


@bp.get(ONE)
@guard(Act.KEEP_OWN_HOOKS, hook=queries.hook)
def show(hook: Hook) -> ResponseReturnValue:
    organisation = None if may(Act.MANAGE_HOOKS) else organisation_of_contacts(hook.organisation_id or 0)
    return page("hooks/show.html", None, hook=hook, organisation=organisation, messages=last_of(PostKind.HOOK, hook.id),
                names=queries.organisation_names(), labels={each.value: each.label for each in rules.Topic})


@bp.post(f"{ONE}/test")
@guard(Act.KEEP_OWN_HOOKS, hook=queries.hook)
def test(hook: Hook) -> ResponseReturnValue:
    return _carried_out(hook, _("A test message is on its way. Load this page again in some seconds."),
                        operations.test, hook, flask.current_app.config["BASE_URL"])


@bp.post(f"{ONE}/end")
@guard(Act.KEEP_OWN_HOOKS, hook=queries.hook)
def end(hook: Hook) -> ResponseReturnValue:
    return _carried_out(hook, _("This address hears nothing any more."), operations.end, hook, me())


@bp.post("/desk/hooks/messages/<int:post_id>/again")
@guard(Act.KEEP_OWN_HOOKS, post=queries.message)
def again(post: Post) -> ResponseReturnValue:
    hook = queries.hook(post.sender_id) or flask.abort(404)
    return _carried_out(hook, _("The message is tried again."), operations.try_again, post, hook)


def _carried_out(hook: Hook, said: str, operation: Callable[..., object], *given: Any) -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operation, *given):
        flask.flash(said)
    flash_problems(form)
    return flask.redirect(flask.url_for("hooks.show", hook_id=hook.id), 303)
