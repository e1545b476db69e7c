"""What charts show: a project's from what its page knows already, a project's receipts and a round's with one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.milestones.models import Milestone as Planned
from incubator.milestones.models import MilestoneStatus
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.programme.models import Round
from incubator.progress import rules_charts, rules_charts_money, rules_charts_sums
from incubator.progress.kept import kept
from incubator.progress.pages_charts import Course, Flow, Plan, Timeline
from incubator.progress.pages_money import MoneyPage
from incubator.progress.pages_project import Milestone, ProjectPage
from incubator.progress.queries_cards import is_public
from incubator.projects.models import Project

PLANNED, REACHED = "planned", "reached"
PAID, PROVED = "paid", "proved"


@dataclass(frozen=True)
class ProjectCharts:
    timeline: Timeline | None
    plan: Plan | None
    course: Course | None


@dataclass(frozen=True)
class MoneyCharts:
    flow: Flow
    course: Course | None


def project_charts(page: ProjectPage, today: date) -> ProjectCharts:
    """Draw what a project's page tells already; nothing more is asked of the database."""
    kept = [each for each in page.milestones if each.status.value != MilestoneStatus.CANCELLED]
    places = {each.number: place for place, each in enumerate(kept)}
    promises = [_promise(each, places) for each in kept]
    grown = {
        PLANNED: [(each.due, each.weight) for each in kept],
        REACHED: [(each.actual, each.weight) for each in kept if each.actual],
    }
    return ProjectCharts(
        rules_charts.timeline(promises, today, page.starts_on), rules_charts.plan(promises, today, page.starts_on),
        _milestone_course(grown, today),
    )


def _promise(each: Milestone, places: dict[int, int]) -> rules_charts.Promise:
    return rules_charts.Promise(
        title=each.title, language=each.language, due=each.due, expected=each.forecast, reached=each.actual,
        state=each.status.value, needs=places.get(each.needs or 0),
    )


def _milestone_course(grown: dict[str, Any], today: date) -> Course | None:
    most = sum(weight for _day, weight in grown[PLANNED])
    return rules_charts_sums.course(grown, most, today, ahead=(PLANNED,))


def money_charts(page: MoneyPage, today: date) -> MoneyCharts:
    """Draw where a project's money is, and how payments and proofs grew; asks for the receipts' days."""
    grown: dict[str, list[tuple[date, int]]] = {}
    if page.pays_out:
        grown[PAID] = [(each.on, -each.cents if each.is_back else each.cents) for each in page.payments]
    if page.asks_receipts:
        grown[PROVED] = [(row.on, int(row.cents)) for row in _proved(page.slug)]
    most = max([page.sums.awarded, *(sum(more for _day, more in found) for found in grown.values())])
    course = rules_charts_sums.course(grown, most, today) if any(grown.values()) else None
    return MoneyCharts(rules_charts_sums.flow(rules_charts_money.stations(page)), course)


def _proved(slug: str) -> Sequence[Any]:
    return db.session.execute(
        sa.select(LedgerEntry.on, sa.func.sum(LedgerEntry.amount_cents).label("cents"))
        .join(Project, Project.id == LedgerEntry.project_id)
        .where(Project.slug == slug, is_public(), LedgerEntry.kind == EntryKind.PROVED)
        .group_by(LedgerEntry.on).order_by(LedgerEntry.on)
    ).all()


def round_course(slug: str, today: date) -> Course | None:
    """Draw how the milestones of a round's public projects were reached, all together."""
    rows = _milestones_of_round(slug)
    grown = {
        PLANNED: [(row.due_on, row.number) for row in rows],
        REACHED: [(row.actual_on, row.number) for row in rows if row.status is MilestoneStatus.ACCEPTED],
    }
    return _milestone_course(grown, today)


@kept
def _milestones_of_round(slug: str) -> Sequence[Any]:
    return db.session.execute(
        sa.select(Planned.due_on, Planned.actual_on, Planned.status, sa.func.count().label("number"))
        .join(Project, Project.id == Planned.project_id).join(Round, Round.id == Project.round_id)
        .where(Round.slug == slug, is_public(), Planned.status != MilestoneStatus.CANCELLED)
        .group_by(Planned.due_on, Planned.actual_on, Planned.status)
    ).all()
