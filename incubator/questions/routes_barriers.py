"""Report a barrier, without an account; the office answers within a month."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, public
from incubator.accounts import rules as accounts
from incubator.foundation import language
from incubator.foundation.addresses import asked_number, asked_text
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.questions import operations_barriers, queries_barriers, rules_barriers
from incubator.questions.forms_barriers import AnswerBarrierForm, BarrierForm, NoteForm
from incubator.questions.models_barriers import BarrierReport

bp = flask.Blueprint("barriers", __name__)


@bp.app_context_processor
def _where_from() -> dict[str, str]:
    if not flask.has_request_context():  # letters are written outside of one
        return {}
    request = flask.request
    return {"came_from": rules_barriers.came_from(request.endpoint, request.view_args, request.path)}


@bp.route("/accessibility/report", methods=["GET", "POST"])
@public
def report() -> ResponseReturnValue:
    """Take what somebody writes; a machine is thanked like everybody, and its words are dropped."""
    form = BarrierForm(data={"where": asked_text("page", rules_barriers.LONGEST_PATH)})
    if form.submitted() and (form.is_of_machine or form.carry_out(
        operations_barriers.report, language=language.current().code,
        network=accounts.network_of(flask.request.remote_addr), **form.values(),
    )):
        return flask.redirect(flask.url_for("barriers.received"), 303)
    return page("questions/barrier_report.html", form)


@bp.get("/accessibility/received")
@public
def received() -> ResponseReturnValue:
    return page("questions/barrier_received.html")


@bp.get("/desk/barriers")
@guard(Act.ANSWER_BARRIERS)
def index() -> ResponseReturnValue:
    return page(
        "questions/barriers.html", waiting=queries_barriers.waiting_page(asked_number("after") or 0),
        number=queries_barriers.number_waiting(), answered=queries_barriers.answered())


@bp.route("/desk/barriers/<int:barrier_id>", methods=["GET", "POST"])
@guard(Act.ANSWER_BARRIERS, barrier=queries_barriers.barrier)
def show(barrier: BarrierReport) -> ResponseReturnValue:
    form = AnswerBarrierForm(data={"language": barrier.language, "version": barrier.version})
    if form.submitted() and form.carry_out(
        operations_barriers.answer, barrier, me(), version=form.version.data, **form.values(),
    ):
        flask.flash(_("Your answer is on its way.") if barrier.mail else _("Your answer is kept here."))
        return flask.redirect(flask.url_for("barriers.index"), 303)
    return page("questions/barrier.html", form, report=barrier)


@bp.route("/desk/barriers/<int:barrier_id>/note", methods=["GET", "POST"])
@guard(Act.ANSWER_BARRIERS, barrier=queries_barriers.barrier)
def note(barrier: BarrierReport) -> ResponseReturnValue:
    form = NoteForm(obj=barrier)
    if form.submitted() and form.carry_out(
        operations_barriers.note, barrier, me(), version=form.version.data, **form.values(),
    ):
        flask.flash(_("Your note is kept."))
        return flask.redirect(flask.url_for("barriers.show", barrier_id=barrier.id), 303)
    return page("questions/barrier_note.html", form, report=barrier)
