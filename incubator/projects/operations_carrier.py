"""Ask an organisation to carry a project, answer it, and let go of it again."""

from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.organisations.models import Organisation
from incubator.projects import queries_carrier as queries
from incubator.projects import rules
from incubator.projects import rules_carrier as carrier_rules
from incubator.projects.models import Project
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest


def ask_carrier(project: Project, by, organisation: Organisation, *, words: str, language: str) -> CarrierRequest:
    """Ask one organisation at a time; it answers itself, or the coordination writes its answer down."""
    hold(project)
    waiting = queries.open_request(project.id)
    carrier_rules.demand_askable(project, organisation, waiting, queries.own_organisations(project))
    asked = CarrierRequest(
        project=project, organisation=organisation, state=CarrierAnswer.ASKED, words=words.strip(), language=language,
        asked_by_id=by.id, asked_at=clock.now(),
    )
    db.session.add(asked)
    db.session.flush()
    record("carrier.asked", by, asked, organisation=organisation.id)
    return asked


def accept_carrying(asked: CarrierRequest, by) -> CarrierRequest:
    """Say yes: from now on the organisation receives the project's money and answers for it."""
    project = _hold(asked)
    carrier_rules.demand_state(asked, CarrierAnswer.ASKED)
    carrier_rules.demand_before_award(project)
    carrier_rules.demand_eligible(project, asked.organisation)
    _answer(asked, CarrierAnswer.ACCEPTED, by)
    _agree(project, asked.organisation, by, clock.today())
    return asked


def decline_carrying(asked: CarrierRequest, by, reason: str) -> CarrierRequest:
    """Say no with a reason; the lead is free to ask another organisation."""
    project = _hold(asked)
    carrier_rules.demand_state(asked, CarrierAnswer.ASKED)
    asked.reason = carrier_rules.demand_reason(reason)
    _answer(asked, CarrierAnswer.DECLINED, by)
    _let_go(project, asked)
    record("carrier.declined", by, asked, organisation=asked.organisation_id)
    return asked


def take_back_question(asked: CarrierRequest, by) -> CarrierRequest:
    """Ask no longer; also an organisation that has agreed can be let go before the award."""
    project = _hold(asked)
    carrier_rules.demand_state(asked, *carrier_rules.OPEN)
    carrier_rules.demand_before_award(project)
    _take_back(asked, by)
    _let_go(project, asked)
    return asked


def end_carrying(asked: CarrierRequest, by, reason: str) -> CarrierRequest:
    """Let an organisation withdraw that had agreed; the proposal stays and needs another carrier before the award."""
    project = _hold(asked)
    carrier_rules.demand_state(asked, CarrierAnswer.ACCEPTED)
    carrier_rules.demand_before_award(project)
    asked.reason = carrier_rules.demand_reason(reason)
    _answer(asked, CarrierAnswer.ENDED, by)
    _let_go(project, asked)
    record("carrier.ended", by, asked, organisation=asked.organisation_id)
    return asked


def record_carrier_agreement(project: Project, by, on: date) -> None:
    """Note the day on which the carrier agreed in writing; without it no budget is submitted and no award made.

    It is an answer like any other: a question that waits is answered by it, one to somebody else is taken back.
    """
    hold(project)
    if project.carrier is None:
        raise RuleBroken(_l("The proposal names no carrier yet."))
    if project.status in rules.FINISHED:
        raise RuleBroken(_l("This project has ended."))
    if on > clock.today():
        raise RuleBroken(_l("The day of the agreement cannot lie in the future."), "on")
    waiting = queries.open_request(project.id)
    if waiting is not None and waiting.organisation_id != project.carrier_id:
        _take_back(waiting, by)
        db.session.flush()
        waiting = None
    if waiting is None:
        waiting = CarrierRequest(project=project, organisation=project.carrier, language=project.language,
                                 asked_by_id=by.id, asked_at=clock.now())
        db.session.add(waiting)
    _answer(waiting, CarrierAnswer.ACCEPTED, by)
    _agree(project, project.carrier, by, on)


def demand_free_choice(project: Project) -> None:
    """Refuse another carrier in the proposal while one is asked or has agreed; what agreed by itself is forgotten."""
    carrier_rules.demand_none_open(queries.open_request(project.id), "carrier_id")
    project.carrier_agreed_on = None


def _hold(asked: CarrierRequest) -> Project:
    project = hold(asked.project)
    hold(asked)
    return project


def _answer(asked: CarrierRequest, state: CarrierAnswer, by) -> None:
    asked.state, asked.answered_by_id, asked.answered_at = state, by.id, clock.now()


def _take_back(asked: CarrierRequest, by) -> None:
    was_accepted = asked.state is CarrierAnswer.ACCEPTED
    _answer(asked, CarrierAnswer.TAKEN_BACK, by)
    record("carrier.taken_back", by, asked, organisation=asked.organisation_id, was_accepted=was_accepted)


def _agree(project: Project, organisation: Organisation, by, on: date) -> None:
    """Note who carries the project since when: the one place where a carrier's agreement is written."""
    project.carrier, project.carrier_agreed_on = organisation, on
    db.session.flush()
    record("project.carrier_agreed", by, project, organisation=organisation.id, on=on)


def _let_go(project: Project, asked: CarrierRequest) -> None:
    """Take the organisation out of the project where it stands there as its carrier."""
    if project.carrier_id == asked.organisation_id:
        project.carrier, project.carrier_agreed_on = None, None
