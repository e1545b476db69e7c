"""When a photo may be seen by everyone."""

from datetime import date

from incubator.media.models import Photo

CONSENT_YEARS = 3
PHOTOS_EACH = 4


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
