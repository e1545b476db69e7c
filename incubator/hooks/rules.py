"""What partners' systems can be told, and how a message proves that it is ours (Standard Webhooks)."""

import base64
import enum
import hashlib
import hmac
import secrets
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.foundation.fetching import is_address

GIVEN_UP = 10  # messages in a row that reached nobody, after which an address is left in peace for good
MOST_HOOKS = 50
MOST_OF_ONE = 5  # of one organisation
PREFIX = "whsec_"


class Topic(enum.StrEnum):
    NEWS = "news"
    MILESTONES = "milestones"
    STEPS = "steps"
    AWARDS = "awards"

    @property
    def label(self) -> Any:
        return TOPIC_LABELS[self]


TOPIC_LABELS = {
    Topic.NEWS: _l("News: published, corrected, withdrawn"),
    Topic.MILESTONES: _l("Milestones: reported, accepted, cancelled"),
    Topic.STEPS: _l("Steps of projects, such as their beginning and end"),
    Topic.AWARDS: _l("Awards by the city"),
}
TOPIC_OF = {
    "update.published": Topic.NEWS, "update.corrected": Topic.NEWS, "update.withdrawn": Topic.NEWS,
    "milestone.reported": Topic.MILESTONES, "milestone.accepted": Topic.MILESTONES,
    "milestone.cancelled": Topic.MILESTONES, "project.moved": Topic.STEPS, "award.recorded": Topic.AWARDS,
}
NAMES = {"award.recorded": "award.published"}  # what others call it, where the journal has another word


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def headers(secret: str, message_id: str, at: int, body: str) -> dict[str, str]:
    """Sign name, moment and body; the name stays the same when a message is sent again."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{message_id}.{at}.{body}".encode(), hashlib.sha256).digest()
    return {"Content-Type": "application/json", "webhook-id": message_id, "webhook-timestamp": str(at),
            "webhook-signature": f"v1,{base64.b64encode(signed).decode()}"}


def demand_address(url: str) -> None:
    if not is_address(url):
        raise RuleBroken(_l("Enter an address that begins with https://."), "url")


def demand_room(number: int, of_organisation: int) -> None:
    if number >= MOST_HOOKS or of_organisation >= MOST_OF_ONE:
        raise RuleBroken(_l("There are very many addresses already. End one first that nobody needs."))
