"""What holds for followers: the links in their letters, how long we wait, when a week of news is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock, links
from incubator.foundation.links import number_of as number_of
from incubator.projects.lifecycle import Action

CONFIRM_WITHIN = timedelta(days=7)
ENDED_KEPT = timedelta(days=30)
LETTERS_KEPT = timedelta(days=30)
LONGEST_LOOK_BACK = timedelta(days=31)
BOUNCES = 3
DIGEST_HOUR = time(7)
EXCERPT = 300


@dataclass(frozen=True)
class Step:
    """A step of a project that is news, with the sentence that tells it."""

    title: Any
    sentence: Any


STEPS = {
    Action.START.value: Step(_l("The project begins"), _l("The award is final, and the work begins.")),
    Action.ACCEPT_REPORT.value: Step(
        _l("The project is completed"), _l("The final report was checked, and everything is settled.")),
    Action.SETTLE_RECOVERY.value: Step(
        _l("The project is completed"), _l("The final report was checked, and everything is settled.")),
}


def token(secret: str, kind: str, number: int, salt: str) -> str:
    """Return the last part of a link for one kind of page; only its follower's letters hold it."""
    return links.token(secret, f"follow {kind}", number, salt)


def fits(given: str, secret: str, kind: str, number: int, salt: str) -> bool:
    return links.fits(given, secret, f"follow {kind}", number, salt)


def digest_end(now: datetime) -> datetime:
    """Return the end of the newest week that may be told: the last Monday, midnight in the city, told from 7 on."""
    local = now.astimezone(clock.CITY)
    day = local.date() - timedelta(days=local.weekday())
    if local.date() == day and local.time() < DIGEST_HOUR:
        day -= timedelta(days=7)
    return datetime.combine(day, time(0), clock.CITY)


def excerpt(text: str) -> str:
    """Return the beginning of a text, cut between two words."""
    if len(text) <= EXCERPT:
        return text
    return text[:EXCERPT].rsplit(None, 1)[0].rstrip() + " …"
