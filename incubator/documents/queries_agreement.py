"""What a mentoring agreement says (domain rules, section 6)."""

from typing import Any

from incubator.accounts.models import Person
from incubator.documents.frame import frame, long_day, period
from incubator.documents.writable import paragraphs, said
from incubator.foundation import language, rendering
from incubator.foundation.database import db
from incubator.mentoring import queries_agreements, rules_agreement
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
        "agreed": _agreed(assignment.id),
    }


def _agreed(assignment_id: int) -> dict[str, Any] | None:
    """Return the words that both sides wrote themselves, and who has signed them; None where they wrote none."""
    found = queries_agreements.in_force(assignment_id)
    if found is None:
        return None
    return {
        "number": str(found.number), "language": language.named(found.language).html, "aim": paragraphs(found.aim),
        "rhythm": said(found.rhythm), "spoken": said(found.spoken_language), "starts_on": long_day(found.starts_on),
        "ends_on": long_day(found.ends_on), "confidence": paragraphs(found.confidentiality),
        "limits": paragraphs(found.limits), "end": paragraphs(found.how_it_ends), "sha256": found.content_hash,
        "is_complete": rules_agreement.is_complete([each.role for each in found.signatures]),
        "signed": [[str(rules_agreement.ROLES[each.role]), said(each.name), rendering.moment(each.at)]
                   for each in found.signatures],
    }
