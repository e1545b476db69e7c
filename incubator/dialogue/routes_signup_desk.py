"""Pages on which those who prepare a workshop see who comes, and enter or cancel for somebody who telephoned."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import operations_signup, queries, queries_signup, rules_signup
from incubator.dialogue.forms_signup import EnterForm
from incubator.dialogue.models import Workshop
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.dialogue.routes_frame import bp
from incubator.foundation import clock, language
from incubator.foundation.forms import ActForm, me, page
from incubator.policy import Act


@bp.get("/desk/workshops/<int:workshop_id>/sign-ups")
@guard(Act.KEEP_WORKSHOPS, workshop=queries.workshop_by_id)
def sign_ups(workshop: Workshop) -> ResponseReturnValue:
    listed = queries_signup.with_answer(workshop.id)
    coming = [each for each in listed if each.state is SignupState.COMING]
    return page(
        "dialogue/sign_ups.html", workshop=workshop, coming=coming,
        waiting=[each for each in listed if each.state is SignupState.WAITING],
        seats=queries_signup.seats(workshop.id, workshop.places), unconfirmed=queries_signup.unconfirmed(workshop.id),
        interpreters=_interpreters(coming), is_ahead=rules_signup.is_ahead(workshop, clock.now()),
    )


def _interpreters(coming: list[Signup]) -> dict[str, int]:
    """Return for how many people which language must be interpreted."""
    wanted: dict[str, int] = {}
    for each in coming:
        if each.interpreter:
            wanted[each.interpreter] = wanted.get(each.interpreter, 0) + each.people
    return dict(sorted(wanted.items()))


@bp.route("/desk/workshops/<int:workshop_id>/sign-ups/add", methods=["GET", "POST"])
@guard(Act.KEEP_WORKSHOPS, workshop=queries.workshop_by_id)
def enter_sign_up(workshop: Workshop) -> ResponseReturnValue:
    form = EnterForm(data={"language": language.current().code, "people": 1, "children": 0})
    form.offer(workshop)
    if form.submitted() and form.carry_out(operations_signup.enter, workshop, me(), **form.values()):
        state = getattr(form.outcome, "state", None)
        flash(_("They are on the waiting list. The letter is on its way.") if state is SignupState.WAITING
              else _("They have a place. The letter is on its way."))
        return redirect(url_for("dialogue.sign_ups", workshop_id=workshop.id), 303)
    return page("dialogue/enter_sign_up.html", form, workshop=workshop,
                is_ahead=rules_signup.is_ahead(workshop, clock.now()),
                seats=queries_signup.seats(workshop.id, workshop.places))


@bp.route("/desk/workshops/sign-ups/<int:signup_id>/cancel", methods=["GET", "POST"])
@guard(Act.KEEP_WORKSHOPS, signup=queries_signup.signup)
def cancel_sign_up(signup: Signup) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations_signup.cancel, signup.id, me()):
        flash(_("The place is free again. They get a letter about it."))
        return redirect(url_for("dialogue.sign_ups", workshop_id=signup.workshop_id), 303)
    return page("dialogue/cancel_sign_up.html", form, signup=signup, workshop=signup.workshop)
