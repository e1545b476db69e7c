"""A project asks an organisation by mail; it answers without an account."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.letters.models import Letter, LetterState
from incubator.letters.operations import write
from incubator.organisations.models import Organisation
from incubator.partners import jobs_invitations, operations_invitations, queries, queries_invitations
from incubator.partners.models_invitation import InvitationState, PartnerInvitation, PartnerLink
from tests.partners import scenes

MAIL = "saal@example.org"
LINK = re.compile(r"http://localhost(/\S+)")


def _ask(project, organisation=None, **fields):
    with transaction():
        return operations_invitations.invite(project, project.leads[0], **({
            "organisation": organisation, "name": "" if organisation else "Bürgerhaus", "mail": MAIL,
            "roles": ["room_giver"], "words": "Wir brauchen einen Saal.", "language": "de"} | fields))


def _path(letter):
    return LINK.findall(letter.text)[0]


def test_the_letter_asks_in_its_language_with_a_link(make, mail_to):
    project = make.project("mentoring", title="Küche")
    _ask(project, language="en")
    letter, = mail_to(MAIL)
    assert letter.language == "en"
    assert "Küche" in letter.subject
    assert "Wir brauchen einen Saal." in letter.text
    assert _path(letter).startswith("/en/partners/invitation/")


def test_an_unknown_organisation_is_added_with_its_name_and_nothing_else(make):
    _ask(make.project("mentoring"), name="  Bürgerhaus   Nord ")
    added = db.session.scalar(sa.select(Organisation).where(Organisation.name == "Bürgerhaus Nord"))
    assert (added.will_carry, added.mail, added.register_number) == (False, "", "")


def test_a_name_that_is_here_already_means_that_organisation(make):
    organisation = make.organisation(name="Bürgerhaus")
    invitation = _ask(make.project("mentoring"), name="bürgerhaus")
    assert invitation.organisation_id == organisation.id


@pytest.mark.parametrize("field", ["name", "roles", "words"])
def test_what_is_missing_or_too_long_is_refused(make, field):
    wrong = {"name": " ", "roles": [], "words": "x" * 1001}[field]
    with pytest.raises(RuleBroken) as broken:
        _ask(make.project("mentoring"), **{field: wrong})
    assert broken.value.field == field


def test_nobody_is_asked_twice_at_once_and_no_partner_at_all(make):
    project, organisation = make.project("mentoring"), make.organisation()
    _ask(project, organisation)
    with pytest.raises(RuleBroken):
        _ask(project, organisation)
    partner = make.partnership(project).organisation
    with pytest.raises(RuleBroken):
        _ask(project, partner)


def test_whoever_did_not_answer_in_time_can_be_asked_again(make):
    project, organisation = make.project("mentoring"), make.organisation()
    first = _ask(project, organisation)
    clock.set(clock.today() + timedelta(days=61))
    assert _ask(project, organisation).id != first.id
    assert first.state is InvitationState.TAKEN_BACK


def test_an_organisation_says_yes_and_has_its_own_page(make, mail_to, visit):
    project, organisation = make.project("mentoring", title="Küche"), make.organisation(name="Bürgerhaus")
    invitation = _ask(project, organisation)
    letter, = mail_to(MAIL)
    visitor = visit()
    page = visitor.get(_path(letter))
    assert "Küche" in page.text
    assert "Wir brauchen einen Saal." in page.text
    answer = visitor.post(_path(letter), {"answer": "yes"})
    own = visitor.follow(answer)
    assert own.status == 200
    assert "Bürgerhaus" in own.soup.h1.get_text()
    assert queries.partnership_with(project.id, organisation.id).roles == ["room_giver"]
    assert invitation.state is InvitationState.ACCEPTED
    assert answer.location in mail_to(MAIL)[-1].text.replace("http://localhost", "")


def test_the_journal_says_that_it_came_by_link_and_names_nobody(make, visit):
    invitation = _ask(make.project("mentoring"))
    visit().post(f"/de/partners/invitation/{scenes.token(invitation)}", {"answer": "yes"})
    entries = db.session.scalars(sa.select(Entry).where(Entry.action.in_(["partner.accepted", "partnership.begun"])))
    assert [(entry.actor, entry.data["by_link"]) for entry in entries] == [(None, True), (None, True)]
    assert MAIL not in str([entry.data for entry in db.session.scalars(sa.select(Entry))])


def test_an_organisation_says_no_and_the_asker_hears_why(make, visit, letters_to):
    project = make.project("mentoring")
    invitation = _ask(project)
    answer = visit().post(f"/de/partners/invitation/{scenes.token(invitation)}",
                          {"answer": "no", "reason": "Der Saal wird umgebaut."})
    assert answer.location.endswith("/partners/answered")
    assert invitation.state is InvitationState.DECLINED
    letter = letters_to(project.leads[0])[-1]
    assert "Der Saal wird umgebaut." in letter.text
    assert queries.partnerships(project.id) == []


def test_opening_a_link_changes_nothing(make, visit):
    invitation = _ask(make.project("mentoring"))
    visit().get(f"/de/partners/invitation/{scenes.token(invitation)}")
    assert invitation.state is InvitationState.ASKED
    assert db.session.scalar(sa.select(PartnerLink)) is None


@pytest.mark.parametrize("spoil", ["answered", "taken back", "expired", "unknown", "cut", "ended project"])
def test_a_link_that_is_over_leads_to_a_friendly_page(make, visit, spoil):
    project = make.project("mentoring")
    invitation = _ask(project)
    token = scenes.token(invitation)
    if spoil == "expired":
        clock.set(clock.today() + timedelta(days=61))
    elif spoil in ("unknown", "cut"):
        token = "987-abc" if spoil == "unknown" else token[:-1]
    elif spoil == "ended project":
        project = make.project("withdrawn")
        token = scenes.token(scenes.invitation(project, make.organisation(), project.leads[0]))
    else:
        with transaction():
            if spoil == "answered":
                operations_invitations.accept(invitation)
            else:
                operations_invitations.take_back(invitation, project.leads[0])
    for answer in (visit().get(f"/de/partners/invitation/{token}"),
                   visit().post(f"/de/partners/invitation/{token}", {"answer": "yes"})):
        assert answer.status == 410
        assert answer.soup.select_one("main a[href='/de/partners/link']")


def test_the_same_yes_sent_twice_makes_one_partnership(make, visit):
    invitation = _ask(make.project("mentoring"))
    visitor, sent = visit(), {"answer": "yes", "form_key": "one-and-the-same"}
    path = f"/de/partners/invitation/{scenes.token(invitation)}"
    assert [visitor.post(path, sent).status for _turn in range(2)] == [303, 410]
    assert len(db.session.scalars(sa.select(PartnerLink)).all()) == 1


def test_one_reminder_comes_after_a_week_and_no_second(make, mail_to):
    _ask(make.project("mentoring"))
    mail_to(MAIL)
    for days, letters in ((6, 1), (1, 2), (1, 2), (30, 2)):
        clock.set(clock.today() + timedelta(days=days))
        jobs_invitations.remind()
        assert len(mail_to(MAIL)) == letters


def test_old_invitations_end_and_forget_the_address(make):
    invitation = _ask(make.project("mentoring"))
    clock.set(clock.today() + timedelta(days=61))
    with transaction():
        operations_invitations.forget_old()
    assert invitation.state is InvitationState.TAKEN_BACK
    assert invitation.mail == MAIL
    clock.set(clock.today() + timedelta(days=90))
    with transaction():
        operations_invitations.forget_old()
    assert (invitation.mail, invitation.words) == ("", "")


def test_letters_to_addresses_without_an_account_go_three_months_after_they_were_sent(any_database, make, mail_to):
    project, person = make.project("mentoring"), make.person("partner")
    invitation = _ask(project)
    mail_to(MAIL)
    with transaction():
        operations_invitations.accept(invitation)
    assert len(mail_to(MAIL)) == 2
    with transaction():
        write(person, "partner_link", key="of somebody with an account", organisation=invitation.organisation,
                      token="x")
    db.session.execute(sa.update(Letter).values(state=LetterState.SENT, sent_at=clock.now()))
    db.session.commit()
    for days, left in ((89, 2), (2, 0)):
        clock.set(clock.today() + timedelta(days=days))
        with transaction():
            operations_invitations.forget_old()
        assert len(db.session.scalars(sa.select(Letter).where(Letter.address == MAIL)).all()) == left
    assert db.session.scalars(sa.select(Letter).where(Letter.address == person.mail)).all()


def test_the_lead_asks_on_a_page_and_takes_it_back(make, visit):
    lead = make.person("lead")
    project = make.project("mentoring", lead=lead)
    visitor = visit(lead)
    answer = visitor.fill(f"/de/desk/projects/{project.id}/partners/invite", name="Bürgerhaus", mail=MAIL,
                          roles=["room_giver"], words="Kommen Sie?")
    assert "Bürgerhaus" in visitor.follow(answer).soup.main.get_text()
    invitation = db.session.scalar(sa.select(PartnerInvitation))
    path = f"/de/desk/partner-invitations/{invitation.id}/take-back"
    assert "Kommen Sie?" in visitor.get(path).text
    assert visitor.fill(path).status == 303
    assert invitation.state is InvitationState.TAKEN_BACK


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_pages_of_a_link_are_for_nobody_else(make, visit, language):
    token = scenes.token(scenes.invitation(make.project("mentoring"), make.organisation(), make.person()))
    answer = visit().get(f"/{language}/partners/invitation/{token}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_any_database_keeps_one_open_invitation_for_each_organisation(any_database, make):
    project, organisation = make.project("mentoring"), make.organisation()
    scenes.invitation(project, organisation, project.leads[0])
    assert queries_invitations.count_open(project.id) == 1
    with pytest.raises(sa.exc.IntegrityError):
        scenes.invitation(project, organisation, project.leads[0])


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_the_organisation_is_held_before_anything_is_journalled(any_database, make, queries):
    invitation = _ask(make.project("mentoring"), make.organisation())
    with queries() as counted, transaction():
        operations_invitations.accept(invitation)
    held = next(at for at, each in enumerate(counted) if "FROM organisation" in each and "FOR UPDATE" in each)
    assert held < next(at for at, each in enumerate(counted) if "pg_advisory_xact_lock" in each)
