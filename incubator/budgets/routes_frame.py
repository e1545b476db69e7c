"""The frame of the room's pages: their blueprint, and what several of them show."""

from datetime import date
from typing import Any

from flask import Blueprint

from incubator.budgets import queries, queries_approval, queries_change, rules, rules_change
from incubator.budgets.models import Plan
from incubator.budgets.models_change import ChangeKind
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


def changing_of(project: Project) -> dict[str, Any]:
    """Return what was changed or asked for, and what can be asked for now; nothing where the round does without."""
    asks, status = project.round.asks_changes, project.status
    under_way = rules_change.may_ask(ChangeKind.SHIFT, status)
    return {
        "changes": queries_change.changes(project.id),
        "may_shift": under_way,
        "may_ask": asks and under_way,
        "may_start_early": asks and rules_change.may_ask(ChangeKind.EARLY_START, status),
    }
