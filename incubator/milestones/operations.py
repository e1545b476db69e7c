"""Everything that can be done about milestones and news, in one place."""

from incubator.milestones.operations_plan import change, forecast, has_gate, period, plan, plan_step, remove, start
from incubator.milestones.operations_report import accept, cancel, open_reporting, report, return_report
from incubator.milestones.operations_review import change_update, correct_update, publish_update, return_update
from incubator.milestones.operations_updates import withdraw_photo, withdraw_update, write_update

__all__ = [
    "accept", "cancel", "change", "change_update", "correct_update", "forecast", "has_gate", "open_reporting", "period",
    "plan", "plan_step", "publish_update", "remove", "report", "return_report", "return_update", "start",
    "withdraw_photo", "withdraw_update", "write_update",
]
