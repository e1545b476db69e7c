"""A project with what its round says, as one row."""

from typing import Any

import sqlalchemy as sa

from incubator.desk.facts import ProjectFact
from incubator.programme.models import Round
from incubator.projects.models import Project

FIELDS = (
    "id", "slug", "title", "language", "status", "status_since", "return_due_on", "return_reason", "award_final_on",
    "carrier_agreed_on", "round_name", "proposals_until", "check_until", "budgets_until", "council_on",
    "reports_due_on", "mentor_silence_alert_days", "publishes_together", "translation_due_on",
    "translation_received_on",
)


def project_columns(*more: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        Project.id, Project.slug, Project.title, Project.language, Project.status, Project.status_since,
        Project.return_due_on, Project.return_reason, Project.award_final_on, Project.carrier_agreed_on,
        Round.name.label("round_name"), Round.proposals_until, Round.check_until, Round.budgets_until,
        Round.council_on, sa.func.coalesce(Project.report_due_on, Round.reports_due_on).label("reports_due_on"),
        Round.mentor_silence_alert_days, Round.publishes_together, Project.translation_due_on,
        Project.translation_received_on, *more,
    ).join(Round, Round.id == Project.round_id)


def project_fact(row: Any, **more: Any) -> ProjectFact:
    return ProjectFact(**{name: getattr(row, name) for name in FIELDS}, **more)
