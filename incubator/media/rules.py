"""When a photo may be seen by everyone, and how much one project may keep."""

from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.foundation.errors import RuleBroken
from incubator.media.models import Photo

CONSENT_YEARS = 3
PHOTOS_EACH = 4
GIGABYTE = 1024 ** 3
MOST_FILES, MOST_GIGABYTES = 1000, 2  # of one project in all: some hundred receipts and photos are usual


def may_be_public(photo: Photo, today: date) -> bool:
    """Photos that show people need their consent (KUG § 22), and only as long as it lasts."""
    if photo.withdrawn_at is not None:
        return False
    return not photo.shows_people or (photo.consent_until is not None and photo.consent_until >= today)


def consent_ends(given_on: date) -> date:
    """Return the last day of a consent that names none."""
    try:
        return given_on.replace(year=given_on.year + CONSENT_YEARS)
    except ValueError:  # 29 February
        return given_on.replace(year=given_on.year + CONSENT_YEARS, day=28)


def demand_room(files: int, size_bytes: int, more_bytes: int, field: str | None) -> None:
    """Refuse one more file where a project keeps so many already that somebody must look at it first."""
    if files >= MOST_FILES or size_bytes + more_bytes > MOST_GIGABYTES * GIGABYTE:
        raise RuleBroken(_l(
            "There is no more room for files of this project: %(files)s files, or %(size)s GB together, are the most. "
            "Please write to the coordination. What you typed stays here.", files=MOST_FILES, size=MOST_GIGABYTES,
        ), field)
