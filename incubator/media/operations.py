"""Keep photos, show them, hide them."""

import hashlib
from datetime import date

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.media import images, queries, rules, store
from incubator.media.images import Picture
from incubator.media.models import Photo


def keep(
    data: bytes | Picture, by, *, alt: str, alt_language: str, project_id: int | None, credit: str = "",
    shows_people: bool = False, consent_until: date | None = None,
) -> Photo:
    """Store a photo that nobody but the project sees yet.

    `data` is the file as it was sent, or what `images.read` made of it before the transaction began. Refused: what
    `images.read` refuses, and a photo without words for those who cannot see it.
    """
    alt = " ".join(alt.split())
    if not alt:
        raise RuleBroken(_l("Please say in a few words what the photo shows: some people cannot see it."), "alt")
    picture = data if isinstance(data, Picture) else images.read(data)
    if project_id is not None:
        rules.demand_room(*queries.kept_by_project(project_id), len(picture.large), "photos")
    photo = Photo(
        key=store.new_key(), project_id=project_id, sha256=hashlib.sha256(picture.large).hexdigest(),
        width=picture.width, height=picture.height, size_bytes=len(picture.large), alt=alt, alt_language=alt_language,
        credit=credit, shows_people=shows_people, consent_until=consent_until if shows_people else None,
        uploaded_by=getattr(by, "public_id", None), uploaded_at=clock.now(),
    )
    store.write(photo.key, picture)
    db.session.add(photo)
    record("photo.kept", by, photo, shows_people=photo.shows_people, consent_until=photo.consent_until)
    return photo


def publish(photo: Photo, by=None) -> None:
    """Let everyone see a photo; refused while people in it have not agreed."""
    if not rules.may_be_public(photo, clock.today()):
        raise RuleBroken(_l("This photo cannot be shown: it was withdrawn, or people in it have not agreed."), "photos")
    if not photo.is_public:
        photo.is_public = True
        record("photo.published", by, photo)


def hide(photo: Photo, by=None) -> None:
    """Take a photo out of sight of the public; those in the project still see it."""
    if photo.is_public:
        photo.is_public = False
        record("photo.hidden", by, photo)


def withdraw(photo: Photo, by) -> None:
    """Take a photo out of everybody's sight at once and for good; its files go after thirty days."""
    if photo.withdrawn_at is None:
        photo.is_public, photo.withdrawn_at = False, clock.now()
        record("photo.withdrawn", by, photo)
