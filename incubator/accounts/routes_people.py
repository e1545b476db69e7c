"""Everybody's accounts: invitations and roles."""

import flask
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts import operations, queries, rules
from incubator.accounts.forms import InviteForm, RoleForm, with_tasks
from incubator.accounts.models import Person, Ticket
from incubator.accounts.routes_frame import bp, flash_problems
from incubator.foundation.addresses import asked_number, asked_text
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act


@bp.get("/desk/people")
@guard(Act.MANAGE_PEOPLE)
def people():
    words = asked_text("q", 100)
    found = queries.people(words, asked_number("before"))
    return page("accounts/people.html", found=found, words=words)


@bp.route("/desk/people/invite", methods=["GET", "POST"])
@guard(Act.INVITE)
def invite():
    form = InviteForm(data={"language": flask.g.language.code})
    form.roles.choices = with_tasks(rules.grantable(me()))
    if form.submitted() and form.carry_out(operations.invite, by=me(), **form.values()):
        flask.flash(_("The invitation to %(mail)s was written.", mail=form.mail.data))
        return flask.redirect(flask.url_for("accounts.invite"), 303)
    return page("accounts/invite.html", form, invitations=queries.open_invitations(),
                can_send=bool(flask.current_app.config["SMTP_URL"]))


@bp.post("/desk/people/invitations/<int:ticket_id>/withdraw")
@guard(Act.INVITE, ticket=queries.ticket)
def withdraw_invitation(ticket: Ticket):
    form = Form()
    if form.submitted() and form.carry_out(operations.withdraw_invitation, ticket, me()):
        flask.flash(_("The invitation was withdrawn: its link does not work any more."))
    flash_problems(form)
    return flask.redirect(flask.url_for("accounts.invite"), 303)


@bp.get("/desk/people/<int:person_id>")
@guard(Act.MANAGE_PEOPLE, person=queries.person)
def person(person: Person):
    others = [role for role in rules.grantable(me()) if role not in person.roles]
    form = RoleForm()
    form.role.choices = with_tasks(others)
    return page("accounts/person.html", form, person=person, others=others, tasks=rules.ROLE_TASKS)


def _back_to(person: Person, form: Form) -> flask.typing.ResponseReturnValue:
    flash_problems(form)
    return flask.redirect(flask.url_for("accounts.person", person_id=person.id), 303)


@bp.post("/desk/people/<int:person_id>/roles")
@guard(Act.MANAGE_PEOPLE, person=queries.person)
def grant_role(person: Person):
    form = RoleForm()
    if form.submitted() and form.carry_out(operations.grant_role, person, form.role.data, me()):
        flask.flash(_("The role was given. A letter tells the person."))
    return _back_to(person, form)


@bp.post("/desk/people/<int:person_id>/roles/withdraw")
@guard(Act.MANAGE_PEOPLE, person=queries.person)
def withdraw_role(person: Person):
    form = RoleForm()
    if form.submitted() and form.carry_out(operations.withdraw_role, person, form.role.data, me()):
        flask.flash(_("The role was taken away. It holds from the next click on."))
    return _back_to(person, form)


@bp.post("/desk/people/<int:person_id>/close")
@guard(Act.MANAGE_PEOPLE, person=queries.person)
def close_account(person: Person):
    form = Form()
    if form.submitted() and form.carry_out(operations.close_account, person, me()):
        flask.flash(_("The account is closed, and all its sign-ins were ended."))
    return _back_to(person, form)


@bp.post("/desk/people/<int:person_id>/reopen")
@guard(Act.MANAGE_PEOPLE, person=queries.person)
def reopen_account(person: Person):
    form = Form()
    if form.submitted() and form.carry_out(operations.reopen_account, person, me()):
        flask.flash(_("The account is open again."))
    return _back_to(person, form)
