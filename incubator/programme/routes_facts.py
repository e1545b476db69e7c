"""Pages for the facts of a round, and for the lists of districts and themes."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import language
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.programme import operations, queries
from incubator.programme.forms import FactForm
from incubator.programme.models import FactKind, Round, RoundFact
from incubator.programme.routes_rounds import bp


@bp.route("/desk/rounds/<int:round_id>/facts/add", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def add_fact(round: Round) -> ResponseReturnValue:
    form = FactForm(data={"kind": FactKind.DECISION.value, "language": language.current().code})
    if form.submitted() and form.carry_out(operations.add_fact, round, me(), **form.values()):
        flash(_("The fact was added."))
        return redirect(url_for("programme.round", round_id=round.id), 303)
    return page("programme/add_fact.html", form, round=round)


@bp.route("/desk/facts/<int:fact_id>/remove", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, fact=queries.fact)
def remove_fact(fact: RoundFact) -> ResponseReturnValue:
    form, round = ActForm(), fact.round
    if form.submitted() and form.carry_out(operations.remove_fact, fact, me()):
        flash(_("The fact was removed."))
        return redirect(url_for("programme.round", round_id=round.id), 303)
    return page("programme/remove_fact.html", form, fact=fact, round=round)


@bp.route("/desk/districts")
@guard(Act.MANAGE_ROUNDS)
def districts() -> ResponseReturnValue:
    return page("programme/districts.html", districts=queries.districts(), themes=queries.themes())
