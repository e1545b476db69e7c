"""All that can be done with budgets, under one name."""

from incubator.budgets.operations_decision import award, reject, release, waitlist
from incubator.budgets.operations_plan import save_plan, submit
from incubator.budgets.operations_review import approve, declare, return_plan, sign_off

__all__ = [
    "approve", "award", "declare", "reject", "release", "return_plan", "save_plan", "sign_off", "submit", "waitlist",
]
