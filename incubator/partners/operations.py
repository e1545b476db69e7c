"""Win partners, write down what they promise, and take it back; `by` is None where somebody came by their link."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock, money
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language
from incubator.journal import record
from incubator.organisations.models import Organisation
from incubator.partners import queries, rules, rules_links, rules_value
from incubator.partners.models import Partnership, Pledge, PledgeKind, PledgeState
from incubator.projects.models import Project
from incubator.projects.operations_reasons import explain

STAYS, GOES = "stays", "goes"


def by_link(by) -> dict[str, bool]:
    """Return the fact for the journal that somebody without an account acted, by the link in their letter."""
    return {"by_link": True} if by is None else {}


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
    record("partnership.begun", by, partnership, organisation=organisation.id, roles=partnership.roles, **by_link(by))
    return partnership


def leave(
    partnership: Partnership, by, settle: Mapping[int, str] | None = None, reason: str = "", *,
    from_partner: bool = False,
) -> None:
    """End a partnership; `settle` says of each open pledge whether it stays until its end or is taken back.

    Refused while something is left open, for somebody may count on it; once the project has ended nobody does.
    """
    hold(partnership.project)
    hold(partnership)
    if partnership.until is not None:
        raise RuleBroken(_l("This partner has left already."))
    for pledge in queries.to_settle(partnership):
        choice = (settle or {}).get(pledge.id)
        if choice == GOES:
            withdraw(pledge, by, rules_links.demand_reason(reason), from_partner=from_partner)
        elif choice != STAYS or pledge.state is not PledgeState.CONFIRMED:
            raise RuleBroken(_l("There are open pledges of this partner. Please say of each what becomes of it."))
    partnership.until = clock.today()
    record("partnership.ended", by, partnership, organisation=partnership.organisation_id, from_partner=from_partner,
           **by_link(by))


def pledge(
    project: Project, organisation: Organisation, by, *, kind: PledgeKind, description: str, quantity: int | None = 1,
    unit: str = "", value_cents: int | None = None, valued_how: str = "", starts_on: date | None = None,
    ends_on: date | None = None, language: str = "de", from_partner: bool = False,
) -> Pledge:
    """Write down what a partner promises; it counts only once the other side has given its word.

    That is somebody who speaks for the partner, or the project where the partner offers it itself (`from_partner`).
    `value_cents` is the amount of money, or what help is worth where the round says nothing of it.
    """
    hold(project)
    rules.demand_open(project)
    partnership = queries.partnership_with(project.id, organisation.id)
    if partnership is None or partnership.until is not None:
        raise RuleBroken(_l("Only partners of the project can promise something. Please add this one first."),
                         "organisation_id")
    kind = PledgeKind(kind)
    facts: dict[str, Any] = {
        "description": description.strip(), "quantity": quantity,
        "unit": unit.strip(), "starts_on": starts_on, "ends_on": ends_on,
    } | valued(project, kind, quantity, value_cents, valued_how, language)
    rules.demand_pledge(kind, **facts)
    made = Pledge(
        project=project, organisation=organisation, kind=kind, language=language, state=PledgeState.OFFERED,
        state_since=clock.now(), **facts,
    )
    db.session.add(made)
    offered = {"from_partner": True} if from_partner else {}
    record("pledge.offered", by, made, organisation=organisation.id, kind=kind, value_cents=made.value_cents, **offered,
           **by_link(by))
    return made


def valued(
    project: Project, kind: PledgeKind, quantity: int | None, value_cents: int | None, how: str, language: str
) -> dict[str, Any]:
    """Return a promise's value and how it was found: as the round says, else as the one who writes it says."""
    if (cents := rules_value.value_of(project.round, kind, quantity)) is None:
        return {"value_cents": value_cents, "valued_how": how.strip()}
    rate = rules_value.rate_of(project.round, kind) or 0
    with in_language(language):
        said = str(_l("%(number)s × %(rate)s, as the round values it", number=quantity,
                      rate=money.format(rate, language)))
    return {"value_cents": cents, "valued_how": said}


def confirm(pledge: Pledge, by) -> None:
    """Give the word that was missing; from now on money counts as third-party funds."""
    step(pledge, PledgeState.CONFIRMED, by)


def withdraw(pledge: Pledge, by, reason: str = "", *, from_partner: bool = False) -> None:
    """Take a promise back, or decline it; the reason stands beside the journal."""
    reason = rules_links.demand_words(reason, rules_links.LONGEST_REASON, "reason")
    facts: dict[str, Any] = {"from_partner": True} if from_partner else {}
    explain(partial(step, pledge, PledgeState.WITHDRAWN, by, **facts), reason, project_id=pledge.project_id,
            language=getattr(by, "language", pledge.language))


def step(pledge: Pledge, to: PledgeState, by, **facts: Any) -> Any:
    """Take a pledge one step of the table `PLEDGE_STEPS`, the only place where its state changes; return the entry."""
    hold(pledge.project)
    hold(pledge)
    rules.demand_open(pledge.project)
    rules.demand_step(pledge, to)
    before, pledge.state, pledge.state_since = pledge.state, to, clock.now()
    return record(f"pledge.{to.value}", by, pledge, before=before, after=to, organisation=pledge.organisation_id,
                  **facts, **by_link(by))
