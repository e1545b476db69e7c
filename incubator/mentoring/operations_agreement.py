"""Write down how team and mentor work together, and sign it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import Stale
from incubator.journal import record
from incubator.mentoring import queries_agreements as queries
from incubator.mentoring import rules_agreement as rules
from incubator.mentoring.models import Assignment
from incubator.mentoring.models_agreement import Agreement, AgreementSignature
from incubator.projects.models import Project


def write(project: Project, by, *, language: str, version: int | None = None, **words: Any) -> Agreement:
    """Write an agreement, or a new version of it: the old one stays readable, and both sides sign anew.

    `version` is the number of the agreement that the form was drawn from, 0 for none.
    """
    hold(project)
    assignment = rules.demand_writing(
        project.status, queries.accepted(project.id, by.id), words["starts_on"], words["ends_on"])
    before = queries.in_force(assignment.id)
    if version is not None and version != (before.number if before else 0):
        raise Stale(_l("Someone changed this while you were writing. Both versions are shown; nothing is lost."),
                    before.number if before else 0, {name: getattr(before, name, None) for name in rules.WORDS})
    if before is not None:
        rules.demand_change(all(getattr(before, name) == words[name] for name in rules.WORDS))
        before.replaced_at = clock.now()

    agreement = Agreement(
        project_id=project.id, assignment_id=assignment.id, number=queries.last_number(project.id) + 1,
        language=language, written_by_id=by.id, written_at=clock.now(), **{name: words[name] for name in rules.WORDS},
    )
    agreement.content_hash = rules.content_hash(agreement)
    db.session.add(agreement)
    record("agreement.written", by, agreement, number=agreement.number, sha256=agreement.content_hash)
    return agreement


def sign(agreement: Agreement, by) -> AgreementSignature:
    """Sign the words as they stand: name, role, moment and the mark of the text."""
    project = hold(agreement.project)
    hold(agreement)
    role = rules.demand_signing(
        rules.role_of(project.part_of(by.id), by.has_role("coordinator")),
        [each.role for each in agreement.signatures], is_in_force=agreement.replaced_at is None,
        is_own=agreement.assignment.person_id == by.id,
    )
    signature = AgreementSignature(
        agreement_id=agreement.id, person_id=by.id, name=by.name, role=role, at=clock.now(),
        content_hash=rules.content_hash(agreement),
    )
    agreement.signatures.append(signature)
    record("agreement.signed", by, agreement, role=role, sha256=signature.content_hash)
    return signature


def end_agreement(assignment: Assignment) -> None:
    """What was signed holds as long as somebody accompanies the project; it stays readable."""
    if agreement := queries.in_force(assignment.id):
        agreement.replaced_at = clock.now()
