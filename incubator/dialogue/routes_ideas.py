"""Pages on which ideas are entered for people, corrected and answered."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import operations, queries, queries_ideas
from incubator.dialogue.forms import EditIdeaForm, GiveIdeaForm, MoveIdeaForm
from incubator.dialogue.models import IDEA_STEPS, Idea, IdeaState
from incubator.dialogue.routes_frame import bp, offer_findings, offer_places, offer_rounds
from incubator.foundation import language, rendering
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act


def _offer(form: Form, rounds: Any) -> None:
    offer_places(form, _("The whole city, or nobody knows"))
    workshops = [(each.id, f"{rendering.day(each.starts_at)} · {each.title}") for each in queries.workshops_of(rounds)]
    form["workshop_id"].choices = [("", _("At none of them")), *workshops]
    offer_findings(form, queries.findings())


@bp.route("/desk/ideas/add", methods=["GET", "POST"])
@guard(Act.KEEP_IDEAS)
def give_idea() -> ResponseReturnValue:
    """Enter an idea; from a workshop's page that workshop is chosen already."""
    form = GiveIdeaForm(data={"language": language.current().code, "workshop_id": asked_number("workshop")})
    rounds = offer_rounds(form)
    _offer(form, rounds)
    if rounds and form.submitted():
        values = form.values()
        if form.carry_out(operations.give_idea, rounds[values.pop("round_id")], me(), **values):
            flash(_("The idea is written down."))
            return redirect(url_for("dialogue.idea", idea_id=form.outcome.id), 303)
    return page("dialogue/give_idea.html", form, rounds=rounds)


@bp.route("/desk/ideas/<int:idea_id>", methods=["GET", "POST"])
@guard(Act.KEEP_IDEAS, idea=queries.idea)
def idea(idea: Idea) -> ResponseReturnValue:
    """Read an idea and say what becomes of it; a project is begun on a page of its own."""
    similar = queries_ideas.similar_to(idea) if IdeaState.MERGED in _steps(idea) else []
    form = _move_form(idea, [each.id for each in similar])
    if form.submitted():
        values = form.values()
        into = values.pop("into_id", None)
        if form.carry_out(
            operations.move_idea, idea, values.pop("to"), me(), **values,
            into=queries.idea(into) if into else None,
        ):
            flash(_("Saved: %(state)s", state=idea.state.label))
            return redirect(url_for("dialogue.idea", idea_id=idea.id), 303)
    return page(
        "dialogue/idea.html", form, idea=idea, steps=form.to.choices, joined=queries.joined(idea),
        into=queries.idea(idea.merged_into_id) if idea.merged_into_id else None,
        may_become=IdeaState.PROMOTED in IDEA_STEPS[idea.state], similar=similar,
        may_show=idea.may_be_public and not idea.is_public,
    )


def _steps(idea: Idea) -> list[IdeaState]:
    """Return what the office can say of an idea; one that became a project is answered, and projects begin elsewhere.
    """
    if idea.state is IdeaState.PROMOTED:
        return []
    return [each for each in IDEA_STEPS[idea.state] if each is not IdeaState.PROMOTED]


def _move_form(idea: Idea, similar: Sequence[int]) -> MoveIdeaForm:
    """Offer the steps that are possible, and among the others to join those that are similar first."""
    form, steps = MoveIdeaForm(), _steps(idea)
    others = queries.ideas_to_join(idea) if IdeaState.MERGED in steps else []
    others = sorted(others, key=lambda each: similar.index(each.id) if each.id in similar else len(similar))
    if not others:
        steps = [each for each in steps if each is not IdeaState.MERGED]
        del form.into_id
    else:
        form.into_id.choices = [("", _("Please choose")), *((each.id, each.title) for each in others)]
    form.to.choices = [(each.value, each.label) for each in steps]
    written_in = language.BY_CODE[idea.round.language].name
    form.reason.description = _(
        "If the idea is not taken up here, please say why. Everybody can read it; write it in %(language)s.",
        language=written_in) if idea.is_public else _("If the idea is not taken up here, please say why.")
    return form


@bp.route("/desk/ideas/<int:idea_id>/edit", methods=["GET", "POST"])
@guard(Act.KEEP_IDEAS, idea=queries.idea)
def edit_idea(idea: Idea) -> ResponseReturnValue:
    form = EditIdeaForm(obj=idea, evidence_ids=[each.id for each in idea.evidence])
    _offer(form, [idea.round_id])
    if form.submitted() and form.carry_out(operations.change_idea, idea, me(), form.version.data, **form.values()):
        flash(_("The changes were saved."))
        return redirect(url_for("dialogue.idea", idea_id=idea.id), 303)
    return page("dialogue/edit_idea.html", form, idea=idea)
