"""Prepare a round, change it, and take it through its states."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.foundation.slugs import slug_of
from incubator.journal import record
from incubator.programme import queries, rules
from incubator.programme.models import ROUND_STEPS, FundingKind, Round, RoundChange, RoundFact, RoundState
from incubator.programme.operations_lists import import_districts, set_up, set_up_themes

__all__ = [
    "add_fact", "add_round", "agree", "archive_round", "change_round", "close_round", "drop", "import_districts",
    "note_sources", "open_round", "remove_fact", "set_up", "set_up_themes",
]


def add_round(by, *, name: str, copy_of: Round | None = None, **fields: Any) -> Round:
    """Prepare a round; every setting that is not given begins with the model's default.

    One that follows another takes over where its rules are written.
    """
    settings = rules.defaults() | _known(fields) | {"name": name.strip()}
    _demand_free(settings["name"])
    rules.demand(settings)
    round = Round(slug=slug_of(settings["name"], queries.is_slug_taken), **settings)
    if copy_of is not None:
        round.copied_from_id, round.rule_sources = copy_of.id, dict(copy_of.rule_sources)
    db.session.add(round)
    record("round.added", by, round, fund_cents=round.fund_cents, copied_from=round.copied_from_id)
    return round


def change_round(round: Round, by, version: int | None = None, **fields: Any) -> RoundChange | None:
    """Change what is given. Once the round has opened, what needs two people is only proposed, and returned."""
    hold(round)
    current = rules.settings_of(round)
    seen(round, version, current)
    wanted = {name: value for name, value in _known(fields).items() if value != current[name]}
    if "name" in wanted:
        wanted["name"] = wanted["name"].strip()
        _demand_free(wanted["name"], round.id)
    rules.demand(current | wanted, round.awarded_cents)
    proposed: dict[str, Any] = {}
    if rules.needs_second_person(round):
        proposed = {name: wanted.pop(name) for name in rules.TWO_PEOPLE if name in wanted}
        rules.demand(current | wanted, round.awarded_cents)
    if wanted:
        for name, value in wanted.items():
            setattr(round, name, value)
        record("round.changed", by, round, settings=sorted(wanted))
    return _propose(round, by, proposed) if proposed else None


def note_sources(round: Round, by, version: int | None = None, **sources: str) -> None:
    """Write down where the rule behind a setting is written; an empty line forgets it."""
    hold(round)
    seen(round, version, round.rule_sources)
    rules.demand_sources(sources)
    wanted = {name: " ".join(text.split()) for name, text in (round.rule_sources | sources).items() if text.strip()}
    if wanted != round.rule_sources:
        round.rule_sources = wanted
        record("round.sources_noted", by, round, settings=sorted(wanted))


def _propose(round: Round, by, changes: dict[str, Any]) -> RoundChange:
    if queries.waiting_change(round.id) is not None:
        raise RuleBroken(
            _l("Another change of settings on money and selection still waits for a second person. Please decide "
               "about that first.")
        )
    change = RoundChange(round=round, changes=changes, proposed_by=by, proposed_at=clock.now())
    db.session.add(change)
    db.session.flush()
    record("round.change_proposed", by, round, change=change.id, settings=sorted(changes))
    return change


def agree(change: RoundChange, by) -> None:
    """Carry out a proposed change; the rules are asked again, for money may have been awarded meanwhile."""
    round = hold(change.round)
    hold(change)
    _demand_waiting(change)
    if change.proposed_by_id == by.id:
        raise RuleBroken(_l("You proposed this change yourself. A second person has to agree."))
    rules.demand(rules.settings_of(round) | change.changes, round.awarded_cents)
    for name, value in change.changes.items():
        setattr(round, name, FundingKind(value) if name == "funding_kind" else value)
    change.agreed_by, change.agreed_at = by, clock.now()
    record("round.changed", by, round, change=change.id, settings=sorted(change.changes))


def drop(change: RoundChange, by) -> None:
    hold(change)
    _demand_waiting(change)
    change.dropped_at = clock.now()
    record("round.change_dropped", by, change.round, change=change.id)


def _demand_waiting(change: RoundChange) -> None:
    if change.agreed_at is not None or change.dropped_at is not None:
        raise RuleBroken(_l("This change was decided about already."))


def open_round(round: Round, by) -> None:
    """Let people hand in proposals; refused while something is missing that they must know."""
    hold(round)
    for _field, sentence in rules.missing_for_opening(round, clock.today()):
        raise RuleBroken(sentence)
    _step(round, RoundState.OPEN, by)


def close_round(round: Round, by) -> None:
    """Take no more proposals; the projects that are under way go on."""
    _step(hold(round), RoundState.CLOSED, by)


def archive_round(round: Round, by) -> None:
    """Close the book; whether its projects have ended is asked where projects are known."""
    _step(hold(round), RoundState.ARCHIVED, by)


def _step(round: Round, to: RoundState, by) -> None:
    if to not in ROUND_STEPS[round.state]:
        now, wanted = round.state.label, to.label
        raise RuleBroken(_l("The round is “%(now)s” and cannot become “%(wanted)s” now.", now=now, wanted=wanted))
    before, round.state = round.state, to
    record(f"round.{_STEP_NAMES[to]}", by, round, before=before, after=to)


_STEP_NAMES = {RoundState.OPEN: "opened", RoundState.CLOSED: "closed", RoundState.ARCHIVED: "archived"}


def add_fact(
    round: Round, by, *, kind: str, text: str, source: str, on: date | None = None, until: date | None = None,
    position: int = 0, language: str = "de",
) -> RoundFact:
    """Write down what is known of a round and where it is written; refused without a source."""
    rules.demand_fact(text.strip(), source.strip(), on, until)
    fact = RoundFact(
        round=round, kind=str(kind), text=text.strip(), source=source.strip(), on=on, until=until, position=position,
        language=language,
    )
    db.session.add(fact)
    db.session.flush()
    record("round.fact_added", by, round, fact=fact.id)
    return fact


def remove_fact(fact: RoundFact, by) -> None:
    record("round.fact_removed", by, fact.round, fact=fact.id)
    db.session.delete(fact)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(rules.SETTINGS):
        raise TypeError(f"rounds have no {', '.join(sorted(unknown))}")
    return fields


def _demand_free(name: str, own_id: int | None = None) -> None:
    if any(other.casefold() == name.casefold() and number != own_id for number, other in queries.names().items()):
        raise RuleBroken(_l("A round with this name is already here."), "name")
