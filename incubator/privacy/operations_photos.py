"""People in a photo agree for some more time."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.media import operations as media
from incubator.media.models import Photo
from incubator.media.rules import consent_ends
from incubator.milestones.models import Update, UpdateState, update_photo


def renew_consent(photo: Photo, by: Any, *, until: date) -> None:
    """Let a photo be shown longer; one that was hidden because the time was over is shown again with its news."""
    hold(photo)
    if photo.withdrawn_at is not None or not photo.shows_people:
        raise RuleBroken(_l("This photo was withdrawn, or it shows nobody."))
    if not clock.today() < until <= consent_ends(clock.today()):
        raise RuleBroken(_l("Please enter a day within the next three years."), "until")
    photo.consent_until = until
    record("photo.consent_renewed", by, photo, until=until)
    if _stands_in_news(photo.id):
        media.publish(photo, by)


def _stands_in_news(photo_id: int) -> bool:
    return db.session.scalar(
        sa.select(Update.id).join(update_photo, update_photo.c.update_id == Update.id)
        .where(update_photo.c.photo_id == photo_id, Update.state == UpdateState.PUBLISHED).limit(1)
    ) is not None
