"""What a mentoring agreement says (domain rules, section 6)."""

from typing import Any

from incubator.accounts.models import Person
from incubator.documents.frame import frame, long_day, period
from incubator.documents.writable import said
from incubator.foundation import language
from incubator.foundation.database import db
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.projects.models import Project


def content(project: Project, about_id: int | None = None) -> dict[str, Any] | None:
    """Return the agreement's content in the language spoken now; None unless the mentor has accepted."""
    assignment = db.session.get(Assignment, about_id) if about_id is not None else None
    if assignment is None or assignment.project_id != project.id or assignment.state is not AssignmentState.ACCEPTED:
        return None
    coordinator = db.session.get_one(Person, assignment.proposed_by_id)
    starts_on, ends_on = period(project)
    spoken = project.leads[0].language if project.leads else project.language
    return frame(project) | {
        "date": long_day(assignment.answered_at), "mentor": said(assignment.person.name),
        "coordinator": said(coordinator.name), "starts_on": long_day(starts_on), "ends_on": long_day(ends_on),
        "silence_days": str(project.round.mentor_silence_alert_days), "spoken": language.named(spoken).name,
    }
