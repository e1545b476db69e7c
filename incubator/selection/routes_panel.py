"""What the panel of a round scores by, and who is on it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock, language
from incubator.foundation.forms import me, page
from incubator.organisations.queries import people
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.selection import operations_panel, queries, queries_ranking
from incubator.selection.forms import CriterionForm, MemberForm
from incubator.selection.models import Criterion, PanelMember
from incubator.selection.routes_frame import bp, confirm


@bp.get("/desk/rounds/<int:round_id>/panel")
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def panel(round: Round) -> ResponseReturnValue:
    return page(
        "selection/panel.html", round=round, criteria=queries.criteria(round.id), members=queries.members(round.id),
        is_begun=queries.count_sheets(round.id) > 0, is_closed=queries.is_closed(round.id),
        counted=queries_ranking.counted(round, clock.today()),
    )


@bp.route("/desk/rounds/<int:round_id>/panel/criteria/usual", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def suggest_criteria(round: Round) -> ResponseReturnValue:
    return confirm(
        operations_panel.suggest_criteria, round, round, title=_("Begin with the usual criteria"), back="panel",
        text=_("Need, involvement, effect in the district, feasibility and costs. You can change, order and remove "
               "them afterwards."),
        button=_("Take these"), done=_("The criteria were added. Change them as you like."),
    )


@bp.route("/desk/rounds/<int:round_id>/panel/criteria/add", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def add_criterion(round: Round) -> ResponseReturnValue:
    form = CriterionForm(data={"weight": 1, "language": language.current().code})
    if form.submitted() and form.carry_out(operations_panel.add_criterion, round, me(), **form.values()):
        flash(_("The criterion was added."))
        return redirect(url_for("selection.panel", round_id=round.id), 303)
    return page("selection/criterion.html", form, round=round, criterion=None)


@bp.route("/desk/criteria/<int:criterion_id>/edit", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, criterion=queries.criterion)
def change_criterion(criterion: Criterion) -> ResponseReturnValue:
    form = CriterionForm(obj=criterion)
    if form.submitted() and form.carry_out(operations_panel.change_criterion, criterion, me(), **form.values()):
        flash(_("The criterion was changed."))
        return redirect(url_for("selection.panel", round_id=criterion.round_id), 303)
    return page("selection/criterion.html", form, round=criterion.round, criterion=criterion)


@bp.route("/desk/criteria/<int:criterion_id>/remove", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, criterion=queries.criterion)
def remove_criterion(criterion: Criterion) -> ResponseReturnValue:
    return confirm(
        operations_panel.remove_criterion, criterion, criterion.round, title=_("Remove the criterion"), back="panel",
        text=_("The panel will not score by it."), button=_("Remove"), done=_("The criterion was removed."),
        about=criterion.title,
    )


@bp.route("/desk/rounds/<int:round_id>/panel/members/add", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries.panel_round)
def name_member(round: Round) -> ResponseReturnValue:
    form, on_panel = MemberForm(), queries.panel_ids(round.id)
    form.offer(person for person in people() if person.id not in on_panel)
    if form.submitted() and form.carry_out(operations_panel.name_member, round, me(), person_id=form.person.data):
        flash(_("The person is on the panel now and gets a letter."))
        return redirect(url_for("selection.panel", round_id=round.id), 303)
    return page("selection/member.html", form, round=round)


@bp.route("/desk/panel-members/<int:member_id>/end", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, member=queries.member)
def end_member(member: PanelMember) -> ResponseReturnValue:
    return confirm(
        operations_panel.end_member, member, member.round, title=_("End the part in the panel"), back="panel",
        text=_("Sheets that were handed in stay and count; those only begun do not."), button=_("End this"),
        done=_("The person is no longer on the panel."), about=member.person.name,
    )
