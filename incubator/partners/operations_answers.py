"""Give one's word for a promise, or not: the partner for what a project wrote down, the project for an offer."""

from datetime import date
from typing import Any

from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.partners import operations, queries, rules, rules_links
from incubator.partners.models import Pledge, PledgeState
from incubator.wording import operations as wording

FIELDS = ("description", "quantity", "unit", "value_cents", "valued_how", "starts_on", "ends_on")


def give_word(pledge: Pledge, by) -> None:
    """Let the partner confirm what the project wrote down."""
    hold(pledge.project)
    rules.demand_word_of_partner(queries.is_from_partner(pledge.id))
    operations.confirm(pledge, by)


def accept_offer(pledge: Pledge, by) -> None:
    """Let the project accept what the partner offers."""
    hold(pledge.project)
    rules.demand_word_of_project(queries.is_from_partner(pledge.id))
    operations.confirm(pledge, by)


def decline_offer(pledge: Pledge, by, reason: str = "") -> None:
    """Let the project say no to what the partner offers, with thanks."""
    hold(pledge.project)
    rules.demand_word_of_project(queries.is_from_partner(pledge.id))
    rules.demand_offered(pledge)
    operations.withdraw(pledge, by, reason)


def change_and_confirm(
    pledge: Pledge, by, version: int | None = None, *, description: str, quantity: int | None, unit: str,
    value_cents: int | None, valued_how: str, starts_on: date | None, ends_on: date | None,
) -> None:
    """Let the partner promise it otherwise than the project wrote it down; the project is told what is new."""
    hold(pledge.project)
    hold(pledge)
    seen(pledge, version, {name: getattr(pledge, name) for name in FIELDS})
    rules.demand_open(pledge.project)
    rules.demand_word_of_partner(queries.is_from_partner(pledge.id))
    rules.demand_offered(pledge)
    facts: dict[str, Any] = {
        "description": description.strip(), "quantity": quantity, "unit": unit.strip(), "starts_on": starts_on,
        "ends_on": ends_on,
    } | operations.valued(pledge.project, pledge.kind, quantity, value_cents, valued_how, pledge.language)
    rules.demand_pledge(pledge.kind, **facts)
    changed = [name for name in FIELDS if getattr(pledge, name) != facts[name]]
    with wording.reworded("pledge", pledge, "description", hides=True):
        for name in changed:
            setattr(pledge, name, facts[name])
    if changed:
        record("pledge.changed", by, pledge, fields=changed, **operations.by_link(by))
    db.session.flush()
    operations.confirm(pledge, by)


def take_back(pledge: Pledge, by, reason: str = "", *, from_partner: bool = False) -> None:
    """Withdraw a promise; once it was confirmed somebody counts on it, so the reason must be said."""
    hold(pledge.project)
    hold(pledge)
    if pledge.state is PledgeState.CONFIRMED:
        reason = rules_links.demand_reason(reason)
    operations.withdraw(pledge, by, reason, from_partner=from_partner)
