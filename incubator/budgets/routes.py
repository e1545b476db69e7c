"""The room's pages: the budget as its team writes it, its review, and the decision."""

from incubator.budgets import routes_decision, routes_plan, routes_review
from incubator.budgets.routes_frame import bp

__all__ = ["blueprints", "routes_decision", "routes_plan", "routes_review"]

blueprints = (bp,)
