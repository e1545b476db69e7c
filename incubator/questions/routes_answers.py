"""The team reads what was passed on, and answers."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation import language
from incubator.foundation.forms import ActForm, Form, me, page
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project
from incubator.questions import operations_answers, queries, rules
from incubator.questions.forms import AcceptForm, AnswerForm, CorrectForm, DeclineForm
from incubator.questions.models import HelpKind, Message

bp = flask.Blueprint("questions", __name__)


def _to_project(message: Message) -> ResponseReturnValue:
    return flask.redirect(flask.url_for("questions.project", project_id=message.project_id), 303)


@bp.get("/desk/projects/<int:project_id>/questions")
@guard(Act.ANSWER_MESSAGE, hidden=True, project=projects.project)
def project(project: Project) -> ResponseReturnValue:
    messages = queries.of_project(project.id)
    return page("questions/project.html", project=project, is_open=rules.takes(
        project.status, project.round.takes_questions), waiting=[each for each in messages if not _is_done(each)],
        done=[each for each in messages if _is_done(each)])


def _is_done(message: Message) -> bool:
    return message.state in rules.FINISHED


@bp.route("/desk/messages/<int:message_id>/answer", methods=["GET", "POST"])
@guard(Act.ANSWER_MESSAGE, hidden=True, message=queries.passed_question)
def answer(message: Message) -> ResponseReturnValue:
    form = AnswerForm(data={"language": language.current().code})
    can_write = rules.is_reachable(message)
    if form.submitted():
        values = form.values()
        publicly = values.pop("how") == "public"
        if form.carry_out(operations_answers.answer, message, me(), publicly=publicly, **values):
            flask.flash(_("Your answer is on the project’s page.") if publicly else _("Your answer is on its way."))
            return _to_project(message)
    return page("questions/answer.html", form, message=message, project=message.project, can_write=can_write,
                is_done=_is_done(message))


@bp.route("/desk/messages/<int:message_id>/close", methods=["GET", "POST"])
@guard(Act.ANSWER_MESSAGE, hidden=True, message=queries.passed)
def close(message: Message) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_answers.close, message, me()):
        flask.flash(_("It is closed."))
        return _to_project(message)
    return page("questions/close.html", form, message=message, project=message.project)


@bp.route("/desk/messages/<int:message_id>/accept", methods=["GET", "POST"])
@guard(Act.ANSWER_MESSAGE, hidden=True, message=queries.passed_offer)
def accept(message: Message) -> ResponseReturnValue:
    """Read an offer and say yes to it."""
    possible = {each.id: each for each in queries.organisations_for(message.project)}
    form = AcceptForm(data=_suggested(message.help_kind))
    form.organisation_id.choices = [(each.id, each.name) for each in possible.values()]
    if form.submitted():
        values = form.values()
        organisation = possible[values.pop("organisation_id")]
        spoken = language.current().code
        if form.carry_out(operations_answers.accept, message, me(), organisation=organisation, language=spoken,
                          **values):
            flask.flash(_("Thank you! We have written to them, and the help stands among the pledges."))
            return flask.redirect(flask.url_for("questions.accept", message_id=message.id), 303)
    return page("questions/accept.html", form, message=message, project=message.project, possible=possible,
                is_done=_is_done(message), forgotten_on=_forgotten_on(message))


def _forgotten_on(message: Message):
    """Return until when an accepted giver's address is kept; None where it is nobody's to see."""
    if message.pledge_id is None or message.answered_at is None or not rules.is_reachable(message):
        return None
    return message.answered_at + rules.WRITER_KEPT_FOR


def _suggested(kind: HelpKind | None) -> dict[str, object]:
    return {
        HelpKind.ROOM: {"description": _("A room from the neighbourhood"), "unit": _("room")},
        HelpKind.HOURS: {"description": _("Time from the neighbourhood"), "unit": _("person")},
        HelpKind.LANGUAGES: {"description": _("Somebody from the neighbourhood interprets"), "unit": _("person")},
        HelpKind.MATERIAL: {"description": _("Things from the neighbourhood"), "unit": _("piece")},
    }.get(kind or HelpKind.HOURS, {}) | {"quantity": 1}


@bp.route("/desk/messages/<int:message_id>/decline", methods=["GET", "POST"])
@guard(Act.ANSWER_MESSAGE, hidden=True, message=queries.passed_offer)
def decline(message: Message) -> ResponseReturnValue:
    form = DeclineForm()
    if form.submitted() and form.carry_out(
        operations_answers.decline, message, me(), language=language.current().code, **form.values()
    ):
        flask.flash(_("We have written to them kindly."))
        return _to_project(message)
    return page("questions/decline.html", form, message=message, project=message.project)


@bp.route("/desk/messages/<int:message_id>/correct", methods=["GET", "POST"])
@guard(Act.ANSWER_MESSAGE, hidden=True, message=queries.public_answer)
def correct(message: Message) -> ResponseReturnValue:
    form = CorrectForm(obj=message)
    if form.submitted() and form.carry_out(
        operations_answers.correct, message, me(), version=form.version.data, **form.values()
    ):
        flask.flash(_("Saved. Everybody reads the new answer now."))
        return _to_project(message)
    return page("questions/correct.html", form, message=message, project=message.project)


@bp.post("/desk/messages/<int:message_id>/withdraw")
@guard(Act.WITHDRAW_ANSWER, hidden=True, message=queries.public_answer)
def withdraw(message: Message) -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operations_answers.withdraw, message, me()):
        flask.flash(_("It is no longer public."))
    if may(Act.ANSWER_MESSAGE, message):
        return _to_project(message)
    return flask.redirect(flask.url_for("moderation.index"), 303)
