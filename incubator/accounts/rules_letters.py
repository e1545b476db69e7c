"""Which letters concern whom."""

from collections.abc import Collection

from incubator.accounts.models import Role
from incubator.letters.topics import Topic

WORKING = frozenset({Role.LEAD, Role.MENTOR, Role.COORDINATOR})
CONCERNED: dict[Topic, frozenset[Role]] = {
    Topic.STEPS: WORKING,
    Topic.NEWS: WORKING | {Role.MODERATOR, Role.TRANSLATOR},
    Topic.MONEY: WORKING,
    Topic.MENTORING: WORKING,
    Topic.QUESTIONS: WORKING | {Role.PARTNER, Role.MODERATOR},
    Topic.REMINDERS: WORKING,
}


def topics_for(roles: Collection[Role], heard: Collection[str]) -> list[Topic]:
    """Return what somebody can choose: by their roles, and whatever they were written to about before.

    Whoever has no role takes part in a team, and hears what a team hears.
    """
    own = set(roles) or {Role.LEAD}
    return [topic for topic, concerned in CONCERNED.items() if own & concerned or topic in heard]
