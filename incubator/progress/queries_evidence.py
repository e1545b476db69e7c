"""What the city knows: findings in a list, and what came of one of them."""

from datetime import date

import sqlalchemy as sa

from incubator.dialogue.models import Idea, NeedEvidence, idea_evidence
from incubator.foundation.database import db
from incubator.foundation.paging import page_of
from incubator.programme.models import District, Theme
from incubator.progress import queries_dialogue as listed
from incubator.progress.pages_dialogue import Asked, EvidenceList, EvidencePage
from incubator.progress.queries_cards import cards
from incubator.progress.queries_cards import listed as projects_listed
from incubator.projects.models import Project, project_evidence
from incubator.wording.queries import words

ON_LIST = 20
CITYWIDE = "citywide"


def evidence_list(asked: Asked, language: str) -> EvidenceList:
    """Return what the city knows, newest first, with four queries."""
    query = listed.findings_listed().limit(ON_LIST + 1)
    if asked.theme:
        query = query.where(Theme.slug == asked.theme)
    if asked.district == CITYWIDE:
        query = query.where(NeedEvidence.district_id.is_(None))
    elif asked.district:
        query = query.where(District.slug == asked.district)
    if asked.after is not None:
        query = query.where(NeedEvidence.id < asked.after)
    page = page_of(db.session.execute(query).all(), ON_LIST)
    said = words(language, {"need_evidence": [row.id for row in page.rows]})
    return EvidenceList(asked, listed.choices(language), listed.findings(page.rows, said), page.after)


def evidence_page(evidence_id: int, language: str, today: date) -> EvidencePage | None:
    """Return a finding with the public ideas and projects that stand on it, with six queries."""
    row = db.session.execute(listed.findings_listed().where(NeedEvidence.id == evidence_id)).one_or_none()
    if row is None:
        return None
    cites = sa.select(idea_evidence.c.idea_id).where(idea_evidence.c.evidence_id == evidence_id)
    given = db.session.execute(listed.ideas_listed().where(Idea.id.in_(cites)).limit(listed.ON_PAGE)).all()
    grown = db.session.execute(
        projects_listed().where(stands_on(evidence_id)).limit(listed.ON_PAGE)
    ).all()
    said = words(language, {"need_evidence": [row.id], "idea": [each.id for each in given]})
    return EvidencePage(
        listed.findings([row], said)[0], listed.ideas(given, said), cards(grown, language, today),
    )


def stands_on(evidence_id: int) -> sa.ColumnElement[bool]:
    """The condition under which a project names a finding, itself or through the public idea it grew from."""
    named = sa.select(project_evidence.c.project_id).where(project_evidence.c.evidence_id == evidence_id)
    through = (
        sa.select(idea_evidence.c.idea_id).join(Idea, Idea.id == idea_evidence.c.idea_id)
        .where(idea_evidence.c.evidence_id == evidence_id, listed.idea_is_public())
    )
    return sa.or_(Project.id.in_(named), Project.idea_id.in_(through))
