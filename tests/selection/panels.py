"""A panel with its criteria, projects and sheets, for tests."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.projects.models import Project
from incubator.selection import operations_decisions, operations_panel, operations_ranking, operations_sheets, queries
from incubator.selection.models import DecidingBody, Outcome, Sheet
from incubator.selection.rules_panel import Filled
from tests.builders import Builders


def act(operation: Any, *args: Any, **kwargs: Any) -> Any:
    with transaction():
        return operation(*args, **kwargs)


def panel(make: Builders, *grants: int, members: int = 2, **settings: Any) -> SimpleNamespace:
    """A round with two criteria (3 and 1), members, and a project with an approved budget for each grant."""
    round_ = make.round(**{"has_panel": True, "publishes_together": True, "fund_cents": 10_000_00} | settings)
    office = make.person("coordinator")
    for title, weight in (("Bedarf", 3), ("Kosten", 1)):
        act(operations_panel.add_criterion, round_, office, title=title, weight=weight)
    people = [make.person() for _each in range(members)]
    for person in people:
        act(operations_panel.name_member, round_, office, person.id)
    projects = [make.project("budget_approved", round=round_) for _grant in grants]
    for project, grant in zip(projects, grants, strict=True):
        make.plan(project, grant=grant, state="approved")
    return SimpleNamespace(round=round_, office=office, people=people, projects=projects)


def filled(round_id: int, points: int) -> dict[int, Filled]:
    return {number: Filled(points, "Das überzeugt.") for number in queries.weights(round_id)}


def score(project: Project, person: Any, points: int) -> Sheet:
    """Hand in a sheet with the same points everywhere."""
    sheet = act(operations_sheets.begin, project, person, no_conflict=True)
    return act(operations_sheets.give, sheet, person, filled(project.round_id, points), no_conflict=True,
               version=sheet.version)


def score_all(city: SimpleNamespace, *points: int) -> None:
    """Let everybody give each project its points, and close the scoring."""
    for project, each in zip(city.projects, points, strict=True):
        for person in city.people:
            score(project, person, each)
    act(operations_ranking.close, city.round, city.office)


def resolve(city: SimpleNamespace, reference: str = "VO/2026/1", url: str = "https://ris.example.org/vo/1") -> Any:
    return act(operations_decisions.record_resolution, city.round, city.office, kind=DecidingBody.COUNCIL,
               body="Rat", on=date(2026, 2, 27), reference=reference, url=url)


def prepare(city: SimpleNamespace, project: Project, outcome: str, resolution: Any, **facts: Any) -> Any:
    usual = {"award": {"notice_number": f"2026-{project.id:03}"}, "waitlist": {"place": project.id},
             "reject": {"reason": "Es gibt so etwas schon im Stadtteil."}}[outcome]
    return act(operations_decisions.prepare, project, city.office, outcome=Outcome(outcome),
               resolution_id=resolution.id, **(usual | facts))


def publish(city: SimpleNamespace, **facts: Any) -> Any:
    return act(operations_decisions.publish, city.round, city.office, notice_on=date(2026, 3, 1), **facts)


def prepare_all(city: SimpleNamespace) -> None:
    """Two awards and a rejection, all of the same resolution."""
    for project, outcome in zip(city.projects, ("award", "award", "reject"), strict=True):
        prepare(city, project, outcome, city.resolution)


def statuses(city: SimpleNamespace) -> list[str]:
    db.session.rollback()
    return [project.status.value for project in city.projects]
