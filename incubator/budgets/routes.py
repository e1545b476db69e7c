"""The room's pages: the budget as its team writes it, its review, the decision, and what changes afterwards."""

from incubator.budgets import (
    routes_change,
    routes_change_decision,
    routes_decision,
    routes_deputy,
    routes_minutes,
    routes_plan,
    routes_review,
)
from incubator.budgets.routes_frame import bp

__all__ = [
    "blueprints", "routes_change", "routes_change_decision", "routes_decision", "routes_deputy", "routes_minutes",
    "routes_plan", "routes_review",
]

blueprints = (bp,)
