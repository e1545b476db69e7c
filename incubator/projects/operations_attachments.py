"""Put papers to a proposal and take them away."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.media import operations_papers
from incubator.media.models import Paper
from incubator.projects import queries_attachments as queries
from incubator.projects import rules_attachments as rules
from incubator.projects.models import Project
from incubator.projects.models_proposal import Attachment


def add_attachments(project: Project, by, *, papers: Sequence[Paper], title: str = "") -> Attachment:
    """Let waiting papers go with the proposal; the last one is returned."""
    hold(project)
    operations_papers.hold_waiting(papers, by)
    rules.demand_open(project)
    rules.demand_papers(papers, queries.number_of(project))
    for paper, called in zip(papers, rules.titles(title, [each.file_name for each in papers]), strict=True):
        claimed = operations_papers.claim(paper, by, project_id=project.id)
        added = Attachment(project=project, paper=claimed, title=called, added_by_id=by.id, added_at=clock.now())
        db.session.add(added)
        db.session.flush()
        record("attachment.added", by, added)
    return added


def remove_attachment(attachment: Attachment, by) -> Attachment:
    """Take a paper away; it stays on file, but nobody is shown it any more."""
    project = hold(attachment.project)
    hold(attachment)
    rules.demand_open(project)
    if attachment.removed_at is not None:
        raise RuleBroken(_l("This file was taken away already."))
    attachment.removed_at = clock.now()
    record("attachment.removed", by, attachment)
    return attachment
