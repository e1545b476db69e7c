"""Somebody who left something everywhere, with a word of its own in each of it."""

import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person, Role, RoleGrant, Ticket, TicketKind
from incubator.accounts.models_proofs import Challenge, CodeApp, Passkey, RecoveryCode
from incubator.dialogue.models_signup import Signup
from incubator.follow.models import Follower, Following, Topic
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters import write
from incubator.letters.models import Preference, Wish
from incubator.media import store
from incubator.media.models import Paper, PaperKind, Photo
from incubator.mentoring.models import AgreedStep
from incubator.privacy.register_terms import How
from incubator.privacy.traces import Whose, traces
from incubator.progress.models import SearchText
from incubator.wording.models import Origin, TranslationDraft
from tests.questions.messages import message, offer
from tests.visitors import sign_in_token

WORD = "zanonia"
MAIL = f"{WORD}-mail@example.org"


def somebody(make: Any) -> Person:
    """A mentor, translator and writer with an account who also follows, asks, offers, comes and gives ideas."""
    person: Person = make.person("mentor", "translator", name=f"Zelda {WORD}-family", mail=MAIL)
    project = make.project("active", members=(person,))
    session = make.session(project, person, present=f"Zelda {WORD}-family, Team")
    now, later, known = clock.now(), clock.now() + timedelta(days=9), {"person_id": person.id, "made_at": clock.now()}
    make.organisation(contact=person, mail=MAIL)
    make.update(project, by=person, state="draft", title=f"{WORD}-draft-title", text=f"{WORD}-draft-text")
    draft = make.project("draft", lead=person, title=f"{WORD}-own-title", need=f"{WORD}-own-need")
    message(project, "waiting", mail=MAIL, name=f"{WORD}-asker", text=f"{WORD}-question")
    offer(project, "answered", mail=MAIL, name=f"{WORD}-giver", text=f"{WORD}-offer", quantity=f"{WORD}-much")
    make.idea(mail=MAIL, salt="0" * 32, answer_language="de", for_somebody=True, consent_note=f"{WORD}-consent")
    workshop = make.workshop(starts_at=later, ends_at=later + timedelta(hours=2), takes_signups=True)
    follower = Follower(mail=MAIL, language="de", salt="0" * 32, asked_at=now, confirmed_at=now, told_until=now)
    with transaction():
        db.session.add(follower)
        db.session.flush()
        db.session.add_all([
            Following(follower_id=follower.id, kind=Topic.PROJECT, target_id=project.id, asked_at=now),
            Signup(workshop_id=workshop.id, mail=MAIL, name=f"{WORD}-visitor", language="de", people=1, children=0,
                   interpreter="", salt="0" * 32, state="coming", asked_at=now, confirmed_at=now),
            Passkey(credential=f"{WORD}-credential".encode(), public_key=b"key", name=f"{WORD}-device", **known),
            CodeApp(secret=f"{WORD}-secret", **known), RecoveryCode(code_hash=f"{WORD}-code", **known),
            Challenge(token_hash="c" * 64, purpose="sign_in", value=b"value", expires_at=later, **known),
            Ticket(kind=TicketKind.RESET, token_hash="t" * 64, mail=MAIL, roles=[], expires_at=later, **known),
            Preference(person_id=person.id, topic="news", wish=Wish.DIGEST),
            AgreedStep(session_id=session.id, what="Anrufen", who=f"Zelda {WORD}-family", owner_id=person.id),
            TranslationDraft(owner_type="project", owner_id=project.id, field="title", language="ar", text="نص",
                             origin=Origin.VOLUNTEER, source_hash="0" * 64, author=person.public_id, written_at=now),
            SearchText(kind="project", subject_id=draft.id, project_id=draft.id, tokens=f"{WORD}-searched"),
            RoleGrant(person_id=person.id, role=Role.LEAD, granted_at=now),
        ])
        write(person, "password_changed", key="1:password", at=now)
    sign_in_token(person)
    _files(person, project)
    _poison(person)
    return person


def _files(person: Person, project: Any) -> None:
    now, sums = clock.now(), {"sha256": "0" * 64, "size_bytes": 7}
    rows = [
        Photo(key=store.new_key(), project_id=project.id, width=1, height=1, alt=f"{WORD}-alt", alt_language="de",
              uploaded_by=person.public_id, uploaded_at=now, **sums),
        Paper(key=store.new_key(), kind=PaperKind.PICTURE, original_sha256="0" * 64, file_name=f"{WORD}-scan.jpg",
              uploaded_by=person.public_id, uploaded_at=now, waiting_since=now, **sums),
    ]
    with transaction():
        db.session.add_all(rows)
    for row in rows:
        for small in (False, True):
            store.write_file(store.place(row.key, small=small), f"{WORD}-pixels".encode())


def _poison(person: Person) -> None:
    """Put a word into what is still without one: whatever the register says goes or is emptied."""
    with transaction():
        for trace in traces(Whose.of(person)):
            names = trace.kept.columns if trace.how is How.DELETE else trace.emptied
            for name in names if trace.how is not How.KEEP else ():
                _plant(trace, name)
        person.also_reads, person.tours = [f"{WORD}-reads"], [f"{WORD}-tour"]
        person.password_hash, person.outside_id = f"{WORD}-hash", f"{WORD}-outside"


def _plant(trace: Any, name: str) -> None:
    column = trace.table.c[name]
    leads_there = name in trace.kept.steps or name in ("person_id", "mail", "address", "key", "public_id")
    if leads_there or column.foreign_keys or isinstance(column.type, sa.Enum) or "language" in name:
        return
    word = f"{WORD}-{trace.table.name}-{name}"
    limit = getattr(column.type, "length", None) or 99
    if isinstance(column.type, sa.JSON):
        db.session.execute(sa.update(trace.table).where(trace.condition).values({name: json.loads(f'["{word}"]')}))
    elif isinstance(column.type, sa.String) and limit >= len(word) and not (column.unique or name == "token_hash"):
        db.session.execute(sa.update(trace.table).where(trace.condition).values({name: word}))


