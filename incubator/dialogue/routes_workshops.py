"""Pages on which workshops are announced, changed, called off and summed up."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import operations, queries, queries_signup, rules
from incubator.dialogue.forms import EVENING, AnnounceForm, CancelForm, EditWorkshopForm, SumUpForm
from incubator.dialogue.models import Workshop, WorkshopKind, WorkshopState
from incubator.dialogue.routes_frame import bp, offer_places, offer_rounds
from incubator.foundation import clock, language
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act


def _offer(form: Form) -> None:
    offer_places(form, _("No district"))


@bp.route("/desk/workshops/add", methods=["GET", "POST"])
@guard(Act.KEEP_WORKSHOPS)
def announce() -> ResponseReturnValue:
    code = language.current().code
    form = AnnounceForm(data={"kind": WorkshopKind.FUTURE_WORKSHOP, "language": code, "languages": [code]} | EVENING)
    rounds = offer_rounds(form)
    _offer(form)
    if rounds and form.submitted():
        values = form.values()
        if form.carry_out(operations.announce, rounds[values.pop("round_id")], me(), **values):
            flash(_("The workshop is announced. Everybody can read it."))
            return redirect(url_for("dialogue.workshop", workshop_id=form.outcome.id), 303)
    return page("dialogue/announce.html", form, rounds=rounds)


@bp.get("/desk/workshops/<int:workshop_id>")
@guard(Act.KEEP_WORKSHOPS, workshop=queries.workshop_by_id)
def workshop(workshop: Workshop) -> ResponseReturnValue:
    return page(
        "dialogue/workshop.html", workshop=workshop, has_begun=workshop.starts_at <= clock.now(),
        is_planned=workshop.state is WorkshopState.PLANNED,
        seats=queries_signup.seats(workshop.id, workshop.places),
    )


@bp.route("/desk/workshops/<int:workshop_id>/edit", methods=["GET", "POST"])
@guard(Act.KEEP_WORKSHOPS, workshop=queries.workshop_by_id)
def edit_workshop(workshop: Workshop) -> ResponseReturnValue:
    form = EditWorkshopForm(data=rules.as_asked(workshop) | {"version": workshop.version})
    _offer(form)
    if form.submitted() and form.carry_out(
        operations.change_workshop, workshop, me(), form.version.data, **form.values()
    ):
        flash(_("The changes were saved."))
        return redirect(url_for("dialogue.workshop", workshop_id=workshop.id), 303)
    return page("dialogue/edit_workshop.html", form, workshop=workshop)


@bp.route("/desk/workshops/<int:workshop_id>/cancel", methods=["GET", "POST"])
@guard(Act.KEEP_WORKSHOPS, workshop=queries.workshop_by_id)
def cancel_workshop(workshop: Workshop) -> ResponseReturnValue:
    form = CancelForm()
    if form.submitted() and form.carry_out(operations.cancel, workshop, me(), **form.values()):
        flash(_("The workshop is cancelled."))
        return redirect(url_for("dialogue.workshop", workshop_id=workshop.id), 303)
    return page("dialogue/cancel_workshop.html", form, workshop=workshop)


@bp.route("/desk/workshops/<int:workshop_id>/summary", methods=["GET", "POST"])
@guard(Act.KEEP_WORKSHOPS, workshop=queries.workshop_by_id)
def sum_up(workshop: Workshop) -> ResponseReturnValue:
    form = SumUpForm(obj=workshop)
    if form.submitted() and form.carry_out(
        operations.sum_up, workshop, me(), version=form.version.data, **form.values()
    ):
        flash(_("Thank you. Everybody can read now what came out."))
        return redirect(url_for("dialogue.workshop", workshop_id=workshop.id), 303)
    return page("dialogue/sum_up.html", form, workshop=workshop)
