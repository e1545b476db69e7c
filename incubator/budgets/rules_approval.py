"""Four eyes and conflicts of interest (C1 to C4): who may approve a budget, and how many must."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets.rules_figures import RoundSettings


@dataclass(frozen=True)
class Signer:
    """What is known of somebody who might approve; `belongs_to`: organisations that exclude (board, work, family)."""

    on_team: bool = False
    has_edited: bool = False
    has_declared_conflict: bool = False
    belongs_to: frozenset[int] = frozenset()


def exclusion(signer: Signer, concerned: Mapping[int, str]) -> Any | None:
    """Say why somebody takes no part in the decision, or None; `concerned` names carrier and partners (C1, C2)."""
    for organisation_id in sorted(signer.belongs_to & concerned.keys()):
        return _l(
            "Conflict of interest: ties of board, work or family with %(name)s. "
            "Somebody else must do this.", name=f"\u2068{concerned[organisation_id]}\u2069",
        )
    if signer.on_team:
        return _l("On the team of this project: somebody else must do this.")
    if signer.has_edited:
        return _l("Has worked on this budget: somebody else must approve it.")
    if signer.has_declared_conflict:
        return _l("A conflict of interest was declared: somebody else must do this.")
    return None


def with_way_out(sentence: Any, free: Sequence[str]) -> Any:
    """Add to a refusal who of the coordination can do it, or what to do where nobody can."""
    if free:
        return _l("%(sentence)s Of the coordination these can do it: %(names)s.", sentence=sentence,
                  names=", ".join(f"\u2068{name}\u2069" for name in free))
    return _l("%(sentence)s Nobody of the coordination is free. The administration can give another person the role of "
              "the coordination.", sentence=sentence)


def approvals_needed(grant: int, settings: RoundSettings) -> int:
    """Return how many different mentors must approve a grant of so many cents (C3)."""
    return 2 if grant > settings.second_approval_above else 1


def is_deadlocked(needed: int, given: int, free: int) -> bool:
    """Say whether too few mentors without conflict are left to give the missing approvals (C3)."""
    return given + free < needed
