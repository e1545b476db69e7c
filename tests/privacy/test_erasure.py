"""Somebody asks to be forgotten: who may carry it out, what goes, what stays without a name, and the book holds."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.accounts import queries as accounts
from incubator.accounts.models import Person, RoleGrant, SignIn
from incubator.follow.models import Follower
from incubator.foundation import clock, erased
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal import record
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.media.models import Photo
from incubator.milestones.models import Update
from incubator.privacy import operations_erasure, queries_erasure
from incubator.privacy.models import ErasureState
from incubator.privacy.operations_projects import NAMELESS
from incubator.privacy.traces import Whose
from incubator.projects.lifecycle import Status
from incubator.projects.models import Participation, Project
from incubator.questions.models import Message
from incubator.wording.models import DraftState, Origin, TranslationDraft
from tests.questions.messages import message, offer
from tests.visitors import sign_in_token


def act(operation, *args, **how):
    with transaction():
        return operation(*args, **how)


@pytest.fixture
def office(make):
    return make.person("coordinator"), make.person("administrator", "coordinator")


@pytest.fixture
def amal(make, office):
    """Somebody who was a member of a project that goes on, and did something in it."""
    amal = make.person("lead", name="Amal Haddad", mail="amal@example.org")
    make.project("active", members=(amal,))
    sign_in_token(amal)
    with transaction():
        record("account.changed", amal, amal)
    return amal


@pytest.fixture
def forgotten(amal, office):
    request = act(operations_erasure.ask, amal, amal)
    act(operations_erasure.carry_out, request, office[0])
    return request


def test_a_request_is_due_within_a_month(amal):
    assert act(operations_erasure.ask, amal, amal).due_on == date(2026, 4, 1)


def test_nobody_asks_twice(amal):
    act(operations_erasure.ask, amal, amal)
    with pytest.raises(RuleBroken, match="already"):
        act(operations_erasure.ask, amal, amal)


def test_a_request_can_be_taken_back_and_asked_anew(amal):
    request = act(operations_erasure.ask, amal, amal)
    act(operations_erasure.take_back, request, amal)
    assert request.state is ErasureState.WITHDRAWN and amal.mail
    assert act(operations_erasure.ask, amal, amal).id != request.id


def test_nobody_carries_out_their_own_request(office):
    request = act(operations_erasure.ask, office[0], office[0])
    with pytest.raises(RuleBroken, match="second person"):
        act(operations_erasure.carry_out, request, office[0])


def test_what_was_decided_is_not_decided_again(forgotten, office):
    for decide in (operations_erasure.carry_out, operations_erasure.take_back):
        with pytest.raises(RuleBroken, match="decided already"):
            act(decide, forgotten, office[1])


def test_the_last_of_the_office_cannot_vanish(make):
    alone = make.person("coordinator", "administrator")
    found = queries_erasure.standing(alone).hindrances
    assert len(found) == 2
    with pytest.raises(RuleBroken, match="only coordinator"):
        act(operations_erasure.ask, alone, alone)


def test_an_account_that_was_closed_is_no_other_coordinator(make):
    alone = make.person("coordinator")
    make.person("coordinator", is_active=False)
    with pytest.raises(RuleBroken, match="only coordinator"):
        act(operations_erasure.ask, alone, alone)


def test_a_lead_hands_a_running_project_over_first(make):
    lead = make.person("lead")
    project = make.project("active", lead=lead, title="Kochen im Hof")
    with pytest.raises(RuleBroken, match="Kochen im Hof"):
        act(operations_erasure.ask, lead, lead)
    with transaction():
        db.session.add(Participation(
            project_id=project.id, person_id=make.person().id, kind="lead", since=clock.today()))
    assert act(operations_erasure.ask, lead, lead).id


@pytest.mark.parametrize("status", ["completed", "rejected", "draft"])
def test_a_project_that_is_over_or_not_begun_holds_nobody(make, status):
    lead = make.person("lead")
    make.project(status, lead=lead)
    assert act(operations_erasure.ask, lead, lead).id


def test_the_name_the_address_and_every_way_in_are_gone(forgotten):
    person = forgotten.person
    assert (person.mail, person.given_name, person.family_name) == (None, "", "")
    assert (person.seal, person.seal_salt, person.password_hash, person.outside_id) == (None, None, None, None)
    assert not person.is_active and person.erased_at == clock.now() and person.roles == set()
    assert person.name == "Former member"
    for table in (SignIn, RoleGrant):
        assert not db.session.scalar(sa.select(sa.func.count()).select_from(table).where(table.person_id == person.id))


def test_the_book_still_holds_and_leads_to_nobody(amal, office):
    seal = amal.seal
    act(operations_erasure.carry_out, act(operations_erasure.ask, amal, amal), office[0])
    assert journal.verify().found == ()
    assert db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.actor == seal)) == 2
    assert db.session.scalar(sa.select(Person).where(Person.seal == seal)) is None


def test_the_book_says_that_it_happened_and_nothing_about_whom(forgotten):
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "person.erased"))
    assert set(entry.data) == {"rows"}


def test_what_was_done_in_a_project_stays_without_a_name(forgotten):
    part = db.session.scalar(sa.select(Participation).where(Participation.person_id == forgotten.person_id))
    assert part.until == clock.today()
    assert {"what": "participation.person_id", "until": None} in forgotten.kept


def test_a_last_letter_is_written_to_the_address_and_nowhere_else(forgotten):
    assert [each.address for each in db.session.scalars(sa.select(Letter))] == ["amal@example.org"]


def test_drafts_that_nobody_else_has_seen_go(make, amal, office):
    own, shared = make.project("draft", lead=amal), make.project("draft", lead=amal, members=(make.person(),))
    running = make.project("active")
    written = make.update(running, by=amal, state="draft", photos=(make.photo(running),))
    told = make.update(running, by=amal)
    ids = own.id, shared.id, written.id, told.id
    act(operations_erasure.carry_out, act(operations_erasure.ask, amal, amal), office[0])
    assert [db.session.get(Project, number).title == NAMELESS for number in ids[:2]] == [True, False]
    assert (db.session.get(Project, ids[0]).status, db.session.get(Project, ids[0]).need) == (Status.WITHDRAWN, "")
    assert [db.session.get(Update, number) is None for number in ids[2:]] == [True, False]


def test_photos_that_were_never_shown_go_and_shown_ones_lose_their_sender(make, amal, office):
    project = make.project("active")
    hidden = make.photo(project, uploaded_by=amal.public_id).id
    shown = make.photo(project, uploaded_by=amal.public_id, is_public=True).id
    act(operations_erasure.carry_out, act(operations_erasure.ask, amal, amal), office[0])
    assert db.session.get(Photo, hidden) is None
    assert db.session.get(Photo, shown).uploaded_by is None


def test_what_others_left_beside_them_stays(make, amal, office):
    other, now = make.person(), clock.now()
    idea = make.idea(mail="cem@example.org", salt="0" * 32, answer_language="tr", entered_by_id=amal.id)
    draft = TranslationDraft(
        owner_type="idea", owner_id=idea.id, field="title", language="tr", text="Başlık", origin=Origin.VOLUNTEER,
        source_hash="0" * 64, author=other.public_id, reviewer=amal.public_id, state=DraftState.REVIEWED,
        written_at=now)
    with transaction():
        db.session.add(draft)
    act(operations_erasure.carry_out, act(operations_erasure.ask, amal, amal), office[0])
    assert (idea.mail, idea.entered_by_id) == ("cem@example.org", None)
    assert (draft.author, draft.reviewer, draft.state) == (other.public_id, None, DraftState.READY)


def test_a_name_goes_from_notes_of_own_projects_only(make, amal, office):
    own = make.project("active", members=(amal,))
    here, elsewhere = (make.session(each, amal, present="Amal Haddad, Team") for each in (own, make.project("active")))
    act(operations_erasure.carry_out, act(operations_erasure.ask, amal, amal), office[0])
    assert (here.present, elsewhere.present) == ("…, Team", "Amal Haddad, Team")


def test_erasing_needs_the_version_that_was_looked_at(amal, office):
    request = act(operations_erasure.ask, amal, amal)
    with pytest.raises(RuleBroken):
        act(operations_erasure.carry_out, request, office[0], version=request.version + 1)


def test_who_was_forgotten_is_noted_by_number_alone(app, forgotten):
    path = app.config["INSTANCE"] / erased.NAME
    assert path.stat().st_mode & 0o077 == 0
    assert [(each.kind, each.id) for each in erased.known(app.config["INSTANCE"])] == [
        ("person", forgotten.person.public_id)]
    assert "amal" not in path.read_text().lower()


def test_what_is_refused_leaves_everything_as_it_was(app, amal):
    request = act(operations_erasure.ask, amal, amal)
    with pytest.raises(RuleBroken):
        act(operations_erasure.carry_out, request, amal)
    db.session.expire_all()
    assert amal.mail and accounts.sign_ins(amal.id) and erased.known(app.config["INSTANCE"]) == []


def _follower(mail):
    now = clock.now()
    with transaction():
        db.session.add(Follower(mail=mail, language="tr", salt="0" * 32, asked_at=now, confirmed_at=now,
                                told_until=now))


def test_an_address_is_forgotten_wherever_it_stands(make, office):
    project = make.project("active")
    _follower("bea@example.org")
    _follower("cem@example.org")
    asked = message(project, "waiting", mail="bea@example.org").id
    given = offer(project, "answered", mail="bea@example.org", name="Bea").id
    idea = make.idea(mail="bea@example.org", salt="0" * 32, answer_language="de")
    assert act(operations_erasure.erase_address, "Bea@example.org ", office[0], language="de") >= 4
    assert [each.mail for each in db.session.scalars(sa.select(Follower))] == ["cem@example.org"]
    assert db.session.get(Message, asked) is None
    assert (db.session.get(Message, given).mail, db.session.get(Message, given).name) == ("-", "")
    assert idea.mail == "" and idea.text
    left = queries_erasure.preview(Whose(mail="bea@example.org"))
    assert (left.emptied, [each.number for each in left.goes]) == ([], [1])  # the last letter, until it was sent


def test_an_address_with_an_account_is_not_forgotten_in_passing(amal, office):
    with pytest.raises(RuleBroken, match="account"):
        act(operations_erasure.erase_address, amal.mail, office[0], language="de")


def test_an_unknown_address_is_said_to_be_unknown(office):
    with pytest.raises(RuleBroken, match="Nothing is stored"):
        act(operations_erasure.erase_address, "nobody@example.org", office[0], language="de")
