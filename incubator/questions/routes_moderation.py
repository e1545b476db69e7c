"""The office reads what was sent, passes it on or keeps it back."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.questions import operations_moderation, queries
from incubator.questions.forms import KeepBackForm, PassForm
from incubator.questions.models import Message, MessageState
from incubator.questions.rules import STEPS, KeepingBack

bp = flask.Blueprint("moderation", __name__)


@bp.get("/desk/questions")
@guard(Act.SEE_MESSAGES)
def index() -> ResponseReturnValue:
    person_id = me().id
    return page(
        "questions/index.html", waiting=queries.waiting(person_id, asked_number("after") or 0),
        number=queries.number_waiting(person_id), moderated=queries.moderated(person_id),
    )


@bp.route("/desk/questions/<int:message_id>", methods=["GET", "POST"])
@guard(Act.MODERATE_MESSAGE, hidden=True, message=queries.message)
def read(message: Message) -> ResponseReturnValue:
    form = PassForm(data={"public_text": message.text})
    if form.submitted() and form.carry_out(operations_moderation.pass_on, message, me(), **form.values()):
        flask.flash(_("It was passed on to the project."))
        return flask.redirect(flask.url_for("moderation.index"), 303)
    return page(
        "questions/read.html", form, message=message, project=message.project, can_pass=_may_become(message, "passed"),
        can_keep_back=_may_become(message, "kept_back"), reason=_reason(message),
    )


@bp.route("/desk/questions/<int:message_id>/keep-back", methods=["GET", "POST"])
@guard(Act.MODERATE_MESSAGE, hidden=True, message=queries.message)
def keep_back(message: Message) -> ResponseReturnValue:
    form = KeepBackForm()
    if form.submitted() and form.carry_out(operations_moderation.keep_back, message, me(), **form.values()):
        flask.flash(_("It was kept back. Nobody else sees it."))
        return flask.redirect(flask.url_for("moderation.index"), 303)
    return page("questions/keep_back.html", form, message=message, project=message.project)


def _may_become(message: Message, state: str) -> bool:
    return MessageState(state) in STEPS[message.state]


def _reason(message: Message) -> Any:
    return KeepingBack(message.moderation_note).label if message.state is MessageState.KEPT_BACK else None
