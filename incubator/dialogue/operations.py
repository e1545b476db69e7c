"""All that can be done with findings, workshops and ideas; each verb stands in the file of its kind."""

from incubator.dialogue.operations_evidence import change_evidence, record_evidence
from incubator.dialogue.operations_ideas import change_idea, give_idea, move_idea, step_back
from incubator.dialogue.operations_workshops import announce, cancel, change_workshop, sum_up

__all__ = [
    "announce", "cancel", "change_evidence", "change_idea", "change_workshop", "give_idea", "move_idea",
    "record_evidence", "step_back", "sum_up",
]
