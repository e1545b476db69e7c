"""News as everybody will see it, for those who look before it is public."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from incubator.foundation import clock
from incubator.media.models import Photo
from incubator.media.pages import Picture
from incubator.media.rules import may_be_public
from incubator.milestones.models import Update
from incubator.wording.queries import Passage


@dataclass(frozen=True)
class Sight:
    """The same names as the public page's news, so that the same template draws it."""

    title: Passage
    text: Passage
    published_at: datetime
    milestone: Passage | None = None
    pictures: tuple[Picture, ...] = ()
    hidden_photos: int = 0
    corrected_at: datetime | None = None
    correction: Passage | None = None


def sight_of(update: Update, today: date) -> Sight:
    """Show what stands in an update now, with those photos that everybody may see today."""
    kept = [photo for photo in update.photos if photo.withdrawn_at is None]
    shown = [photo for photo in kept if may_be_public(photo, today)]
    milestone = update.milestone
    note = Passage(update.correction_note, update.language) if update.corrected_at else None
    return Sight(
        Passage(update.title, update.language), Passage(update.text, update.language),
        update.published_at or update.written_at, Passage(milestone.title, milestone.language) if milestone else None,
        tuple(_picture(photo) for photo in shown), len(kept) - len(shown), update.corrected_at, note,
    )


def sight_of_form(form: Any, now: datetime, update: Update | None = None) -> Sight:
    """Show what stands in a form, with the photos its update has already."""
    said = form.language.data
    kept = sight_of(update, now.astimezone(clock.CITY).date()).pictures if update else ()
    return Sight(Passage(form.title.data, said), Passage(form.text.data, said), now, pictures=kept)


def _picture(photo: Photo) -> Picture:
    return Picture(
        url_for("milestones.photo", photo_key=photo.key), url_for("milestones.small_photo", photo_key=photo.key),
        photo.alt, photo.alt_language, photo.credit, photo.width, photo.height,
    )
