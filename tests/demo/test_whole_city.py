"""The whole demo city lives once: its money adds up, and what its people did stands where it is looked for."""

from datetime import date

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.boards.models import Board, BoardState, Card, Dot
from incubator.demo import operations as demo
from incubator.dialogue.models import Idea, IdeaState, NeedEvidence
from incubator.dialogue.models_signup import Signup, SignupState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.journal.models import Delivery
from incubator.mentoring.models_agreement import AgreementSignature, MentorProfile, PlannedTalk
from incubator.partners.models import Pledge, PledgeState
from incubator.partners.models_invitation import InvitationState, PartnerInvitation, PartnerLink
from incubator.programme.models import Round
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project
from incubator.projects.models_proposal import CarrierAnswer, CarrierRequest, CheckMark
from incubator.selection import queries_ranking
from incubator.selection.models import DecidingBody, Decision, Outcome, Resolution, Sheet
from incubator.translating import queries as translating
from incubator.wording.models import DraftState, TranslationDraft

AWARDED = ["Garten der Sprachen", "Mein Abschluss zählt", "Nachbarschaftsküche Schinkel",
           "Sicher im Sattel – Radfahren lernen", "Willkommens-Stadtplan in fünf Sprachen"]


def _all(model, *where):
    return db.session.scalars(sa.select(model).where(*where).order_by(sa.inspect(model).primary_key[0])).all()


@pytest.mark.long
def test_the_whole_city_lives_through_the_operations_its_people_use(app):
    demo.load()
    clock.set(demo.TODAY)
    assert {each.error for each in _all(Delivery)} == {""}
    assert journal.verify().holds
    round_ = db.session.scalar(sa.select(Round).where(Round.name == "Förderrunde 2026 (Demo)"))
    _the_money_adds_up(round_)
    _the_panel_decided(round_)
    _the_board_became_two_ideas()
    _people_without_an_account_were_heard()
    _the_first_project_has_company(round_)
    _a_partner_came_by_its_link()
    _somebody_translates()


def _the_money_adds_up(round_):
    assert (round_.fund_cents, round_.reserve_cents, round_.awarded_cents) == (40_000_00, 1_800_00, 38_200_00)
    asked = [each.asked_cents for each in _all(Project, Project.round_id == round_.id)]
    assert (len(asked), sum(asked)) == (8, 55_300_00)


def _the_panel_decided(round_):
    sheets = _all(Sheet)
    assert len(sheets) == 34  # five members, seven projects, one conflict of interest
    ranking = queries_ranking.ranking(round_, clock.today())
    assert not ranking.ties
    assert [row.project.title for row in ranking.rows][:2] == ["Nachbarschaftsküche Schinkel", "Garten der Sprachen"]
    decisions = _all(Decision)
    assert all(each.published_at == decisions[0].published_at for each in decisions)
    told = {outcome: sorted(each.project.title for each in decisions if each.outcome is outcome) for outcome in Outcome}
    assert told[Outcome.AWARD] == AWARDED
    assert (len(told[Outcome.WAITLIST]), len(told[Outcome.REJECT])) == (1, 1)
    assert [(each.kind, each.on) for each in _all(Resolution)] == [
        (DecidingBody.PANEL, date(2026, 4, 15)), (DecidingBody.COMMITTEE, date(2026, 4, 21)),
        (DecidingBody.COUNCIL, date(2026, 4, 28))]
    awarded = _all(Project, Project.round_id == round_.id, Project.title.in_(AWARDED))
    assert {each.notice_on for each in awarded} == {date(2026, 5, 4)}
    assert {each.status for each in awarded} == {Status.ACTIVE}


def _the_board_became_two_ideas():
    board = db.session.scalar(sa.select(Board))
    cards = _all(Card)
    assert (board.state, len(cards), len(_all(Dot))) == (BoardState.CLOSED, 12, 18)
    assert len({each.language for each in cards}) >= 5
    ideas = _all(Idea, Idea.id.in_([each.idea_id for each in cards if each.idea_id]))
    assert {each.language for each in ideas} == {"ar", "de"}
    assert all(each.state is IdeaState.PROMOTED and each.text for each in ideas)


def _people_without_an_account_were_heard():
    assert [each.state for each in _all(Signup)] == [SignupState.COMING, SignupState.COMING, SignupState.ASKED]
    given = _all(Idea, Idea.salt != "")
    assert [(each.state, each.language) for each in given] == [(IdeaState.REFERRED, "tr"), (IdeaState.IN_REVIEW, "de")]
    assert all(each.may_be_public and each.is_public and each.is_fictional for each in given)
    assert [len(each.languages) for each in _all(NeedEvidence)] == [4, 7, 7, 0, 0, 0]


def _the_first_project_has_company(round_):
    assert len(_all(CheckMark)) == len(round_.check_points)
    asked = _all(CarrierRequest, CarrierRequest.words != "")
    assert [(each.project.title, each.state) for each in asked] == [
        ("Nachbarschaftsküche Schinkel", CarrierAnswer.ACCEPTED)]
    assert len(_all(MentorProfile)) == 3
    assert [each.role for each in _all(AgreementSignature)] == ["mentor", "lead"]
    assert [each.starts_at > clock.now() for each in _all(PlannedTalk)] == [True]


def _somebody_translates():
    leyla = db.session.scalar(sa.select(Person).where(Person.given_name == "Leyla"))
    waiting = _all(TranslationDraft, TranslationDraft.author == leyla.public_id)
    assert [(each.state, each.language) for each in waiting] == [
        (DraftState.READY, "tr"), (DraftState.READY, "tr"), (DraftState.WRITING, "tr")]
    [arabic] = [each for each in translating.progress() if each.language.code == "ar"]
    assert arabic["stale"] == 1 and arabic["missing"] > 0 and arabic["waiting"] == 0


def _a_partner_came_by_its_link():
    assert [each.state for each in _all(PartnerInvitation)] == [InvitationState.ACCEPTED]
    assert len(_all(PartnerLink)) == 1
    kept = _all(Pledge, Pledge.state == PledgeState.FULFILLED)
    assert [(each.quantity, each.done_quantity) for each in kept] == [(6, 6)]
