"""Win partners, write down what they promise, and what became of it."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.organisations.models import Organisation
from incubator.partners import queries, rules
from incubator.partners.models import Partnership, Pledge, PledgeKind, PledgeState
from incubator.projects.models import Project


def take_part(project: Project, organisation: Organisation, roles: Iterable[str], by) -> Partnership:
    """Make an organisation a partner; one that is a partner already gets the further roles."""
    hold(project)
    rules.demand_open(project)
    wanted = rules.demand_roles(list(roles))
    partnership = queries.partnership_with(project.id, organisation.id)
    if partnership is None:
        partnership = Partnership(project=project, organisation=organisation, roles=wanted, since=clock.today())
        db.session.add(partnership)
    elif partnership.until is not None:
        partnership.roles, partnership.since, partnership.until = wanted, clock.today(), None
    else:
        partnership.roles = rules.demand_roles([*partnership.roles, *wanted])
    db.session.flush()
    record("partnership.begun", by, partnership, organisation=organisation.id, roles=partnership.roles)
    return partnership


def leave(partnership: Partnership, by) -> None:
    """End a partnership; refused while promises are open, for somebody may count on them."""
    hold(partnership.project)
    hold(partnership)
    if partnership.until is not None:
        raise RuleBroken(_l("This partner has left already."))
    if queries.open_pledges_of(partnership.project_id, partnership.organisation_id):
        raise RuleBroken(_l("There are open pledges of this partner. Please withdraw or complete them first."))
    partnership.until = clock.today()
    record("partnership.ended", by, partnership, organisation=partnership.organisation_id)


def pledge(
    project: Project, organisation: Organisation, by, *, kind: PledgeKind, description: str, quantity: int | None = 1,
    unit: str = "", value_cents: int | None = None, valued_how: str = "", starts_on: date | None = None,
    ends_on: date | None = None, language: str = "de",
) -> Pledge:
    """Write down what a partner promises; it counts only once somebody who speaks for the partner has confirmed it.

    `value_cents` is the amount of money, or what help is worth; the latter only together with `valued_how`.
    """
    hold(project)
    rules.demand_open(project)
    partnership = queries.partnership_with(project.id, organisation.id)
    if partnership is None or partnership.until is not None:
        raise RuleBroken(_l("Only partners of the project can promise something. Please add this one first."),
                         "organisation_id")
    kind = PledgeKind(kind)
    facts = {
        "description": description.strip(), "unit": unit.strip(), "valued_how": valued_how.strip(),
        "quantity": quantity, "value_cents": value_cents, "starts_on": starts_on, "ends_on": ends_on,
    }
    rules.demand_pledge(kind, **facts)  # type: ignore[arg-type]
    made = Pledge(
        project=project, organisation=organisation, kind=kind, language=language, state=PledgeState.OFFERED,
        state_since=clock.now(), **facts,
    )
    db.session.add(made)
    record("pledge.offered", by, made, organisation=organisation.id, kind=kind, value_cents=value_cents)
    return made


def confirm(pledge: Pledge, by) -> None:
    """Give the partner's word; from now on money counts as third-party funds."""
    _step(pledge, PledgeState.CONFIRMED, by)


def fulfil(pledge: Pledge, by, partly: bool = False) -> None:
    _step(pledge, PledgeState.PARTLY_FULFILLED if partly else PledgeState.FULFILLED, by)


def withdraw(pledge: Pledge, by) -> None:
    """Take a promise back, or decline to give it."""
    _step(pledge, PledgeState.WITHDRAWN, by)


def _step(pledge: Pledge, to: PledgeState, by) -> None:
    """Take a pledge one step of the table `PLEDGE_STEPS`; the only place where its state changes."""
    hold(pledge.project)
    hold(pledge)
    rules.demand_open(pledge.project)
    rules.demand_step(pledge, to)
    before, pledge.state, pledge.state_since = pledge.state, to, clock.now()
    record(f"pledge.{to.value}", by, pledge, before=before, after=to, organisation=pledge.organisation_id)
