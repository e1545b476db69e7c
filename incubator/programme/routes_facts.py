"""Pages for the facts of a round, and for the lists of districts and themes."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import language
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act
from incubator.programme import operations, operations_shapes, queries, queries_shapes
from incubator.programme.forms import FactForm, TileForm
from incubator.programme.models import District, FactKind, Round, RoundFact
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
    return page(
        "programme/districts.html", districts=queries.districts(), themes=queries.themes(),
        shapes=queries_shapes.shape_set(),
    )


@bp.route("/desk/districts/<int:district_id>/tile", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, district=queries.district)
def place_tile(district: District) -> ResponseReturnValue:
    """Say where a district lies on the schematic map; people count from one."""
    lies = {name: None if at is None else at + 1 for name, at in
            (("column", district.tile_column), ("row", district.tile_row))}
    form = TileForm(data=lies)
    if form.submitted() and form.carry_out(operations_shapes.place_tile, district, me(), **form.values()):
        flash(_("The tile was moved."))
        return redirect(url_for("programme.districts"), 303)
    return page("programme/place_tile.html", form, district=district)
