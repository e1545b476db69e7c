"""The page behind the link in our letters: where my idea stands. Opening it changes nothing, mail scanners do that."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import public
from incubator.dialogue import operations_giving, queries_ideas
from incubator.dialogue.forms_idea import MineForm
from incubator.foundation import language
from incubator.foundation.forms import page
from incubator.progress import queries_mine

bp = flask.Blueprint("mine", __name__)


@bp.route("/ideas/mine/<token>", methods=["GET", "POST"])
@public
def show(token: str) -> ResponseReturnValue:
    idea = queries_ideas.idea_of_link(token, str(flask.current_app.config["SECRET_KEY"]))
    if idea is None:
        return flask.render_template("ideas/gone.html"), 410
    form = MineForm()
    if form.submitted() and (done := _do(form, idea.id)):
        flask.flash(done)
        here = form.wish.data == "forget"
        return flask.redirect(flask.url_for("mine.show", token=token) if here else flask.url_for("voices.ideas"), 303)
    return page("ideas/mine.html", form, token=token, mine=queries_mine.mine_page(idea, language.current().code))


def _do(form: MineForm, idea_id: int) -> str:
    """Carry a wish out and return what to say of it, nothing where it was refused."""
    wish = form.wish.data
    if wish == "take_back":
        done = form.carry_out(operations_giving.take_back, idea_id)
        return _("Your idea is taken back. We have deleted it, and your address with it.") if done else ""
    done = form.carry_out(operations_giving.forget_address, idea_id, not_me=wish == "not_me")
    return _("Your address is deleted. We do not write to you any more.") if done else ""
