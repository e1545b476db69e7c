"""When an idea that somebody took can be set free again."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.projects.lifecycle import Status

ABANDONED_AFTER = timedelta(days=30)


def is_abandoned(status: Status, touched_on: date, today: date) -> bool:
    """Say whether a draft was left lying: never handed in, and nobody has touched it for thirty days."""
    return status is Status.DRAFT and today >= touched_on + ABANDONED_AFTER


def demand_abandoned(abandoned: bool) -> None:
    if not abandoned:
        raise RuleBroken(_l("Somebody works on a project of this idea, or nobody has taken it."))
