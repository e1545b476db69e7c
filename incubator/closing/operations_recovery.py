"""Money that goes back to the city: note that it came, or that it is not asked for."""

from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.budgets.operations_conflict import demand_free
from incubator.closing import queries, rules
from incubator.closing.models import Recovery, RecoveryState
from incubator.foundation import clock
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.payments.operations_payments import receive_back
from incubator.policy import Act
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import Project
from incubator.projects.operations_move import move
from incubator.projects.rules import demand_possible


def settle(project: Project, by, *, on: date, reference: str) -> None:
    """Note that the rest of the amount came back on that day, in the ledger too, and complete the project.

    What came back before stands there already. Interest is received with it but is no part of the grant, so the ledger
    holds the amount alone.
    """
    recovery = _held(project, by)
    rules.demand_money_day(on, clock.today())
    reference = rules.demand_words(reference, "reference", _l("Please write the reference, such as that of the bank."))
    if recovery is not None:
        if left := queries.still_to_return(project.id, recovery):
            receive_back(project, by, cents=left, on=on, reference=reference)
        recovery.state, recovery.settled_on, recovery.reference = RecoveryState.RETURNED, on, reference
        recovery.settled_by_id = by.id
        record("recovery.settled", by, recovery, amount_cents=recovery.amount_cents, on=on,
               interest_cents=recovery.interest_cents)
    move(project, Action.SETTLE_RECOVERY, by)


def waive(project: Project, by, reason: str) -> None:
    """Ask for nothing after all: only below the round's threshold, and with a reason."""
    recovery = _held(project, by)
    if recovery is None:
        raise RuleBroken(_l("There is nothing to be given back."))
    reason = rules.demand_words(reason, "reason", _l("Please give a reason; the team will read it."))
    rules.demand_small(recovery.amount_cents, project.round.recovery_waived_below_cents)
    recovery.state, recovery.settled_on, recovery.reason = RecoveryState.WAIVED, clock.today(), reason
    recovery.settled_by_id = by.id
    record("recovery.waived", by, recovery, amount_cents=recovery.amount_cents,
           threshold_cents=project.round.recovery_waived_below_cents)
    move(project, Action.SETTLE_RECOVERY, by, reason=reason)


def _held(project: Project, by) -> Recovery | None:
    """Return the held recovery; None only where a project came here before recoveries were written down."""
    hold(project)
    demand_possible(project.status, BY_ACTION[Action.SETTLE_RECOVERY], by)
    demand_free(project, by, Act.SETTLE_RECOVERY)
    recovery = queries.recovery(project.id)
    if recovery is not None and hold(recovery).state is not RecoveryState.ASKED:
        raise RuleBroken(_l("This was settled already."))
    return recovery
