"""What a partner does on its own page; both doors lead here, and whoever opens one has been let in already."""

import functools
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import may
from incubator.foundation import clock, language
from incubator.foundation.forms import page
from incubator.partners import operations, operations_answers, operations_links, queries, queries_pledges, rules
from incubator.partners.doors import Door
from incubator.partners.forms import AnswerForm, ChangePledgeForm, OfferForm, leave_form
from incubator.partners.models import PLEDGE_STEPS, Partnership, Pledge, PledgeState
from incubator.partners.routes_frame import role_labels
from incubator.partners.rules_value import valued_by_round
from incubator.policy import Act


def mine(door: Door) -> ResponseReturnValue:
    parts = queries_pledges.parts(door.organisation.id, clock.today(), door.projects)
    offered = queries_pledges.offered_by_partners([each.id for part in parts for each in part.pledges])
    asked = [pledge for part in parts if not part.is_over for pledge in part.pledges
             if pledge.state is PledgeState.OFFERED and pledge.id not in offered]
    return page("partners/mine.html", door=door, parts=parts, offered=offered, asked=asked, roles=role_labels())


def pledge(door: Door, pledge: Pledge) -> ResponseReturnValue:
    """Show one promise, and take the partner's word about it or its withdrawal."""
    form = AnswerForm()
    if form.submitted():
        yes = form.answer.data == "confirm"
        work, more = (operations_answers.give_word, {}) if yes else (
            operations_answers.take_back, {"reason": form.reason.data, "from_partner": True})
        if form.carry_out(_noting(door, work), pledge, door.by, **more):
            flash(_("Thank you! The pledge is confirmed.") if yes else _("The pledge was withdrawn."))
            return redirect(_after(door, pledge), 303)
    steps = PLEDGE_STEPS[pledge.state] if rules.is_open(pledge.project) else ()
    is_theirs = queries.is_from_partner(pledge.id)
    return page(
        "partners/answer_pledge.html", form, door=door, pledge=pledge, project=pledge.project,
        asked=PledgeState.CONFIRMED in steps and not is_theirs, can_withdraw=PledgeState.WITHDRAWN in steps,
        waits=PledgeState.CONFIRMED in steps and is_theirs, reason=queries_pledges.reason_of(pledge),
        proofs=queries_pledges.proofs(pledge.id),
    )


def _noting(door: Door, work: Callable[..., Any]) -> Callable[..., Any]:
    """Let an operation note, in the same transaction, that the link is in use."""

    @functools.wraps(work)
    def noted(*args: Any, **facts: Any) -> Any:
        if door.link is not None:
            operations_links.note_use(door.link)
        return work(*args, **facts)

    return noted


def _after(door: Door, pledge: Pledge) -> str:
    """Lead to where somebody may be: partners see their promise, the coordination the project's partners."""
    if door.by is not None and may(Act.SEE_PROJECT, pledge.project):
        return url_for("partners.show", project_id=pledge.project_id)
    return door.to("pledge", pledge_id=pledge.id)


def change(door: Door, pledge: Pledge) -> ResponseReturnValue:
    form = ChangePledgeForm(obj=pledge)
    if form.submitted() and form.carry_out(
        _noting(door, operations_answers.change_and_confirm), pledge, door.by, form.version.data, **form.values()
    ):
        flash(_("Thank you! The pledge is confirmed."))
        return redirect(door.to("pledge", pledge_id=pledge.id), 303)
    is_open = rules.is_open(pledge.project) and pledge.state is PledgeState.OFFERED
    return page(
        "partners/change_pledge.html", form, door=door, pledge=pledge, project=pledge.project,
        is_open=is_open and not queries.is_from_partner(pledge.id), rates=valued_by_round(pledge.project.round),
    )


def offer(door: Door, partnership: Partnership) -> ResponseReturnValue:
    form, project = OfferForm(data={"quantity": 1}), partnership.project
    if form.submitted() and form.carry_out(
        _noting(door, operations.pledge), project, partnership.organisation, door.by,
        language=language.current().code, from_partner=True, **form.values(),
    ):
        flash(_("Thank you! The project has your offer and will answer."))
        return redirect(door.home(), 303)
    is_open = rules.is_open(project) and partnership.until is None
    return page("partners/offer.html", form, door=door, partnership=partnership, project=project, is_open=is_open,
                rates=valued_by_round(project.round))


def end(door: Door, partnership: Partnership) -> ResponseReturnValue:
    pledges = queries.to_settle(partnership)
    form = leave_form(pledges)
    if form.submitted() and form.carry_out(
        _noting(door, operations.leave), partnership, door.by, form.settled(), form.reason.data, from_partner=True
    ):
        flash(_("The partnership has ended. You can read here for 30 more days."))
        return redirect(door.home(), 303)
    return page("partners/end.html", form, door=door, partnership=partnership, project=partnership.project,
                pledges=pledges, is_open=partnership.until is None)


def own(door: Door, thing: Pledge | Partnership | None) -> Any:
    """Return a thing that belongs to who came; anybody else's is no page, nor what they may not read any more."""
    if thing is None or thing.organisation_id != door.organisation.id or not (
        door.opens(thing.project_id) and queries_pledges.may_read(thing.project_id, door.organisation.id, clock.today())
    ):
        abort(404)
    return thing
