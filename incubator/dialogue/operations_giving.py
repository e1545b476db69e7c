"""Take ideas from everybody, show them, and let those who gave them take them or their address back."""

import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.accounts.operations_sign_in import count_try
from incubator.dialogue import queries_ideas, rules_ideas
from incubator.dialogue.models import Idea
from incubator.dialogue.operations_ideas import give_idea
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.letters import operations as letters
from incubator.letters.models import Letter, LetterState
from incubator.media import operations as media
from incubator.media import operations_papers
from incubator.media.images import Picture
from incubator.media.models import Paper, Photo
from incubator.programme.models import Round
from incubator.wording import operations as wording

PREFIX = f"{letters.CONFIDENTIAL}idea:"


@dataclass(frozen=True)
class GivenPhoto:
    """A photo as it was sent: its pixels, the words for it, and the file that waits until the idea is taken."""

    picture: Picture
    alt: str
    shows_people: bool
    waiting: Paper
    sender: Any


def give(
    round: Round, *, title: str, text: str, district_id: int | None, mail: str, may_be_public: bool, language: str,
    network: str, for_somebody: bool = False, consent_note: str = "", photo: GivenPhoto | None = None,
) -> Idea:
    """Take an idea from somebody without an account; nobody but the office reads it before it is shown.

    `language` is the page's: the answer is written in it, and the idea is, unless its letters say otherwise.
    """
    rules_ideas.demand_taking(round, clock.today())
    consent_note = rules_ideas.demand_consent_of(for_somebody or bool(consent_note.strip()), consent_note)
    count_try("idea from", network)
    if mail:
        count_try("idea of", mail)
    written_in = rules_ideas.written_in(f"{title} {text}", language)
    idea = give_idea(round, None, title=title, text=text, language=written_in, district_id=district_id,
                     is_fictional=round.is_fictional)
    idea.may_be_public, idea.mail, idea.answer_language = may_be_public, mail, language
    idea.salt = secrets.token_hex(16)
    idea.for_somebody, idea.consent_note = bool(consent_note), consent_note
    if photo is not None:
        idea.photo = _keep(photo, written_in)
    db.session.flush()
    return idea


def _keep(photo: GivenPhoto, language: str) -> Photo:
    """Keep the photo and let the file go that waited for it."""
    kept = media.keep(photo.picture, None, alt=photo.alt, alt_language=language, project_id=None,
                      shows_people=photo.shows_people)
    operations_papers.drop_waiting(photo.waiting, photo.sender)
    return kept


def show(idea: Idea, by, *, with_photo: bool = False) -> Idea:
    """Let everybody read an idea whose giver agreed; its photo too, if nobody stands in it who was not asked."""
    hold(idea)
    rules_ideas.demand_showable(idea)
    idea.is_public = True
    if with_photo and idea.photo is not None:
        media.publish(idea.photo, by)
    record("idea.shown", by, idea)
    return idea


def take_back(idea_id: int) -> None:
    """Delete an idea at the wish of whoever gave it, with all that is known of them."""
    idea = _held(idea_id)
    rules_ideas.demand_taking_back(idea, queries_ideas.has_joined(idea.id))
    record("idea.taken_back", None, idea, round=idea.round_id)
    wording.forget("idea", idea.id)
    _forget_letters(idea)
    photo = idea.photo
    db.session.delete(idea)
    db.session.flush()
    if photo is not None:
        media.withdraw(photo, None)


def forget_address(idea_id: int, *, not_me: bool = False) -> None:
    """Delete the address at once: no more letters. If it was never theirs, the link opens nothing any more either."""
    idea = _held(idea_id)
    record("idea.address_forgotten", None, idea, not_me=not_me)
    _forget_mail(idea)
    if not_me:
        idea.salt = secrets.token_hex(16)  # the old link opens nothing any more


def _held(idea_id: int) -> Idea:
    idea = db.session.get(Idea, idea_id)
    if idea is None:
        raise RuleBroken(_l("This link does not work any more."))
    return hold(idea)


def _forget_mail(idea: Idea) -> None:
    idea.mail, idea.consent_note, idea.for_somebody = "", "", False
    _forget_letters(idea)


def _forget_letters(idea: Idea) -> None:
    """Delete the letters too, those that still wait first of all; one that is being sent now goes with the month."""
    db.session.execute(sa.delete(Letter).where(
        Letter.key.startswith(f"{PREFIX}{idea.id}:"), Letter.state != LetterState.SENDING))


def forget_old() -> None:
    """Forget addresses whose time is over, and letters a month after they went out."""
    now = clock.now()
    for idea in queries_ideas.with_old_mail(now):
        record("idea.address_forgotten", None, idea, not_me=False)
        _forget_mail(idea)
    db.session.execute(sa.delete(Letter).where(
        Letter.key.startswith(PREFIX), Letter.state.in_((LetterState.SENT, LetterState.FAILED)),
        Letter.written_at < now - rules_ideas.LETTERS_KEPT))
