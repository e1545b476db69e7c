"""Resolutions, what is prepared of them, and the one button that tells everybody."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.budgets.queries import current_plan, totals
from incubator.budgets.queries_approval import exclusion_from
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.selection import operations_decisions, queries, queries_conflicts, queries_decisions, queries_ranking
from incubator.selection.figures import points
from incubator.selection.forms import PrepareForm, PublishForm, ResolutionForm, default_day
from incubator.selection.models import Decision, Outcome, Resolution
from incubator.selection.routes_frame import bp, confirm
from incubator.selection.rules_panel import Ground


@bp.route("/desk/rounds/<int:round_id>/resolutions", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries_decisions.selecting_round)
def resolutions(round: Round) -> ResponseReturnValue:
    form = ResolutionForm()
    if form.submitted() and form.carry_out(operations_decisions.record_resolution, round, me(), **form.values()):
        flash(_("The resolution was written down."))
        return redirect(url_for("selection.resolutions", round_id=round.id), 303)
    return page("selection/resolutions.html", form, round=round, resolutions=queries_decisions.resolutions(round.id))


@bp.route("/desk/resolutions/<int:resolution_id>/remove", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, resolution=queries_decisions.resolution)
def remove_resolution(resolution: Resolution) -> ResponseReturnValue:
    return confirm(
        operations_decisions.remove_resolution, resolution, resolution.round, title=_("Remove the resolution"),
        text=_("Only for one that was written down by mistake."), button=_("Remove"), back="resolutions",
        done=_("The resolution was removed."), about=f"{resolution.body}, {resolution.reference}",
    )


@bp.get("/desk/rounds/<int:round_id>/decisions")
@guard(Act.SEE_SCORES, round=queries_decisions.deciding_round)
def decisions(round: Round) -> ResponseReturnValue:
    return page("selection/decisions.html", round=round, **_facts(round))


@bp.route("/desk/rounds/<int:round_id>/decisions/publish", methods=["GET", "POST"])
@guard(Act.MANAGE_PANEL, round=queries_decisions.deciding_round)
def publish(round: Round) -> ResponseReturnValue:
    form = PublishForm(data={"notice_on": default_day(round.notices_on, clock.today())})
    if form.submitted() and form.carry_out(operations_decisions.publish, round, me(), **form.values()):
        flash(_("All decisions are published. Every project lead gets a letter."))
        return redirect(url_for("selection.decisions", round_id=round.id), 303)
    return page("selection/publish.html", form, round=round, **_facts(round))


def _facts(round_: Round) -> dict[str, Any]:
    prepared = queries_decisions.prepared(round_.id)
    grants = queries.grants([each.project_id for each in prepared])
    awards = sum(grants.get(each.project_id, 0) for each in prepared if each.outcome is Outcome.AWARD)
    return {
        "prepared": sorted(prepared, key=operations_decisions.in_order), "grants": grants, "awards_cents": awards,
        "undecided": queries_decisions.undecided(round_.id), "published": queries_decisions.published(round_.id),
        "resolutions": queries_decisions.resolutions(round_.id), "hindered": _hindered(round_, prepared),
        "is_scoring": round_.has_panel and not queries.is_closed(round_.id),
    }


def _hindered(round_: Round, prepared: Sequence[Decision]) -> dict[int, Ground]:
    """Return in which of these projects whoever reads takes no part, and why."""
    ids = [each.project_id for each in prepared] + [each.id for each in queries.eligible(round_.id)]
    return queries_conflicts.grounds_of(me().id, ids, clock.today())


@bp.route("/desk/projects/<int:project_id>/decision/prepare", methods=["GET", "POST"])
@guard(Act.RECORD_RESOLUTION, project=queries_decisions.deciding_project)
def prepare(project: Project) -> ResponseReturnValue:
    round_, decision = project.round, queries_decisions.prepared_for(project.id)
    resolutions = queries_decisions.resolutions(round_.id)
    form = PrepareForm(data=_drawn(project, decision, resolutions))
    form.offer(resolutions)
    if project.status is Status.WAITLISTED:
        form.only_reject()
    if form.submitted() and form.carry_out(operations_decisions.prepare, project, me(), **_sent(form)):
        flash(_("The decision is prepared. Nobody else sees it until all are published."))
        return redirect(url_for("selection.decisions", round_id=round_.id), 303)
    plan, is_scoring = current_plan(project.id), round_.has_panel and not queries.is_closed(round_.id)
    shows = round_.has_panel and not is_scoring
    return page(
        "selection/prepare.html", form, project=project, round=round_, decision=decision, resolutions=resolutions,
        figures=totals(plan), is_scoring=is_scoring, points=points,
        my_exclusion=exclusion_from(Act.RECORD_RESOLUTION, project, me().id, clock.today()),
        standing=queries_ranking.ranking(round_, clock.today()).of(project.id) if shows else None,
    )


def _sent(form: PrepareForm) -> dict[str, Any]:
    sent = form.values()
    return {"resolution_id": sent.pop("resolution"), "version": form.version.data, **sent}


def _drawn(project: Project, decision: Decision | None, resolutions: Any) -> dict[str, Any]:
    """Return what is prepared, or a start: the newest resolution, a free number, the next place."""
    if decision is not None:
        return {"version": decision.version, "outcome": decision.outcome, "resolution": decision.resolution_id,
                "notice_number": decision.notice_number, "reason": decision.reason,
                "place": decision.place if decision.outcome is Outcome.WAITLIST else None}
    if project.status is Status.WAITLISTED:
        return {"version": 0, "outcome": Outcome.REJECT, "resolution": resolutions[-1].id if resolutions else None}
    taken = queries_decisions.waiting_places(project.round_id)
    return {"version": 0, "resolution": resolutions[-1].id if resolutions else None,
            "notice_number": queries_decisions.free_notice_number(clock.today().year),
            "place": max(taken, default=0) + 1}


@bp.route("/desk/decisions/<int:decision_id>/drop", methods=["GET", "POST"])
@guard(Act.RECORD_RESOLUTION, decision=queries_decisions.decision)
def drop(decision: Decision) -> ResponseReturnValue:
    return confirm(
        operations_decisions.drop, decision, decision.project.round, title=_("Drop what is prepared"),
        text=_("The project waits for a decision again. Nobody outside the coordination ever knew."),
        button=_("Drop"), back="decisions", done=_("The prepared decision was dropped."), about=decision.project.title,
    )
