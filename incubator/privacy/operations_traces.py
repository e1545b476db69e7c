"""What erasing does to the rows that lead to somebody."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from incubator import letters
from incubator.accounts import rules as accounts
from incubator.accounts.models import Person, SignInFailure
from incubator.foundation import clock, erased
from incubator.foundation.database import db
from incubator.foundation.transaction import after_commit
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import CONFIDENTIAL
from incubator.media.models import Paper, Photo
from incubator.mentoring.models import AgreedStep, Assignment, AssignmentState, Session
from incubator.milestones.models import Update, UpdateState
from incubator.privacy import operations_projects
from incubator.privacy.cascade import remove
from incubator.privacy.places import instance
from incubator.privacy.register_terms import How
from incubator.privacy.traces import Trace, Whose, empty_of, traces
from incubator.projects.models import Participation, Project
from incubator.questions.models import Message, MessageState
from incubator.questions.rules import FORGOTTEN
from incubator.selection.models import PanelMember
from incubator.wording.models import DraftState, TranslationDraft

LAST = f"{CONFIDENTIAL}erased:"
LAST_WAITS = timedelta(days=7)  # a mail server that is away so long gets no last letter any more
OUTSIDE = ("follower", "signup", "idea", "message", "barrier_report", "partner_link", "partner_invitation")


def forget(whose: Whose, name: str, drafts: Sequence[int]) -> int:
    """Delete, empty and keep as the register says, and return how many rows went or changed."""
    gone = _forget_drafts(whose, drafts) + _forget_tries(whose.mail)
    if whose.person_id is not None:
        _leave_projects(whose.person_id)
        _blank(name, whose.person_id)
    found = list(traces(whose))
    order = {table.name: place for place, table in enumerate(db.metadata.sorted_tables)}
    for trace in sorted(found, key=lambda each: -order[each.table.name]):
        if trace.how is How.DELETE:
            gone += remove(trace.table, trace.condition)
        elif trace.how is How.CLEAR:
            gone += _clear(trace)
    if whose.mail:
        gone += remove(Letter.__table__, sa.func.lower(Letter.address) == whose.mail)
    db.session.expire_all()
    return gone


def _forget_drafts(whose: Whose, drafts: Sequence[int]) -> int:
    """Take away what nobody else has seen: own drafts, news never sent, photos never shown, papers never claimed."""
    gone = 0
    for number in drafts:
        operations_projects.empty(db.session.get_one(Project, number), None)
        gone += 1
    if whose.person_id is not None:
        gone += remove(Update.__table__, sa.and_(
            Update.__table__.c.written_by_id == whose.person_id, Update.__table__.c.state == UpdateState.DRAFT))
    if whose.public_id is not None:
        photo, paper = Photo.__table__.c, Paper.__table__.c
        gone += remove(Photo.__table__, sa.and_(photo.uploaded_by == whose.public_id, sa.not_(photo.is_public)))
        gone += remove(Paper.__table__, sa.and_(
            paper.uploaded_by == whose.public_id, paper.waiting_since.is_not(None)))
        db.session.execute(sa.update(TranslationDraft).where(
            TranslationDraft.reviewer == whose.public_id, TranslationDraft.state == DraftState.REVIEWED,
        ).values(state=DraftState.READY).execution_options(synchronize_session=False))
    if whose.mail:
        message = Message.__table__.c
        gone += remove(Message.__table__, sa.and_(
            sa.func.lower(message.mail) == whose.mail, message.pledge_id.is_(None), sa.not_(message.is_public),
            message.state.in_((MessageState.WAITING, MessageState.PASSED, MessageState.KEPT_BACK))))
    return gone


def _forget_tries(mail: str | None) -> int:
    """Take away counted tries; they stand under a code that whoever knows the address could compute."""
    if not mail:
        return 0
    table = SignInFailure.__table__
    return remove(table, table.c.subject.in_([accounts.subject_of(kind, mail) for kind in accounts.LIMITS]))


def _leave_projects(person_id: int) -> None:
    """End every part and seat today, and answer what somebody was asked and will never answer."""
    for part in (Participation, PanelMember):
        db.session.execute(sa.update(part).where(part.person_id == person_id, part.until.is_(None))
                           .values(until=clock.today()).execution_options(synchronize_session=False))
    db.session.execute(sa.update(Assignment).where(
        Assignment.person_id == person_id, Assignment.state == AssignmentState.PROPOSED,
    ).values(state=AssignmentState.DECLINED, answered_at=clock.now(), reason="")
        .execution_options(synchronize_session=False))


def _blank(name: str, person_id: int) -> None:
    """Take the name out of the two places where people of a project write down who was there and who does it."""
    if len(name) < 3:
        return
    projects = sa.select(Participation.project_id).where(Participation.person_id == person_id)
    sessions = sa.select(Session.id).where(Session.project_id.in_(projects))
    for model, column, here in (
        (Session, Session.present, Session.project_id.in_(projects)),
        (AgreedStep, AgreedStep.who, AgreedStep.session_id.in_(sessions)),
    ):
        db.session.execute(sa.update(model).where(here, column.contains(name, autoescape=True))
                           .values({column.key: sa.func.replace(column, name, "…")})
                           .execution_options(synchronize_session=False))


def _clear(trace: Trace) -> int:
    values: dict[str, Any] = {name: empty_of(trace.table.c[name]) for name in trace.emptied}
    if trace.table.name == Message.__tablename__:  # an offer always had an address
        values["mail"] = sa.case((trace.table.c.help_kind.is_not(None), FORGOTTEN), else_="")
    done = db.session.execute(sa.update(trace.table).where(trace.condition).values(values)
                              .execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined]


def note_person(person: Person) -> None:
    """Write down, once it is certain, who went; the journal's listener does it again, should this process die."""
    assert person.erased_at is not None
    gone = erased.Erased(person.erased_at, Person.__tablename__, person.public_id)
    after_commit(lambda: erased.note(instance(), [gone]))


def note_rows(whose: Whose) -> None:
    """Write down, once it is certain, which rows of people without an account went, so that none comes back."""
    now = clock.now()
    found = [
        erased.Erased(now, trace.table.name, str(number))
        for trace in traces(whose) if trace.table.name in OUTSIDE and trace.how is not How.KEEP
        for number in db.session.scalars(sa.select(trace.table.c.id).where(trace.condition))
    ]
    after_commit(lambda: erased.note(instance(), found))


def write_last(mail: str | None, language: str, key: str, **context: Any) -> None:
    """Say that it is done; the letter goes as soon as it was sent."""
    if mail:
        letters.write(mail, "person_erased", key=f"{LAST}{key}", language=language, **context)


def forget_last_letters() -> int:
    """Delete last letters that were sent, or that nobody takes."""
    table, old = Letter.__table__, clock.now() - LAST_WAITS
    done = (LetterState.SENT, LetterState.FAILED)
    return remove(table, sa.and_(
        table.c.key.startswith(LAST), sa.or_(table.c.state.in_(done), table.c.written_at < old)))


def has_last_letters() -> bool:
    done, old = (LetterState.SENT, LetterState.FAILED), clock.now() - LAST_WAITS
    return db.session.scalar(sa.select(Letter.id).where(
        Letter.key.startswith(LAST), sa.or_(Letter.state.in_(done), Letter.written_at < old)).limit(1)) is not None
