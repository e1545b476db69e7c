"""Write down what was resolved, prepare what becomes of each project, and tell all of them at once.

What is prepared is known to the coordination and the auditors only: no letter, no feed and no status changes, and the
book's entries are about the round, so that nothing of them reaches a project's own timeline.
Lock order: the round before its projects (by number) before the journal.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.budgets import operations_decision as budgets
from incubator.budgets.operations_conflict import demand_free_to_decide
from incubator.budgets.queries import notice_number_is_taken
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.policy import Act, allows
from incubator.programme.models import Round
from incubator.projects.models import Project
from incubator.projects.rules_carrier import demand_agreed
from incubator.selection import (
    queries,
    queries_conflicts,
    queries_decisions,
    queries_ranking,
    rules_decisions,
    rules_panel,
)
from incubator.selection.models import DecidingBody, Decision, Outcome, Resolution
from incubator.selection.operations_sheets import void_conflicted

FIRST = (Outcome.AWARD, Outcome.WAITLIST, Outcome.REJECT)


def record_resolution(
    round_: Round, by, *, kind: DecidingBody, body: str, on: date, reference: str, url: str = ""
) -> Resolution:
    hold(round_)
    if on > clock.today():
        raise RuleBroken(_l("A decision cannot be recorded before it was taken."), "on")
    known = [(each.kind, each.reference) for each in queries_decisions.resolutions(round_.id)]
    if (kind, reference) in known:
        raise RuleBroken(_l("This resolution is already here."), "reference")
    made = Resolution(
        round_id=round_.id, kind=kind, body=body, on=on, reference=reference, url=rules_panel.paper_address(url),
        recorded_by_id=by.id, recorded_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    record("resolution.recorded", by, round_, resolution=made.id, on=on)
    return made


def remove_resolution(resolution: Resolution, by) -> None:
    """Take back one that was written down by mistake; refused once a decision names it."""
    hold(resolution.round)
    if queries_decisions.is_used(resolution.id):
        raise RuleBroken(_l("Decisions name this resolution. It stays."))
    record("resolution.removed", by, resolution.round, resolution=resolution.id)
    db.session.delete(resolution)


def prepare(
    project: Project, by, *, outcome: Outcome, resolution_id: int, reason: str = "", notice_number: str = "",
    place: int | None = None, version: int | None = None,
) -> Decision:
    """Prepare what becomes of a project, or change what is prepared; it is told to nobody."""
    round_ = hold(project.round)
    hold(project)
    rules_decisions.demand_together(round_.publishes_together)
    rules_decisions.demand_undecided(project.status, outcome)
    demand_free_to_decide(project, by)
    resolution = resolution_of(round_, resolution_id)
    standing = _standing(round_, project)
    if outcome is Outcome.WAITLIST:
        rules_decisions.demand_place(place, queries_decisions.waiting_places(round_.id, project.id))
    if outcome is Outcome.AWARD:
        demand_agreed(project)
        demand_free_number(notice_number, project)
    rules_decisions.demand_reason(outcome, reason)
    decision = queries_decisions.prepared_for(project.id)
    facts = {
        "outcome": outcome, "resolution_id": resolution.id, "reason": reason.strip(),
        "notice_number": notice_number if outcome is Outcome.AWARD else "",
        "place": place if outcome is Outcome.WAITLIST else standing.place if standing else None,
        "points_milli": standing.points_milli if standing else None,
        "prepared_by_id": by.id, "prepared_at": clock.now(),
    }
    if decision is None:
        decision = Decision(project_id=project.id, **facts)
        db.session.add(decision)
        db.session.flush()
    else:
        seen(decision, version, _written(decision))
        for name, value in facts.items():
            setattr(decision, name, value)
    record("decision.prepared", by, round_, decision=decision.id)
    return decision


def _standing(round_: Round, project: Project):
    """Return where a project stands in the ranking that is closed; None in rounds without a panel."""
    if not round_.has_panel:
        return None
    rules_decisions.demand_closed(queries.is_closed(round_.id))
    void_conflicted(round_)
    standing = queries_ranking.ranking(round_, clock.today()).of(project.id)
    rules_decisions.demand_no_tie(standing is not None and standing.is_tied)
    return standing


def resolution_of(round_: Round, resolution_id: int) -> Resolution:
    found = queries_decisions.resolution(resolution_id)
    if found is None or found.round_id != round_.id:
        raise RuleBroken(_l("Please choose a resolution of this round."), "resolution")
    return found


def demand_free_number(number: str, project: Project) -> None:
    if not number:
        raise RuleBroken(_l("Please give the number of the notice."), "notice_number")
    if notice_number_is_taken(number, project.id) or queries_decisions.notice_number_is_prepared(number, project.id):
        raise RuleBroken(_l("The notice number %(number)s is already used.", number=number), "notice_number")


def _written(decision: Decision) -> dict[str, object]:
    return {"outcome": decision.outcome, "reason": decision.reason, "notice_number": decision.notice_number,
            "place": decision.place, "resolution": decision.resolution_id}


def drop(decision: Decision, by) -> None:
    """Take back what was prepared; nobody but the coordination ever knew."""
    round_ = hold(decision.project.round)
    hold(decision)
    if decision.published_at is not None or decision.dropped_at is not None:
        raise RuleBroken(_l("This decision is no longer only prepared."))
    demand_free_to_decide(decision.project, by)
    decision.dropped_at = clock.now()
    record("decision.dropped", by, round_, decision=decision.id)


def publish(round_: Round, by, *, notice_on: date, without_others: bool = False) -> list[Decision]:
    """Carry out everything that is prepared, in one piece: either all projects are told, or none is (R6)."""
    hold(round_)
    rules_decisions.demand_together(round_.publishes_together)
    decisions = sorted(queries_decisions.prepared(round_.id), key=in_order)
    if not decisions:
        raise RuleBroken(_l("Nothing is prepared yet."))
    if not without_others and queries_decisions.undecided(round_.id):
        raise RuleBroken(_l("For some projects nothing is prepared yet. Say that they are decided later, or prepare "
                            "them first."), "without_others")
    hold_all([each.project_id for each in decisions], decisions)
    for decision in decisions:
        demand_allowed(decision.project, by)
    _demand_free_of_all(decisions, by)
    _demand_same_points(round_, decisions)
    for decision in decisions:
        carry_out(decision, by, notice_on)
    counts = {outcome.value: sum(each.outcome is outcome for each in decisions) for outcome in Outcome}
    record("decisions.published", by, round_, **counts)
    return decisions


def in_order(decision: Decision) -> tuple[int, int, int]:
    return FIRST.index(decision.outcome), decision.place or 0, decision.id


def _demand_same_points(round_: Round, decisions: Iterable[Decision]) -> None:
    """Refuse what was prepared on points that have changed since: a sheet may have been taken out of the count."""
    if not round_.has_panel:
        return
    found = queries_ranking.ranking(round_, clock.today())
    for decision in decisions:
        standing = found.of(decision.project_id)
        if standing is not None and standing.points_milli != decision.points_milli:
            raise RuleBroken(_l("Nothing was published: the points of “%(title)s” have changed since its decision was "
                                "prepared. Please look at it again.", title=decision.project.title))


def hold_all(project_ids: Iterable[int], decisions: Iterable[Decision] = ()) -> None:
    """Hold every row before the first entry is written: whoever waits for the journal must hold its rows already."""
    db.session.scalars(sa.select(Project).where(Project.id.in_(list(project_ids))).order_by(Project.id)
                       .with_for_update(of=Project).execution_options(populate_existing=True)).all()
    for each in sorted(decisions, key=lambda each: each.id):
        hold(each)


def demand_allowed(project: Project, by) -> None:
    if not allows(Act.RECORD_RESOLUTION, by, project):
        raise RuleBroken(_l("You take part in “%(title)s” yourself. Somebody else of the coordination must do this.",
                            title=project.title))


def _demand_free_of_all(decisions: Sequence[Decision], by) -> None:
    """Refuse whoever takes no part in one of these decisions; the sentence names it and who is free for all (C1)."""
    free, why = queries_conflicts.free_to_decide([each.project_id for each in decisions], by.id, clock.today())
    for each in decisions:
        if each.project_id in why:
            sentence = rules_decisions.with_way_out(why[each.project_id].label, [person.name for person in free])
            raise RuleBroken(_l("Nothing was published, because of “%(title)s”: %(sentence)s",
                                title=each.project.title, sentence=sentence))


def carry_out(decision: Decision, by, notice_on: date) -> None:
    project, resolution = decision.project, decision.resolution
    resolved: dict[str, Any] = {
        "body": resolution.body, "on": resolution.on, "reference": resolution.reference, "url": resolution.url,
    }
    try:
        if decision.outcome is Outcome.AWARD:
            budgets.award(project, by, notice_number=decision.notice_number, notice_on=notice_on, **resolved)
        elif decision.outcome is Outcome.WAITLIST:
            budgets.waitlist(project, by, **resolved)
        else:
            budgets.reject(project, by, reason=decision.reason, **resolved)
    except RuleBroken as broken:
        raise RuleBroken(_l("Nothing was published, because of “%(title)s”: %(sentence)s", title=project.title,
                            sentence=broken.sentence)) from None
    decision.published_at = clock.now()
