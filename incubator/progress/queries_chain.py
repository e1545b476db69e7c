"""The chain that proves a project from the need to the account, with six queries beside the project's own words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from incubator.budgets.models import Award, CostLine, Plan
from incubator.closing.models import FinalReport, ReportState
from incubator.dialogue.models import Idea, NeedEvidence, Workshop, idea_evidence
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal.models import Entry
from incubator.mentoring.models import Session
from incubator.milestones.models import MilestoneStatus
from incubator.payments.models import Account
from incubator.programme.models import District, Round, Theme
from incubator.progress import queries_dialogue, rules_chain
from incubator.progress.pages import Link
from incubator.progress.pages_chain import Asked, Chain, Planned, Reached
from incubator.progress.pages_project import Decision
from incubator.progress.queries_cards import is_public, theme_name
from incubator.progress.queries_money import sum_columns, sums_of
from incubator.projects.lifecycle import Action
from incubator.projects.models import Project, project_evidence
from incubator.wording.queries import Words


def chain_row(slug: str) -> Any | None:
    """Return a public project with everything its chain says of it alone; its title is the project's own."""
    talks = sa.select(sa.func.count(Session.id)).where(Session.project_id == Project.id).scalar_subquery()
    total = (
        sa.select(sa.func.sum(CostLine.amount_cents)).where(CostLine.plan_id == Award.plan_id)
        .correlate(Award).scalar_subquery()
    )
    return db.session.execute(
        sa.select(
            Project.id, Project.slug, Project.title, Project.language, Project.status, Project.idea_id,
            Project.is_citywide, Project.submitted_at, Project.asked_cents, Project.resolution_body,
            Project.resolution_on, Project.resolution_reference, Project.resolution_url, Theme.slug.label("theme_slug"),
            Theme.names.label("theme"), District.slug.label("district_slug"), District.name.label("district"),
            Round.slug.label("round_slug"), Round.name.label("round"), Round.pays_out, Round.asks_receipts,
            Award.amount_cents, Award.recorded_at, Plan.approved_at, FinalReport.state.label("report"),
            FinalReport.submitted_at.label("reported_at"), FinalReport.audited_at, talks.label("talks"),
            total.label("total_cents"), *sum_columns(),
        )
        .join(Round, Round.id == Project.round_id)
        .outerjoin(Theme, Theme.id == Project.theme_id)
        .outerjoin(District, District.id == Project.district_id)
        .outerjoin(Award, Award.project_id == Project.id)
        .outerjoin(Plan, Plan.id == Award.plan_id)
        .outerjoin(Account, Account.project_id == Project.id)
        .outerjoin(FinalReport, FinalReport.project_id == Project.id)
        .where(Project.slug == slug, is_public())
    ).one_or_none()


def beginning(row: Any) -> tuple[Sequence[Any], Any | None, Any | None]:
    """Return the findings a project stands on, the public idea it grew from, and the workshop of that idea."""
    idea = workshop = None
    if row.idea_id is not None:
        idea = db.session.execute(
            queries_dialogue.ideas_listed().add_columns(Idea.workshop_id).where(Idea.id == row.idea_id)
        ).one_or_none()
    if idea is not None and idea.workshop_id is not None:
        workshop = db.session.execute(
            queries_dialogue.workshops_listed().where(Workshop.id == idea.workshop_id)
        ).one_or_none()
    return _evidence(row.id, idea.id if idea else None), idea, workshop


def _evidence(project_id: int, idea_id: int | None) -> Sequence[Any]:
    own = sa.select(project_evidence.c.evidence_id).where(project_evidence.c.project_id == project_id)
    of_idea = sa.select(idea_evidence.c.evidence_id).where(idea_evidence.c.idea_id == idea_id)
    named = sa.union(own, *([] if idea_id is None else [of_idea]))
    return db.session.execute(
        queries_dialogue.findings_listed().where(NeedEvidence.id.in_(named)).limit(queries_dialogue.ON_PAGE)
    ).all()


def chain(
    row: Any, begun: tuple[Sequence[Any], Any | None, Any | None], milestones: Sequence[Any],
    entries: Sequence[Entry], said: Words,
) -> Chain:
    """Put the steps together from rows that were read before."""
    evidence, idea, workshop = begun
    planned = [each for each in milestones if each.status is not MilestoneStatus.CANCELLED]
    reached = [each for each in planned if each.status is MilestoneStatus.ACCEPTED]
    known = rules_chain.Known(
        row.status, bool(evidence), idea is not None, workshop.state if workshop else None,
        row.report is ReportState.ACCEPTED,
    )
    own, last = _days(row), max((each.actual_on for each in reached if each.actual_on), default=None)
    days = own | {
        "workshop": day(workshop.starts_at) if workshop else None,
        "idea": day(idea.given_at) if idea else None,
        "mentoring": _admitted_on(entries),
        "milestones": last,
        "report": own["checked"] or own["reported"],
    }
    return Chain(
        steps=rules_chain.steps(known, days),
        findings=queries_dialogue.findings(evidence, said),
        workshop=queries_dialogue.workshop(workshop, said, clock.minute()) if workshop else None,
        idea=queries_dialogue.ideas([idea], said)[0] if idea else None,
        asked=_asked(row, said.language),
        talks=row.talks,
        decision=Decision(row.amount_cents, row.resolution_body, row.resolution_on, row.resolution_reference,
                          row.resolution_url),
        plan=Planned(row.total_cents, day(row.approved_at), row.amount_cents),
        milestones=Reached(len(reached), len(planned), last),
        sums=sums_of(row),
        pays_out=row.pays_out,
        asks_receipts=row.asks_receipts,
        report_on=own["reported"],
        checked_on=own["checked"],
    )


def _days(row: Any) -> dict[str, date | None]:
    """Return the days the project itself knows; a report that was given back, or not checked yet, has none."""
    sent = row.report in (ReportState.SUBMITTED, ReportState.ACCEPTED)
    return {
        "proposal": day(row.submitted_at),
        "resolution": row.resolution_on,
        "budget": day(row.recorded_at),
        "reported": day(row.reported_at) if sent else None,
        "checked": day(row.audited_at) if row.report is ReportState.ACCEPTED else None,
    }


def _asked(row: Any, language: str) -> Asked:
    return Asked(
        cents=row.asked_cents,
        theme=Link(row.theme_slug, theme_name(row.theme, language)) if row.theme_slug else None,
        district=queries_dialogue.place(row),
        is_citywide=row.is_citywide,
        round=Link(row.round_slug, row.round),
    )


def _admitted_on(entries: Sequence[Entry]) -> date | None:
    """Return when a mentor began to accompany the project, as the journal has it."""
    admitted = [each.at for each in entries if each.data.get("action") == Action.ADMIT.value]
    return day(admitted[-1]) if admitted else None


def day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.CITY).date() if moment else None
