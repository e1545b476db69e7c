"""Write down what was found at each point of the formal check."""

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.projects import queries_check as queries
from incubator.projects import rules_check as rules
from incubator.projects.models import Project
from incubator.projects.models_proposal import CheckMark, CheckResult

Found = Mapping[str, tuple[CheckResult | None, str]]


def save_check(project: Project, by, version: int | None, found: Found) -> Project:
    """Keep what was found so far, `found` by point; a point at which nobody looked has no result.

    The points stand in a table of their own, of which the version of the project tells.
    """
    hold(project)
    known = queries.marks(project.id)
    seen(project, version, _drawn(project))
    rules.demand_checking(project)
    rules.demand_known(found, project.round.check_points)
    changed = [point for point, (result, note) in found.items() if _keep(project, by, known.get(point), point, result,
                                                                       note.strip())]
    if changed:
        flag_modified(project, "title")
        db.session.flush()
        now = queries.points(project)
        record("check.saved", by, project, points=len(now), missing=len(rules.missing(now)))
    return project


def _drawn(project: Project) -> dict[str, object]:
    """Return what is stored under the names of the form's fields."""
    values: dict[str, object] = {}
    for point in queries.points(project):
        values |= {f"result_{point.key}": point.result, f"note_{point.key}": point.note}
    return values


def _keep(
    project: Project, by, mark: CheckMark | None, point: str, result: CheckResult | None, note: str
) -> bool:
    """Store one point, and say whether anything is new."""
    if mark is None and result is None:
        return False
    if mark is not None and result is None:
        db.session.delete(mark)
        return True
    if mark is not None and (mark.result, mark.note) == (result, note):
        return False
    said = {"result": result, "note": note, "checked_by_id": by.id, "checked_at": clock.now()}
    if mark is None:
        db.session.add(CheckMark(project_id=project.id, point=point, **said))
    else:
        for name, value in said.items():
            setattr(mark, name, value)
    return True
