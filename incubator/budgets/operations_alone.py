"""Record the decision about one project by itself; refused where a round tells all of its projects together."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.budgets import operations_decision
from incubator.budgets.models import Award
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken
from incubator.projects.models import Project


def award(project: Project, by, **facts: Any) -> Award:
    _demand_alone(project)
    return operations_decision.award(project, by, **facts)


def waitlist(project: Project, by, **facts: Any) -> None:
    _demand_alone(project)
    operations_decision.waitlist(project, by, **facts)


def reject(project: Project, by, **facts: Any) -> None:
    _demand_alone(project)
    operations_decision.reject(project, by, **facts)


def _demand_alone(project: Project) -> None:
    if hold(project.round).publishes_together:
        raise RuleBroken(_l("This round tells all projects together. Prepare the decision on the page of the round."))
