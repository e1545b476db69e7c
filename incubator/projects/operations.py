"""All that can be done with a project; each verb stands in the file of its kind."""

from incubator.projects.operations_autosave import autosave, edit_step
from incubator.projects.operations_carrier import record_carrier_agreement
from incubator.projects.operations_life import resume, revoke, start, suspend
from incubator.projects.operations_move import drop, move
from incubator.projects.operations_proposal import (
    declare_ineligible,
    draft,
    edit,
    lapse,
    return_for_changes,
    submit,
    withdraw,
)
from incubator.projects.operations_team import add_member, enter, hand_over, leave, remove_member

__all__ = [
    "add_member", "autosave", "declare_ineligible", "draft", "drop", "edit", "edit_step", "enter", "hand_over",
    "lapse", "leave", "move", "record_carrier_agreement", "remove_member", "resume", "return_for_changes", "revoke",
    "start", "submit", "suspend", "withdraw",
]
