"""Give an idea without an account, and see at once whether somebody had a similar one."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import public
from incubator.accounts import rules as accounts
from incubator.accounts.operations_sign_in import count_try
from incubator.dialogue import operations_giving, queries_ideas
from incubator.dialogue.forms_idea import NewIdeaForm
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked_text
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import page
from incubator.foundation.transaction import transaction
from incubator.media import waiting
from incubator.programme import queries as programme
from incubator.programme.models import Round

bp = flask.Blueprint("giving", __name__)
LONGEST_TITLE = 120


def _network() -> str:
    return accounts.network_of(flask.request.remote_addr)


@bp.route("/ideas/new", methods=["GET", "POST"])
@public
def new() -> ResponseReturnValue:
    """Take an idea; a machine is thanked like everybody, and its words are dropped."""
    round = queries_ideas.round_for_ideas(clock.today())
    if round is None:
        return page("ideas/closed.html", begins=queries_ideas.ideas_begin(clock.today()))
    form = NewIdeaForm()
    form.district_id.choices = [("", _("The whole city, or I do not know")),
                                *((each.id, each.name) for each in programme.districts())]
    if _is_read(form) and (form.is_of_machine or _is_taken(form, round)):
        return flask.redirect(flask.url_for("giving.thanks"), 303)
    similar = queries_ideas.similar_public(form.title.data) if form.errors and form.title.data else []
    return page("ideas/new.html", form, until=round.ideas_until, similar=similar)


def _is_read(form: NewIdeaForm) -> bool:
    """Say whether the form is all right so far; a photo is kept meanwhile, whatever else is wrong."""
    sender = form.sender
    if not form.is_submitted() or form.website.data or sender is None:
        return form.submitted()
    if form.photo.sent:
        try:
            with transaction():
                count_try("idea photo from", _network())
        except RuleBroken as broken:
            form.photo.sent = []
            form.submitted()
            form.refuse(RuleBroken(broken.sentence, form.photo.name))
            return False
    return waiting.receive(form, sender)


def _is_taken(form: NewIdeaForm, round: Round) -> bool:
    try:
        photo = form.given_photo()
    except RuleBroken as broken:
        form.refuse(broken)
        return False
    return form.carry_out(operations_giving.give, round, language=language.current().code, network=_network(),
                          photo=photo, **form.values())


@bp.get("/ideas/thanks")
@public
def thanks() -> ResponseReturnValue:
    round = queries_ideas.round_for_ideas(clock.today())
    workshop = queries_ideas.next_workshop(round.id, clock.now()) if round else None
    return page("ideas/thanks.html", until=round.ideas_until if round else None, workshop=workshop)


@bp.get("/ideas/similar")
@public
def similar() -> ResponseReturnValue:
    """A piece of a page for whoever is typing a title: at most three public ideas."""
    found = queries_ideas.similar_public(asked_text("q", LONGEST_TITLE))
    answer = flask.make_response(flask.render_template("ideas/similar.html", similar=found))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
