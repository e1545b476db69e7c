"""The frame of the room's pages: their blueprint, and what several of them show."""

from datetime import date
from typing import Any

from flask import Blueprint

from incubator.budgets import queries, queries_approval, rules
from incubator.budgets.models import Plan
from incubator.budgets.rules_figures import settings_of
from incubator.projects.models import Project

bp = Blueprint("budgets", __name__)


def facts_of(project: Project, plan: Plan | None) -> dict[str, Any]:
    """Return a plan with its sums and what the money rules say about it."""
    figures, settings = queries.totals(plan), settings_of(project.round)
    return {
        "project": project, "plan": plan, "figures": figures, "settings": settings,
        "checks": rules.checks(figures, settings) if plan is not None else [],
    }


def signatures_of(plan: Plan | None, today: date) -> queries_approval.Signatures | None:
    """Return where the approval stands, None before the plan was handed in."""
    return queries_approval.signatures(plan, today) if plan is not None and plan.content_hash else None
