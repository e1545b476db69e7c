"""What the room adds to the one small world of the tests over every address: rounds at each moment of choosing."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.programme.models import Round, RoundState
from incubator.projects.models import Project
from incubator.selection.models import (
    Criterion,
    DecidingBody,
    Decision,
    Outcome,
    PanelMember,
    Resolution,
    Score,
    Sheet,
    SheetState,
)
from incubator.selection.queries import CLOSED
from tests.builders import Builders

MOMENTS = ("fresh", "planned", "scoring", "closed", "deciding")
BY_ENDPOINT = {
    "suggest_criteria": "fresh", "add_criterion": "planned", "change_criterion": "planned",
    "remove_criterion": "planned", "name_member": "planned", "end_member": "planned",
    "reopen": "closed", "draw_lot": "closed", "ranking": "closed", "scores": "closed",
    "decisions": "deciding", "publish": "deciding", "prepare": "deciding", "drop": "deciding",
    "resolutions": "deciding", "remove_resolution": "deciding", "waiting_list": "deciding",
    "end_waiting_list": "deciding",
}


def build(make: Builders, people: dict[str, Any]) -> SimpleNamespace:
    """Return a round for each moment; somebody with nothing but an account is on their panels."""
    rounds = {moment: _round(moment) for moment in MOMENTS}
    with transaction():
        db.session.add_all(rounds.values())
    panel = SimpleNamespace(rounds=rounds, person=people["signed in"], other=people["other mentor"])
    panel.projects = {moment: [_project(make, rounds[moment], people) for _each in range(2)]
                      for moment in ("scoring", "closed", "deciding")}
    panel.waiting = _project(make, rounds["deciding"], people, "waitlisted")
    with transaction():
        _fill(panel, people["coordinator"])
    return panel


def _round(moment: str) -> Round:
    return Round(
        name=f"Auswahl {moment}", slug=f"auswahl-{moment}", state=RoundState.CLOSED, fund_cents=20_000_00,
        has_panel=moment != "deciding", publishes_together=moment == "deciding",
    )


def _project(make: Builders, round_: Round, people: dict[str, Any], status: str = "budget_approved") -> Project:
    project = make.project(status, round=round_, lead=people["other lead"], mentor=None)
    make.plan(project, grant=1_000_00, state="approved")
    return project


def _fill(panel: SimpleNamespace, coordinator: Any) -> None:
    now, today = clock.now(), clock.today()
    panel.criteria = {}
    for moment, round_ in panel.rounds.items():
        if moment in ("planned", "scoring", "closed"):
            panel.criteria[moment] = Criterion(round_id=round_.id, title="Bedarf", weight=2, position=1)
            db.session.add(panel.criteria[moment])
        if round_.has_panel:
            db.session.add_all(PanelMember(round_id=round_.id, person_id=person.id, since=today)
                               for person in (panel.person, panel.other))
    db.session.flush()
    open_one, given = panel.projects["scoring"]
    panel.sheet = _sheet(open_one, panel.person, None)
    _sheet(given, panel.other, panel.criteria["scoring"])
    for project in panel.projects["closed"]:
        _sheet(project, panel.other, panel.criteria["closed"])
    record(CLOSED, coordinator, panel.rounds["closed"], sheets=2)
    panel.resolution, spare = (Resolution(
        round_id=panel.rounds["deciding"].id, kind=DecidingBody.COUNCIL, body="Rat", on=date(2026, 2, 24),
        reference=f"VO/{number}", recorded_by_id=coordinator.id, recorded_at=now) for number in (1, 2))
    db.session.add_all([panel.resolution, spare])
    db.session.flush()
    panel.spare_resolution = spare
    prepared = [Decision(
        project_id=project.id, resolution_id=panel.resolution.id, outcome=Outcome.REJECT, reason="Zu teuer.",
        prepared_by_id=coordinator.id, prepared_at=now) for project in panel.projects["deciding"]]
    panel.decision = prepared[0]
    db.session.add_all(prepared)
    db.session.flush()


def _sheet(project: Project, person: Any, criterion: Criterion | None) -> Sheet:
    sheet = Sheet(project_id=project.id, person_id=person.id, begun_at=clock.now())
    if criterion is not None:
        sheet.state, sheet.given_at = SheetState.GIVEN, clock.now()
        sheet.scores = [Score(criterion_id=criterion.id, points=3, reason="Gut.", language="de")]
    db.session.add(sheet)
    return sheet


def parts(endpoint: str, panel: SimpleNamespace) -> dict[str, Any]:
    """Return what stands in the addresses of this room, and nothing for those of others."""
    if endpoint.startswith("panel_minutes."):
        return {"round_id": panel.rounds["closed"].id}
    if not endpoint.startswith("selection."):
        return {}
    moment = BY_ENDPOINT.get(endpoint.partition(".")[2], "scoring")
    projects, criteria = panel.projects.get(moment), panel.criteria.get(moment)
    return {
        "round_id": panel.rounds[moment].id, "project_id": projects[0].id if projects else 0,
        "criterion_id": criteria.id if criteria else 0, "resolution_id": panel.spare_resolution.id,
        "decision_id": panel.decision.id, "member_id": _member(panel.rounds[moment].id),
    }


def _member(round_id: int) -> int:
    found = db.session.query(PanelMember.id).filter(PanelMember.round_id == round_id).order_by(PanelMember.id).first()
    return found[0] if found else 0
