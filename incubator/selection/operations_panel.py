"""Say what a panel scores by and who is on it. Criteria stay as they are once somebody has begun to score."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import Person
from incubator.foundation import clock, language
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.programme.models import Round
from incubator.selection import queries, rules_panel
from incubator.selection.models import Criterion, PanelMember


def add_criterion(
    round_: Round, by, *, title: str, text: str = "", weight: int | None, position: int | None = None,
    language: str = "de",
) -> Criterion:
    _demand_changeable(round_)
    known = queries.criteria(round_.id)
    rules_panel.demand_room(len(known))
    rules_panel.demand_criterion(title.strip(), weight)
    last = max((each.position for each in known), default=0)
    made = Criterion(
        round_id=round_.id, title=title.strip(), text=text.strip(), weight=weight, language=language,
        position=last + 1 if position is None else position,
    )
    db.session.add(made)
    db.session.flush()
    record("panel.criterion_added", by, round_, criterion=made.id, weight=made.weight)
    return made


def suggest_criteria(round_: Round, by) -> None:
    """Begin with the usual criteria; the office changes them as it likes."""
    if queries.criteria(round_.id):
        raise RuleBroken(_l("There are criteria already."))
    for title, text, weight in rules_panel.PRESETS:
        add_criterion(round_, by, title=str(title), text=str(text), weight=weight, language=language.current().code)


def change_criterion(criterion: Criterion, by, **fields: Any) -> None:
    """Change what is given; `position` says where it stands in the list."""
    _demand_changeable(criterion.round)
    hold(criterion)
    rules_panel.demand_criterion(fields["title"].strip(), fields["weight"])
    for name in ("title", "text", "weight", "position", "language"):
        if fields.get(name) is not None:
            value = fields[name]
            setattr(criterion, name, value.strip() if isinstance(value, str) else value)
    record("panel.criterion_changed", by, criterion.round, criterion=criterion.id, weight=criterion.weight)


def remove_criterion(criterion: Criterion, by) -> None:
    _demand_changeable(criterion.round)
    record("panel.criterion_removed", by, criterion.round, criterion=criterion.id)
    db.session.delete(criterion)


def _demand_changeable(round_: Round) -> None:
    hold(round_)
    rules_panel.demand_nobody_scored(queries.count_sheets(round_.id))


def name_member(round_: Round, by, person_id: int) -> PanelMember:
    """Put somebody with an account on the panel; nobody needs another role for it."""
    hold(round_)
    rules_panel.demand_open(queries.is_closed(round_.id))
    person = db.session.get(Person, person_id)
    if person is None or not person.is_active:
        raise RuleBroken(_l("Please choose somebody with an account."), "person")
    if person.id in queries.panel_ids(round_.id):
        raise RuleBroken(_l("%(name)s is on the panel already.", name=person.name), "person")
    made = PanelMember(round_id=round_.id, person_id=person.id, since=clock.today())
    db.session.add(made)
    db.session.flush()
    record("panel.member_named", by, made, round=round_.id, person=person.seal)
    return made


def end_member(member: PanelMember, by) -> None:
    """Let somebody go; what they handed in stays and counts, what they only began does not."""
    hold(member)
    if member.until is not None:
        raise RuleBroken(_l("This has ended already."))
    member.until = clock.today()
    record("panel.member_ended", by, member, round=member.round_id, person=member.person.seal)
