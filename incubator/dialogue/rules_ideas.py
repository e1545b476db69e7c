"""When ideas are taken from everybody, in which language they are written, and when their address is forgotten."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import Idea, IdeaState
from incubator.dialogue.rules import UNANSWERED
from incubator.foundation.deadlines import months_on
from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import DEFAULT, named
from incubator.programme.models import Round, RoundState

LETTERS_KEPT = timedelta(days=30)
PURPOSE = "idea mine"
SHOWN: Any = _l("Everybody can read it")
SCRIPTS = {
    "arabic": re.compile("[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
}
SCRIPT_OF = {"ar": "arabic", "fa": "arabic", "ru": "cyrillic", "uk": "cyrillic"}
PERSIAN = re.compile("[پچژگ]")
UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)


def takes(round: Round, today: date) -> bool:
    """Say whether everybody may give the round an idea on this day."""
    return (
        round.state is RoundState.OPEN and round.takes_ideas
        and (round.ideas_from is None or round.ideas_from <= today)
        and (round.ideas_until is None or today <= round.ideas_until)
    )


def demand_taking(round: Round, today: date) -> None:
    if not takes(round, today):
        raise RuleBroken(_l("No ideas are collected just now."))


def written_in(text: str, page: str) -> str:
    """Guess the language of a text: the page's, unless its letters are of another script.

    Whoever reads easy language writes as they speak: in German.
    """
    page = (*named(page).also, page)[0]
    counted = {name: len(letters.findall(text)) for name, letters in SCRIPTS.items()}
    script = max(counted, key=lambda name: counted[name])
    if not counted[script]:
        return page
    if script == "arabic" and PERSIAN.search(text):
        return "fa"
    if script == SCRIPT_OF.get(page, "latin"):
        return page
    if script == "arabic":
        return "ar"
    if script == "cyrillic":
        return "uk" if UKRAINIAN.search(text) else "ru"
    return DEFAULT.code


def demand_consent_of(for_somebody: bool, note: str) -> str:
    """Whoever writes for somebody else says how they know that this person agrees."""
    if for_somebody and not note.strip():
        raise RuleBroken(_l("Please say how you know that they agree, for example: She asked me to."), "consent_note")
    return note.strip()


def is_given_by_form(idea: Idea) -> bool:
    """Whether somebody without an account gave it: then nobody else can consent in their name."""
    return bool(idea.salt)


def demand_consent(idea: Idea, is_public: bool) -> None:
    """Nobody makes an idea public for somebody who gave it themselves and did not agree to that."""
    if is_public and is_given_by_form(idea) and not idea.may_be_public:
        raise RuleBroken(_l("Whoever gave this idea did not agree that everybody reads it."), "is_public")


def demand_showable(idea: Idea) -> None:
    if not idea.may_be_public:
        raise RuleBroken(_l("Whoever gave this idea did not agree that everybody reads it."))
    if idea.is_public:
        raise RuleBroken(_l("Everybody can read this idea already."))


def may_be_taken_back(idea: Idea, has_joined: bool) -> bool:
    return idea.state in UNANSWERED and not has_joined


def demand_taking_back(idea: Idea, has_joined: bool) -> None:
    """While nothing was decided an idea is still its giver's own."""
    if not may_be_taken_back(idea, has_joined):
        raise RuleBroken(_l("Something was decided about this idea meanwhile. Please write to the office."))


def is_told(idea: Idea, to: str) -> bool:
    """Say whether a step is worth a letter, and still where the idea stands: a later step has a letter of its own."""
    return bool(idea.mail) and idea.state == to and idea.state not in UNANSWERED


def mail_is_over(idea: Idea, now: datetime) -> bool:
    """Say whether an address has been kept long enough: so many years after the end of the idea, or of its round."""
    if idea.ended_at is None and idea.round.state in (RoundState.DRAFT, RoundState.OPEN):
        return False
    since = (idea.ended_at or idea.given_at).date()
    return months_on(since, 12 * idea.round.retention_rejected_years) <= now.date()


def may_step_back(idea: Idea) -> bool:
    return idea.state is IdeaState.PROMOTED
